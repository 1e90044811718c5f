"""A half year with steps in every state and money of every kind, for tests of the board."""

import datetime

from django.utils import timezone

from accounts.models import User
from projects.models import Funding, StepReport, WorkReport, WorkSpending
from reporting.models import Period, Submission
from tests.projects import makers

AS_OF = datetime.date(2019, 6, 30)


def fund(project, source="municipal", year=2019, **amounts):
    """Return one line of the year's money."""
    return Funding.objects.create(project=project, source=source, year=year, **amounts)


def tell(period, item, state=Submission.State.APPROVED, actual=None, **spent):
    """Return a report of a project or task: texts, a step's end, spending by source."""
    kind = "project" if hasattr(item, "funding") else "task"
    decided = {}
    if state == Submission.State.APPROVED:
        at = timezone.now()
        by = User.objects.get(username="strategy")
        decided = {"submitted_at": at, "decided_at": at, "decided_by": by}
    submission = Submission.objects.create(
        **decided,
        period=period,
        kind="work",
        key=f"{kind}-{item.pk}",
        code=f"{kind}-{item.pk}",
        title=item.title,
        order=1,
        department=item.department,
        due_on=period.due_on,
        state=state,
    )
    report = WorkReport.objects.create(submission=submission, done="추진함", **{kind: item})
    for milestone, day in (actual or {}).items():
        StepReport.objects.create(report=report, milestone=milestone, actual=day)
    for source, amount in spent.items():
        WorkSpending.objects.create(report=report, source=source, amount=amount)
    return report


def make_year(departments):
    """Return (first half, {name: row}): two departments, every state, known and unknown money."""
    roads, welfare = departments["도로과"], departments["복지과"]
    plan = makers.make_plan(departments["전략기획실"])
    one = makers.make_task(plan, 1, "균형발전", department=roads)
    two = makers.make_task(plan, 2, "청년정책", department=welfare)
    done = makers.make_step(one, "착공", "2019-04")
    makers.make_step(one, "설계", "2019-05", order=2)
    makers.make_step(one, "준공", "2019-12", order=3)
    makers.make_step(two, "공고", "2019-07-20")
    makers.make_step(two, "운영", "2019-01", order=2, is_open=True)
    bundle = makers.make_project(roads, "bundle", title="묶음", task=one)
    part = makers.make_project(roads, "part", title="부분", task=one, parent=bundle, order=1)
    youth = makers.make_project(welfare, "youth", title="청년학교", task=two)
    makers.make_project(welfare, "blank", title="금액모름", task=two, order=1)
    lone = makers.make_project(roads, "lone", title="따로", starts="2019-01", ends="2019-12")
    makers.make_step(lone, "보상", "2019-03")
    fund(bundle, planned=1000, secured=1000)
    fund(part, planned=400, secured=400)
    fund(part, "national", planned=100, secured=50)
    fund(youth, planned=30)
    fund(lone, planned=60, secured=60)
    first = makers.half_year(Period.State.CLOSED)
    tell(first, one, actual={done: "2019-04"})
    tell(first, part, municipal=100, national=60)
    tell(first, lone, municipal=0)
    return first, {"part": part, "bundle": bundle, "youth": youth, "lone": lone, "one": one}
