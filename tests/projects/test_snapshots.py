"""What a period's snapshot of plan and projects holds, and which reports speak in it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import Funding, Goal, PlanFigure, StepReport, WorkReport, WorkSpending
from projects.snapshots import draw
from reporting.models import Submission
from tests.projects import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(departments):
    return makers.make_plan(departments["전략기획실"])


def reported(period, owner, state="approved", done="했음", **steps):
    """Return a report of a task or project, in a state, with {milestone: date} of its steps."""
    word = "task" if type(owner).__name__ == "Task" else "project"
    decided = {}
    if state == "approved":
        decided = {"decided_at": datetime.datetime.now(datetime.UTC), "decided_by": period.by}
    submission = Submission.objects.create(
        period=period,
        kind="work",
        key=f"{word}-{owner.pk}",
        title=owner.title,
        department=owner.department,
        state=state,
        due_on=period.due_on,
        **decided,
    )
    report = WorkReport.objects.create(submission=submission, done=done, **{word: owner})
    for pk, actual in steps.items():
        StepReport.objects.create(report=report, milestone_id=int(pk[1:]), actual=actual)
    return report


@pytest.fixture
def halves(people):
    """Return the first and second half of 2019, both closed; `by` decides what is approved."""
    found = makers.half_year(number=1), makers.half_year(number=2)
    for period in found:
        period.by = people["strategy"]
    return found


def test_figures_stand_in_the_texts(plan):
    PlanFigure.objects.create(plan=plan, key="indicators", label="지표", value=1104)
    Goal.objects.create(plan=plan, order=1, text="{indicators}개 지표", follows="달성")
    drawn = draw(makers.half_year())
    assert drawn.plan.data["goals"] == [{"text": "1,104개 지표", "follows": "달성"}]


def test_a_step_once_done_stays_done_and_a_later_report_corrects_it(plan, halves):
    task = makers.make_task(plan)
    step = makers.make_step(task)
    first, second = halves
    reported(first, task, **{f"s{step.pk}": "2019-05"})
    again = reported(second, task, done="하반기")
    (row,) = draw(second).tasks
    assert (row.done, row.data["milestones"][0]["actual"]) == ("하반기", "2019-05")
    StepReport.objects.create(report=again, milestone=step, actual="2019-04")
    (row,) = draw(second).tasks
    assert row.data["milestones"][0]["actual"] == "2019-04"


def test_only_what_was_approved_is_published(plan, halves):
    task = makers.make_task(plan)
    first, second = halves
    reported(first, task, done="상반기")
    reported(second, task, state="submitted", done="하반기")
    (row,) = draw(second).tasks
    assert (row.done, row.reported, row.reported_in) == ("상반기", False, "2019년 상반기")
    (row,) = draw(second, approved_only=False).tasks
    assert (row.done, row.reported, row.reported_in) == ("하반기", True, "2019년 하반기")


def test_spending_of_a_year_is_its_last_report(departments, plan, halves):
    task = makers.make_task(plan)
    project = makers.make_project(departments["도로과"], task=task, total_cost=100)
    Funding.objects.create(project=project, source="national", year=2019, planned=60, secured=50)
    Funding.objects.create(project=project, source="municipal", year=2018, planned=40, spent=30)
    first, second = halves
    for period, amount in ((first, 10), (second, 25)):
        WorkSpending.objects.create(
            report=reported(period, project), source="national", amount=amount
        )
    (row,) = draw(second).projects
    assert (row.planned, row.secured, row.spent) == (60, 50, 25)
    assert row.data["funding"] == [
        {
            "source": "municipal",
            "label": "시비",
            "year": 2018,
            "planned": 40,
            "secured": None,
            "spent": 30,
        },
        {
            "source": "national",
            "label": "국비",
            "year": 2019,
            "planned": 60,
            "secured": 50,
            "spent": 25,
        },
    ]


def test_projects_of_the_year_are_drawn_and_no_others(departments, plan):
    task = makers.make_task(plan)
    place = departments["도로과"]
    makers.make_project(place, "of-plan", task=task, starts="2021")
    makers.make_project(place, "running", starts="2018", ends="2019-03")
    makers.make_project(place, "over", starts="2017", ends="2018-12")
    makers.make_project(place, "later", starts="2020-01")
    makers.make_project(place, "given-up", task=task, is_active=False)
    drawn = draw(makers.half_year())
    assert {row.project.slug for row in drawn.projects} == {"of-plan", "running"}


def test_the_queries_do_not_grow(departments, plan, people):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            draw(period)
        return len(seen)

    period = makers.half_year()
    for number in (1, 2):
        task = makers.make_task(plan, number=number)
        makers.make_step(task)
        makers.make_project(departments["도로과"], f"p{number}", task=task)
    before = cost()
    for number in range(3, 9):
        task = makers.make_task(plan, number=number)
        makers.make_step(task)
        makers.make_project(departments["도로과"], f"p{number}", task=task)
    assert cost() == before


def test_what_was_published_does_not_change(departments, plan, people):
    project = makers.make_project(departments["도로과"])
    publication = makers.published(makers.half_year(), people["strategy"])
    project.title = "다른 이름"
    project.save()
    assert [row.title for row in publication.projects.all()] == ["출렁다리"]
    assert [row.title for row in publication.plans.all()] == ["2019년도 주요업무"]
