"""A half year with a task and a project of 도로과, and how it is written, for tests of the subject `work`."""

import datetime

from projects.models import Funding, WorkReport
from reporting.actions import create_period, open_period, save_entry
from reporting.models import Period
from reporting.subjects import subject_of
from reporting.workflow import take
from tests.projects import makers

FIRST = {
    "opens_on": datetime.date(2019, 7, 1),
    "due_on": datetime.date(2019, 7, 31),
    "as_of": datetime.date(2019, 6, 30),
}
SECOND = {  # asked for early, so that one day serves both
    "opens_on": datetime.date(2019, 7, 2),
    "due_on": datetime.date(2019, 7, 31),
    "as_of": datetime.date(2019, 12, 31),
}


def make_works(departments):
    """Make a task with a step, a project with money of 도로과, and two projects that owe nothing."""
    roads = departments["도로과"]
    task = makers.make_task(makers.make_plan(departments["전략기획실"]), department=roads)
    makers.make_step(task, "착공", "2019-04")
    project = makers.make_project(roads, task=task, order=1, starts="2019-02", ends="2019-12")
    Funding.objects.create(project=project, source="municipal", year=2019, planned=100)
    makers.make_project(roads, "quiet", reports=False)
    makers.make_project(roads, "over", starts="2017", ends="2018")


def open_half(by, number=1, days=None):
    """Return a half year of 2019, open."""
    days = days or (FIRST if number == 1 else SECOND)
    period = create_period(Period(cadence="h", year=2019, number=number, **days), by=by)
    open_period(period, by=by)
    return Period.objects.get(pk=period.pk)


def save(item, by, version=None, files=None, **fields):
    """Save an entry by the form; return (report, form)."""
    subject = subject_of(item)
    return save_entry(
        item,
        version=version or subject.report(item).version,
        by=by,
        fill=lambda report: subject.form(report, data=fields, files=files),
    )


def step_name(item):
    """Return the field of the only step."""
    return f"step_{subject_of(item).report(item).task.milestones.get().pk}"


def approved(item, people, **fields):
    """Bring an item through entry and review with these values."""
    _, form = save(item, people["writer"], **fields)
    assert form.is_valid(), form.errors
    take("submit", item, by=people["writer"])
    take("approve", item, by=people["strategy"])


def report_of(item):
    """Return the stored report."""
    return WorkReport.objects.get(submission=item)
