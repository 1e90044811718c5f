"""The history of a plan, a task and a project, with everything that hangs on it, field by field."""

from accounts.history import changes, changes_in, newest_first

from .models import (
    Funding,
    Goal,
    Milestone,
    Partner,
    PlanFigure,
    ProjectLine,
    ProjectOfficer,
    ProjectRelation,
    Revision,
    Section,
    Strategy,
    TaskAim,
)

# What is told of a new row, as a change of a blank.
OF_PLAN = {Goal: ("text",), Strategy: ("text",), PlanFigure: ("value",)}
OF_STEPS = {Milestone: ("title", "starts", "ends", "done_before")}
OF_TASK = {TaskAim: ("text",), Section: ("title",), **OF_STEPS}
OF_PROJECT = {
    ProjectLine: ("text",),
    ProjectOfficer: ("starts_on", "ends_on"),
    Funding: ("planned", "secured", "spent"),
    Revision: ("reason",),
    ProjectRelation: ("kind",),
    Partner: ("name",),
    **OF_STEPS,
}


def plan_changes(plan):
    """Return the `Change`s of a plan, its goals, strategies and figures, newest first."""
    return newest_first(changes(plan), *_rows(OF_PLAN, plan=plan))


def task_changes(task):
    """Return the `Change`s of a task, its aims, headings and steps, newest first."""
    return newest_first(changes(task), *_rows(OF_TASK, task=task))


def project_changes(project):
    """Return the `Change`s of a project and of all its rows, newest first."""
    return newest_first(changes(project), *_rows(OF_PROJECT, project=project))


def _rows(models, **parent):
    for model, first in models.items():
        found = changes_in(model.history.filter(**parent), label=_name, first=first)
        # A new row's blanks are no news; that it was deleted is.
        yield [c for c in found if c.before != c.after or c.field.endswith("삭제")]


def _name(record):
    """Call a row by its kind and by what it is about, e.g. 재원 2019 국비."""
    row = record.instance
    return f"{row._meta.verbose_name} {row}"
