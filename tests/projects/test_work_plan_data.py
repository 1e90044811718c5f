"""The plan of 2019 in the database: its shape, its sums, and what is refused."""

import copy

import pytest
from django.conf import settings

from nonsan_strategy.plan import works
from nonsan_strategy.plan.read import read
from projects import checks, wording
from projects.models import Funding, Plan, PlanFigure, Project, Task

DATA = settings.BASE_DIR / "data" / "2019"


@pytest.fixture(scope="module")
def data():
    return read(DATA)


def spoiled(data, change):
    """Return what is wrong after a change of a copy of the data."""
    plan = copy.deepcopy(data)
    change(plan.work)
    return works.problems(plan)


def test_the_data_is_right(data):
    assert works.problems(data) == []


def test_sums_that_are_wrong_are_told_with_the_difference(data):
    def dearer(work):
        next(r for r in work["projects"] if r["slug"] == "balanced-1-3-2")["total_cost"] = 3000

    def source(work):
        next(r for r in work["projects"] if r["slug"] == "geumgang")["funding"][0]["planned"] = 400

    def figure(work):
        next(r for r in work["plan"]["figures"] if r["key"] == "indicators-qualitative")[
            "value"
        ] = 29

    title = "제1단계 3기 균형발전사업"
    assert spoiled(data, dearer) == [f"{title} 아래 사업 합계: 자료 29,476, 총계 29,376, 차이 100"]
    assert spoiled(data, source) == [
        "충남(비단강권역) 연계협력형 실행계획 수립 재원 합계: 자료 700, 총계 600, 차이 100"
    ]
    assert spoiled(data, figure) == ["시군평가 지표 합계: 자료 103, 총계 104, 차이 △1"]


def test_what_points_nowhere_is_told(data):
    def key(work):
        work["tasks"][0]["aims"][0] = "{nothing}개"

    def missing(work):
        del work["tasks"][10]

    def parent(work):
        work["projects"][1]["parent"] = "no-such"

    assert spoiled(data, key) == ["'{nothing}개'의 {nothing}에 맞는 수가 없습니다."]
    assert spoiled(data, missing)[0].startswith("주요업무 번호가 1–11이 아닙니다")
    assert spoiled(data, parent) == ["사업 soc-study: 없는 묶는 사업 no-such"]


@pytest.mark.django_db
class TestLoaded:
    def test_the_plan_has_eleven_tasks_in_order(self, plan_2019):
        titles = [task.title for task in Task.objects.filter(plan__year=2019)]
        assert len(titles) == 11
        assert titles[0] == "시정의 연속성 유지와 내·외부 소통 강화"
        assert titles[10] == "정책평가 환류 프로세스 구축"

    def test_the_money_of_the_third_phase_adds_up(self, plan_2019):
        programme = Project.objects.get(slug="balanced-1-3")
        amounts = {f.source: f.planned for f in programme.funding.all()}
        assert (programme.total_cost, amounts) == (
            29376,
            {"national": 7400, "provincial": 9788, "municipal": 12188},
        )
        assert sum(part.total_cost for part in programme.parts.all()) == 29376
        assert checks.money_problems(programme) == []

    def test_a_difference_is_found_and_unknown_parts_are_not_zero(self, plan_2019):
        programme = Project.objects.get(slug="balanced-1-3")
        part = programme.parts.first()
        part.total_cost = 11001
        part.save()
        assert checks.money_problems(Project.objects.get(slug="balanced-1-3")) == [
            "제1단계 3기 균형발전사업 아래 사업 합계: 29,377, 총계 29,376, 차이 1"
        ]
        part.total_cost = None
        part.save()
        assert checks.money_problems(Project.objects.get(slug="balanced-1-3")) == []
        Funding.objects.filter(project=programme, source="national").update(planned=7401)
        assert checks.money_problems(Project.objects.get(slug="balanced-1-3")) == [
            "제1단계 3기 균형발전사업 재원 합계(국비 7,401 + 도비 9,788 + 시비 12,188): "
            "29,377, 총계 29,376, 차이 1"
        ]

    def test_figures_and_their_parts(self, plan_2019):
        plan = Plan.objects.get(year=2019)
        assert checks.figure_problems(plan) == []
        PlanFigure.objects.filter(key="cities").update(value=9)
        assert checks.figure_problems(plan) == ["시군평가 대상기관: 16, 총계 15, 차이 1"]


def test_a_text_takes_its_figures_or_says_which_is_missing():
    assert (
        wording.fill("{a}개 지표(정량 {b.c})", {"a": "104", "b.c": "74"}) == "104개 지표(정량 74)"
    )
    with pytest.raises(wording.UnknownFigure, match="'{x}개'의 {x}에 맞는 수가 없습니다."):
        wording.fill("{x}개", {})
