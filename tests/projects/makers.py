"""Makers of plans, projects and publications for tests of the projects' floor."""

import datetime

from projects.models import Milestone, Plan, Project, Task
from projects.snapshots import publish
from reporting.models import Period, Publication


def make_plan(department, year=2019, **more):
    """Return a plan without any line."""
    return Plan.objects.create(
        year=year, title=f"{year}년도 주요업무", department=department, **more
    )


def make_task(plan, number=1, title="균형발전", **more):
    """Return a task of the plan's department."""
    return Task.objects.create(
        plan=plan, number=number, title=title, **{"department": plan.department, **more}
    )


def make_project(department, slug="bridge", **more):
    """Return a project; what is not said is unknown."""
    return Project.objects.create(
        department=department, **{"slug": slug, "title": "출렁다리", **more}
    )


def make_step(owner, title="착공", starts="2019-04", **more):
    """Return a milestone of a task or a project."""
    name = "task" if isinstance(owner, Task) else "project"
    return Milestone.objects.create(
        **{name: owner, "order": 1, "title": title, "starts": starts, **more}
    )


def half_year(state=Period.State.CLOSED, year=2019, number=1, **more):
    """Return a half-year period; its submissions are the test's own affair."""
    months = (1, 6, 30) if number == 1 else (7, 12, 31)
    days = {
        "opens_on": datetime.date(year, months[0], 1),
        "due_on": datetime.date(year, months[1], 20),
        "as_of": datetime.date(year, months[1], months[2]),
    }
    return Period.objects.create(
        code=Period.code_of("h", year, number),
        cadence=Period.Cadence.HALF,
        year=year,
        number=number,
        state=state,
        **{**days, **more},
    )


def published(period, by, revision=1, reason=""):
    """Return the publication of a period, with its snapshot of plan and projects."""
    publication = Publication.objects.create(period=period, revision=revision, reason=reason, by=by)
    publish(publication)
    Period.objects.filter(pk=period.pk).update(state=Period.State.PUBLISHED)
    return publication
