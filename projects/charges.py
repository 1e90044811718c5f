"""Who is in charge of a project by period, what was announced, and handing it over to a successor.

A task of the plan has no officer of its own: its department answers for it.
"""

import datetime

from django.db.models import Exists, OuterRef, Q

from reporting import clock
from reporting.history import keep
from reporting.subjects import Charge, Promise

from .formats import span
from .models import Milestone, Project, ProjectOfficer, StepReport, WorkReport

TASK, PROJECT = "task-", "project-"  # how a submission's key begins


def pk_of(key, head):
    """Return the pk in a key such as `task-3`, None for a key of another kind."""
    rest = key.removeprefix(head)
    return int(rest) if key.startswith(head) and rest.isdecimal() else None


def pks_of(keys, head):
    """Return the pks of the keys of one kind."""
    return [pk for key in keys if (pk := pk_of(key, head)) is not None]


def present(on):
    """Return the officers (담당자) of a day, with person and project."""
    rows = ProjectOfficer.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), duty=ProjectOfficer.Duty.OFFICER, starts_on__lte=on
    )
    return rows.select_related("person", "project").order_by("starts_on", "pk")


def officers(submissions):
    """Return {submission pk: officer of today} of the projects that have one; one query."""
    keys = {s.pk: pk_of(s.key, PROJECT) for s in submissions}
    found = {
        o.project_id: o.person for o in present(clock.today()).filter(project__in=_known(keys))
    }
    return {pk: found[project] for pk, project in keys.items() if project in found}


def _known(keys):
    return [project for project in keys.values() if project is not None]


def charges(kind, person=None):
    """Return a `Charge` for every active project with an officer today, or for one person's."""
    rows = present(clock.today()).filter(project__is_active=True)
    if person is not None:
        rows = rows.filter(person=person)
    rows = sorted(rows, key=lambda o: (o.project.order, o.project_id))
    return [
        Charge(
            kind, f"{PROJECT}{o.project_id}", str(o.project), o.person_id, o.project.department_id
        )
        for o in rows
    ]


def promises(keys):
    """Return what was announced: 향후계획 of the last approved report and steps not done; two queries."""
    mine = Q(task__in=pks_of(keys, TASK)) | Q(project__in=pks_of(keys, PROJECT))
    reports = WorkReport.objects.approved().filter(mine)
    reports = reports.select_related("submission__period").order_by(
        "submission__period__as_of", "pk"
    )
    latest = {_key(report): report for report in reports}
    found = [
        Promise(key, report.next_plans.strip(), "", f"{report.submission.period} 향후계획")
        for key, report in latest.items()
        if report.next_plans.strip()
    ]
    return found + [
        Promise(_key(step), step.title, span(step.starts, step.ends, step.is_open), "추진일정")
        for step in _coming(mine)
    ]


def _key(row):
    return f"{TASK}{row.task_id}" if row.task_id else f"{PROJECT}{row.project_id}"


def _coming(mine):
    """Return the dated steps that no approved report and no earlier record calls done, by their date."""
    done = StepReport.objects.filter(
        milestone=OuterRef("pk"), report__submission__state="approved"
    ).exclude(actual="")
    steps = Milestone.objects.filter(mine, ~Exists(done), done_before="").exclude(starts="")
    return steps.order_by("starts", "order", "pk")


def hand_over(keys, *, to, by, reason):
    """End the officer's row the day before and begin the successor's today; return how many projects."""
    today = clock.today()
    wanted = sorted(pks_of(keys, PROJECT))
    # The projects' rows in their order, so that two hand-overs wait for each other and never cross.
    list(Project.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    rows = list(present(today).filter(project__in=wanted))
    for row in rows:
        ends_on, row.ends_on = row.ends_on, _eve(row, today)
        keep(row, by=by, reason=reason)
        keep(
            ProjectOfficer(
                project=row.project, person=to, duty=row.duty, starts_on=today, ends_on=ends_on
            ),
            by=by,
            reason=reason,
        )
    return len(rows)


def _eve(row, today):
    """Return the last day of an officer: yesterday, or their first day when that is today."""
    return max(today - datetime.timedelta(days=1), row.starts_on)
