"""What citizens read of the projects: only what was published, money that adds up, a sentence for the rest."""

import datetime

import pytest
from django.urls import reverse

from projects import money, places
from projects.models import (
    Funding,
    Partner,
    Project,
    ProjectLine,
    ProjectRelation,
    PublishedProject,
    Revision,
)
from reporting.models import Publication
from tests.projects import makers
from tests.test_bad_input import HOSTILE


@pytest.fixture
def plan(departments):
    return makers.make_plan(departments["전략기획실"])


@pytest.fixture
def task(plan):
    return makers.make_task(plan)


def make(task, slug="bridge", **more):
    return makers.make_project(task.department, slug, **{"task": task, "title": slug, **more})


def fund(project, source, planned, year=2019, **more):
    return Funding.objects.create(
        project=project, source=source, planned=planned, year=year, **more
    )


def publish(people):
    return makers.published(makers.half_year(), people["strategy"])


def page_of(client, project):
    return client.get(reverse("projects:project", args=[project.pk])).text


def test_before_the_first_publication_list_and_places_say_so(client, task):
    make(task)
    for where in ("/projects/", "/projects/map/"):
        assert "지금 읽을 수 있는 주요업무가 없습니다" in client.get(where).text
    assert client.get("/projects/1/").status_code == 404


def test_a_project_shows_what_is_known_of_it(client, task, people):
    project = make(task, title="출렁다리", scope="길이 600m", starts="2019-02", ends="2019-12")
    other = make(task, "study", title="기본계획 용역")
    ProjectLine.objects.create(project=project, order=1, text="진입로 정비")
    ProjectRelation.objects.create(project=project, other=other, kind="from_study")
    for order, name in enumerate(["논산", "공주"]):
        Partner.objects.create(project=project, order=order, name=name)
    makers.make_step(project, "착공", "2019-04")
    revision = Revision.objects.create(
        project=project, number=1, decided_on=datetime.date(2019, 5, 2), reason="설계 변경"
    )
    revision.lines.create(label="길이", before="500m", after="600m")
    publish(people)
    text = page_of(client, project)
    for told in (
        "길이 600m",
        "2019. 2. ~ 12.",
        "진입로 정비",
        "2개 시·군(논산, 공주)",
        "설계 변경",
    ):
        assert told in text
    assert "500m" in text and "<b>600m</b>" in text and "1차 변경" in text
    assert f'<a href="/projects/{other.pk}/">기본계획 용역</a>' in text
    assert "착공 · 지연" in text and "지연</span>" in text


def test_what_changes_after_the_publication_is_not_read(client, task, people):
    project = make(task, title="출렁다리")
    publish(people)
    Project.objects.update(title="바뀐 이름")
    late = make(task, "late")
    assert "출렁다리" in page_of(client, project) and "바뀐 이름" not in page_of(client, project)
    assert client.get(f"/projects/{late.pk}/").status_code == 404
    assert "late" not in client.get("/projects/").text


def test_a_corrected_period_says_so_and_why(client, task, people):
    project = make(task)
    publication = publish(people)
    makers.published(publication.period, people["strategy"], revision=2, reason="사업비를 고침")
    assert Publication.objects.count() == 2
    for where in ("/projects/", f"/projects/{project.pk}/", "/plan/2019/", "/plan/2019/1/"):
        text = client.get(where).text
        assert "제2판(정정 이력)" in text and "사업비를 고침" in text


@pytest.mark.parametrize(
    "tail", ["0/", "²/", "%00/", f"{'9' * 30}/", "-1/", "01/", "bridge/", "1/?period=2030-h1"]
)
def test_a_project_that_was_never_published_is_not_found(client, task, people, tail):
    make(task)
    publish(people)
    assert client.get(f"/projects/{tail}").status_code == 404


def test_a_sum_with_an_unknown_part_is_blank(task):
    rows = [
        {"label": "국비", "year": 2019, "planned": 300, "secured": 0, "spent": None},
        {"label": "도비", "year": 2019, "planned": None, "secured": 10, "spent": 5},
    ]
    found = money.table(rows)
    total, national, provincial = found["lines"]
    assert (total.label, total.planned, total.cells, total.secured) == ("계", None, [None], 10)
    assert (national.planned, national.secured, national.spent) == (300, 0, None)
    assert provincial.planned is None and total.spent is None
    assert money.table(rows, 700)["lines"][0].planned == 700
    assert money.table([], 700)["lines"] == []


def test_money_of_the_whole_period_stands_after_the_years():
    rows = [
        {"label": "시비", "year": year, "planned": 1, "secured": None, "spent": None}
        for year in (None, 2020, 2019)
    ]
    assert money.table(rows)["slots"] == ["2019년", "2020년", "기간 전체"]


def test_the_years_budget_counts_programmes_once_and_names_what_it_cannot_split(
    client, task, people
):
    programme = make(task, "programme", title="묶음")
    fund(programme, "national", 100)
    fund(make(task, "part", parent=programme), "national", 100)
    by_parts = make(task, "by-parts", title="부분의 합")
    fund(make(task, "p1", parent=by_parts), "municipal", 7)
    fund(make(task, "p2", parent=by_parts), "municipal", 8)
    whole = make(task, "whole", title="기간 사업")
    fund(whole, "national", 900, year=None)
    fund(make(task, "next", title="내년 사업"), "national", 50, year=2020)
    partly = make(task, "partly", title="일부만 아는 사업")
    fund(partly, "national", 5)
    fund(partly, "provincial", None)
    publish(people)
    text = client.get("/plan/2019/").text
    assert "재원을 아는 사업 3건의 예산은 120백만원입니다" in text
    told = text.split("2019년의 몫이 다 알려지지 않아")[1].split("</p>")[0]
    assert "기간 사업</a>" in told and "일부만 아는 사업</a>" in told
    assert "내년 사업" not in text and "묶음" not in told and "부분의 합" not in told


def test_places_are_those_that_a_location_names():
    rows = [Project(location=where) for where in ("연산면, 벌곡면 일원", "시청 앞", "")]
    towns, other, blank = places.by_town(rows)
    assert towns == [("연산면", [rows[0]]), ("벌곡면", [rows[0]])]
    assert (other, blank) == ([rows[1]], 1)
    assert len(places.TOWNS) == 15


def test_an_unknown_condition_finds_nothing_and_says_so(client, task, people):
    make(task)
    publish(people)
    for query in ("task=99", "kind=x", "department=%00", "task=²"):
        assert "알 수 없는 조건이 있어" in client.get(f"/projects/?{query}").text
    assert client.get("/projects/?period=2030-h1").status_code == 404


def test_the_front_page_counts_the_steps_of_the_tasks(client, task, people):
    makers.make_step(task, "착공", "2019-04")
    makers.make_step(task, "준공", "2019-12")
    assert "2019년 주요업무" not in client.get("/").text
    publish(people)
    text = client.get("/").text
    assert "2019년 주요업무" in text and "추진 단계 2건" in text
    assert "<dt>지연</dt><dd>1<small>건</small></dd>" in text


@pytest.mark.parametrize("name", ["q", "task", "kind", "department", "sort", "page", "format"])
def test_hostile_values_get_a_page_and_never_a_fault(client, task, people, name):
    make(task)
    publish(people)
    for value in HOSTILE:
        assert client.get("/projects/", {name: value}).status_code == 200


def test_a_step_of_the_last_day_is_not_late_on_the_day_of_the_publication(client, task, people):
    project = make(task)
    makers.make_step(project, "준공", "2019-06")  # today is 3 July, the publication of 30 June
    publish(people)
    assert "준공 · 곧 기한" in page_of(client, project)


def test_what_the_department_reported_is_read_and_a_carried_report_is_marked(client, task, people):
    publication = publish(people)
    make_published = PublishedProject.objects.create
    fields = {"publication": publication, "order": 1, "kind": "general", "year": 2019}
    fields |= {"department": task.department, "department_name": task.department.name}
    detail = {
        "facts": [["용역사", "미정"]],
        "tables": [
            {"caption": "보고회", "columns": [["구분", "text"]], "rows": [["착수"], [None]]}
        ],
    }
    project = make(task, "study")
    data = {"scope": "", "expected_effect": "", "parent": "", "lines": [], "funding": []}
    data |= {"milestones": [], "revisions": [], "relations": [], "partners": [], "detail": detail}
    data["links"] = [{"url": "/pledges/1-1/", "title": "1-1 공약"}]
    make_published(
        project=project,
        title="용역",
        done="착수함",
        problems="지연 우려",
        countermeasures="협의",
        next_plans="중간보고",
        reported=False,
        reported_in="2018년 하반기",
        data=data,
        **fields,
    )
    text = page_of(client, project)
    for told in (
        "착수함",
        "지연 우려",
        "협의",
        "중간보고",
        "2018년 하반기 추진상황",
        "용역사",
        "보고회",
    ):
        assert told in text
    assert "이번 기간 미보고, 2018년 하반기 값" in text
    assert '<a href="/pledges/1-1/">1-1 공약</a>' in text and "None" not in text
