"""What citizens read of the year's plan: only what was published, and a sentence for everything else."""

import datetime

import pytest

from projects.models import Milestone
from reporting.models import Period
from tests.projects import makers


@pytest.fixture
def plan(departments):
    plan = makers.make_plan(departments["전략기획실"])
    task = makers.make_task(plan)
    makers.make_step(task, "착공", "2019-04")
    makers.make_step(task, "준공", "2019-12")
    return plan


@pytest.fixture
def publication(plan, people):
    return makers.published(makers.half_year(), people["strategy"])


def test_before_the_first_publication_the_plan_says_so(client, plan):
    assert "지금 읽을 수 있는 주요업무가 없습니다" in client.get("/plan/").text


def test_the_plan_leads_to_its_newest_year(client, publication):
    assert client.get("/plan/").url == "/plan/2019/"


def test_the_year_shows_each_task_with_its_steps_counted(client, publication):
    text = client.get("/plan/2019/").text
    assert "1. 균형발전" in text and "2019년도 주요업무" in text
    assert "주요업무별 추진 단계" in text


def test_the_steps_are_judged_on_the_day_of_the_publication(client, publication):
    assert publication.period.as_of == datetime.date(2019, 6, 30)
    text = client.get("/plan/2019/1/").text
    assert "지연</span>" in text and "예정</span>" in text
    assert "2019. 4." in text and "2019. 12." in text


def test_what_changes_after_the_publication_is_not_read(client, publication):
    Milestone.objects.update(title="바뀐 단계")
    assert "바뀐 단계" not in client.get("/plan/2019/1/").text


def test_another_period_of_the_year_is_read_by_its_code(client, publication, people):
    later = makers.half_year(number=2)
    makers.published(later, people["strategy"])
    assert "2019-h1" in client.get("/plan/2019/").text
    assert client.get("/plan/2019/1/", {"period": "2019-h1"}).status_code == 200
    assert Period.objects.filter(code="2019-h1").exists()


@pytest.mark.parametrize(
    "where",
    ["/plan/2018/", "/plan/²/", "/plan/%00/", f"/plan/{'9' * 30}/", "/plan/02019/"]
    + ["/plan/2019/2/", "/plan/2019/%00/", f"/plan/2019/{'9' * 30}/", "/plan/2019/01/"]
    + ["/plan/2019/?period=%00", "/plan/2019/?period=2030-h1", "/plan/?period=nothing"],
)
def test_what_was_never_published_is_not_found(client, publication, where):
    assert client.get(where).status_code == 404
