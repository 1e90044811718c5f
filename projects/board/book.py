"""One half year as the board reads it: published rows, or what is written so far."""

import datetime
from dataclasses import dataclass

from accounts.models import Role
from reporting import clock
from reporting.models import Period, Publication, Submission

from .. import schedule
from ..models import WorkSpending
from ..snapshots import draw
from .money import money_of
from .projection import months_told
from .steps import steps_of


@dataclass(frozen=True)
class Book:
    """A period's tasks, projects, steps and money on the day that counts; `department` is whose part it is."""

    period: Period
    publication: Publication | None
    on: datetime.date
    tasks: list
    steps: list
    money: list
    department: int | None = None

    @property
    def tally(self):
        """Return {State: count} of all steps."""
        return {state: len(self.in_state(state)) for state in schedule.State}

    @property
    def departments(self):
        """Return {pk: name} of whoever has a step or a project here, in order."""
        found = {step.department_id: step.department_name for step in self.steps}
        found |= {m.row.department_id: m.row.department_name for m in self.money}
        return found

    def in_state(self, state):
        """Return the steps that stand so, the nearest end first."""
        return sorted((s for s in self.steps if s.state == state), key=lambda s: s.order)


def periods_seen():
    """Return the half years that have something to show, the latest first."""
    periods = Period.objects.filter(cadence=Period.Cadence.HALF)
    return periods.exclude(state=Period.State.PREPARED).newest_first()


def book_of(period, *, department=None):
    """Return the period's book, of one department or all; costs a fixed number of queries."""
    publication = Publication.objects.current().filter(period=period).first()
    if publication:
        on = period.as_of
        tasks = list(publication.tasks.select_related("department"))
        projects = list(publication.projects.select_related("department"))
    else:
        on = min(period.as_of, clock.today())
        drawn = draw(period, approved_only=False)
        tasks, projects = drawn.tasks, drawn.projects
    steps = steps_of(tasks, projects, on)
    money = money_of(projects, period.year, _months(period, projects, on))
    if department is not None:
        tasks = [task for task in tasks if task.department_id == department]
        steps = [step for step in steps if step.department_id == department]
        money = [one for one in money if one.row.department_id == department]
    return Book(period, publication, on, tasks, steps, money, department)


def department_seen(period, user):
    """Return whose part a reader sees: a head reads the own department until publication, others all."""
    if user.role != Role.HEAD or Publication.objects.current().filter(period=period).exists():
        return None
    return user.department_id or 0


def _months(period, projects, on):
    """Return {project pk: months} by the last report of the year that tells any spending."""
    spoke = {row.project_id for row in projects if row.reported}
    told = WorkSpending.objects.filter(
        amount__isnull=False,
        report__project__in=[row.project_id for row in projects],
        report__submission__period__year=period.year,
        report__submission__period__as_of__lte=period.as_of,
    ).values_list(
        "report__project_id",
        "report__submission__period_id",
        "report__submission__period__as_of",
        "report__submission__state",
    )
    found = {}
    for project, of, as_of, state in told.order_by("report__submission__period__as_of"):
        if of == period.pk and project in spoke:
            found[project] = months_told(on, period.year)
        elif of != period.pk and state == Submission.State.APPROVED:
            found[project] = months_told(as_of, period.year)
    return found
