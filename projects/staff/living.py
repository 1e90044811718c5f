"""What staff read of projects today: this year's money, people, steps, from rows and approved reports."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from reporting import clock, formats
from reporting.models import Submission

from .. import schedule
from ..charges import PROJECT, present
from ..checks import money_problems
from ..details import DETAILS
from ..formats import period, span
from ..guard.facts import Figures
from ..history import project_changes
from ..models import Project, WorkReport
from ..snapshots.pieces import money_of, this_year
from ..snapshots.reports import Reported


def told(projects):
    """Give each project its officer of today and this year's plan, secured and spent; three queries.

    The rows come with `funding` prefetched. What approved reports say was spent stands before the card's.
    """
    projects, today = list(projects), clock.today()
    reports = _reported(projects)
    officers = {row.project_id: row.person for row in present(today).filter(project__in=projects)}
    for project in projects:
        money = this_year(money_of(project, reports[project.pk].spent()), today.year)
        project.planned, project.secured, project.spent = money.values()
        project.officer = officers.get(project.pk)
        project.officer_name = project.officer.name if project.officer else ""
        project.period_words = period(project.starts, project.ends)
    return projects


def _reported(projects):
    """Return {pk: Reported} of the approved reports of these projects."""
    found = defaultdict(list)
    rows = WorkReport.objects.approved().filter(project__in=projects)
    rows = rows.select_related("submission__period").prefetch_related("steps", "spending")
    for row in rows.order_by("submission__period__as_of", "pk"):
        found[row.project_id].append(row)
    return defaultdict(lambda: Reported([])) | {pk: Reported(mine) for pk, mine in found.items()}


@dataclass(frozen=True)
class Step:
    """A step as the page shows it."""

    title: str
    when: str
    state: schedule.State
    actual: str
    notes: list


@dataclass(frozen=True)
class Living:
    """One project with everything that hangs on it, as it stands on the office's today."""

    project: Project

    @cached_property
    def reported(self):
        """Return what was approved of it."""
        return _reported([self.project])[self.project.pk]

    @cached_property
    def _figures(self):
        return Figures()

    def _words(self, text):
        task = self.project.task
        return self._figures.words(text, task and task.plan, clock.today())

    @property
    def period(self):
        """Return its period in words."""
        return period(self.project.starts, self.project.ends)

    @property
    def lines(self):
        """Return (text, is it a detail) of 사업내용."""
        return [(self._words(line.text), line.is_detail) for line in self.project.lines.all()]

    @cached_property
    def money(self):
        """Return the money by source and year, the reports' spending in it (백만원)."""
        return money_of(self.project, self.reported.spent())

    @property
    def money_problems(self):
        """Return the sentences on sums that do not fit."""
        return money_problems(self.project)

    @property
    def officers(self):
        """Return who is or was in charge, by duty and period."""
        return self.project.officers.select_related("person__department")

    @cached_property
    def steps(self):
        """Return the steps by their dates, undated ones last, as they stand today."""
        actual = self.reported.actual()
        rows = self.project.milestones.prefetch_related("notes")
        return [
            self._step(row, actual.get(row.pk) or row.done_before)
            for row in sorted(rows, key=lambda m: (m.starts or "9999", m.order, m.pk))
        ]

    def _step(self, row, actual):
        planned = {"starts": row.starts, "ends": row.ends, "is_open": row.is_open}
        return Step(
            self._words(row.title),
            span(**planned),
            schedule.state({**planned, "actual": actual}, clock.today()),
            formats.partial(actual),
            [f"{note.get_mark_display()} {self._words(note.text)}" for note in row.notes.all()],
        )

    @property
    def revisions(self):
        """Return the changes of its plan, the first one first."""
        return self.project.revisions.prefetch_related("lines")

    @property
    def relations(self):
        """Return (kind, the other project) from both sides."""
        mine = self.project.relations.select_related("other")
        theirs = self.project.related_by.select_related("project")
        return [
            *((r.get_kind_display(), r.other) for r in mine),
            *((f"{r.get_kind_display()} (상대 사업에서)", r.project) for r in theirs),
        ]

    @property
    def detail(self):
        """Return what is special to its kind, as its snapshot has it."""
        special = DETAILS.get(self.project.kind)
        return special(self.project) if special else {"facts": [], "tables": []}

    @property
    def changes(self):
        """Return who changed what, newest first."""
        return project_changes(self.project)

    def report_of(self, user):
        """Return its newest report that this person may read, or None."""
        mine = Submission.objects.visible_to(user).filter(
            kind="work", key=f"{PROJECT}{self.project.pk}"
        )
        return mine.select_related("period").order_by("-period__as_of", "-pk").first()
