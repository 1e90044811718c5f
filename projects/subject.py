"""The year's work as a subject of the reporting floor: tasks and projects, reported every half year."""

from collections import Counter

from django.db.models import Q
from simple_history.utils import bulk_create_with_history

from accounts.history import changes, changes_in, newest_first
from reporting import formats
from reporting.models import Period
from reporting.subjects import Brief, Owed, Subject
from reporting.workflow import Refused

from . import charges, guard, previews, schedule, sheet, snapshots
from .documents import DOCUMENTS
from .formats import period as span_of
from .formats import span
from .forms import TEXTS, WorkReportForm
from .models import (
    Project,
    Source,
    StepReport,
    Task,
    WorkEvidence,
    WorkReport,
    WorkSpending,
)
from .wording import UnknownFigure

State = schedule.State
NEXT = 3  # coming steps that stand above the form


class WorkSubject(Subject):
    """주요업무·사업: every active task of the year's plan and every running project owes one report a half year."""

    kind = "work"
    label = "주요업무·사업"
    cadences = (Period.Cadence.HALF,)
    entry_template = "projects/entry_fields.html"

    def owed(self, period):
        """Return one `Owed` per active task of the year's plan and per reported project that runs in the year."""
        for task in Task.objects.filter(plan__year=period.year, is_active=True):
            yield Owed(
                key=f"{charges.TASK}{task.pk}",
                code=f"업무 {task.number}",
                title=task.title,
                order=task.number * 1000,
                department_id=task.department_id,
            )
        places = Counter()
        for project in _reported(period):
            number = project.task.number if project.task else 0
            places[number] += 1
            place = f"{number}-{places[number]}" if number else str(places[number])
            yield Owed(
                key=f"{charges.PROJECT}{project.pk}",
                code=f"사업 {place}",
                title=project.title,
                order=(number or 900) * 1000 + min(project.order + 1, 999),
                department_id=project.department_id,
            )

    def start(self, submissions, *, by):
        """Create blank reports for new submissions."""
        rows = [
            WorkReport(
                submission=s,
                task_id=charges.pk_of(s.key, charges.TASK),
                project_id=charges.pk_of(s.key, charges.PROJECT),
            )
            for s in submissions
        ]
        bulk_create_with_history(
            rows, WorkReport, default_user=by, default_change_reason="입력 시작"
        )

    def report(self, submission, *, lock=False):
        """Return the report of this submission."""
        reports = WorkReport.objects.for_saving() if lock else _whole()
        return reports.get(submission=submission)

    def briefs(self, submissions):
        """Return version, steps done and late, and gaps of each report; a fixed number of queries."""
        found = guard.facts_of(_whole().filter(submission__in=submissions)).values()
        return {
            f.report.submission_id: Brief(f.report.version, _tally(f), tuple(guard.problems(f)))
            for f in found
        }

    def form(self, report, *, data=None, files=None, initial=None):
        """Return the half-year form."""
        return WorkReportForm(data, files, instance=report, initial=initial)

    def sheet_tables(self, period):
        """Return the worksheets 추진상황, 추진일정 and 집행."""
        return sheet.tables(period)

    def sheet_rows(self, submissions, *, last=False):
        """Return the rows of the three worksheets."""
        return sheet.rows(submissions, last=last)

    def apply_rows(self, changes, *, versions, by):
        """Write the changed cells with history."""
        sheet.write(changes, versions=versions, by=by)

    def lines(self, report):
        """Return {label: text} in the order of the page; steps and money as they stand with this report."""
        facts = _facts(report)
        names = {name: report._meta.get_field(name).verbose_name for name in TEXTS}
        found = {label: getattr(report, name) for name, label in names.items()}
        for milestone, _, actual in facts.steps:
            if actual:
                found[_free(f"일정 {facts.title(milestone)}", found)] = formats.partial(actual)
        for source in facts.sources:
            label = f"올해 집행 {Source(source).label}(백만원)"
            found[label] = formats.number(facts.spent.get(source))
        return found

    def facts(self, report):
        """Return period, this year's money, how far the steps are and which come next."""
        facts, project = _facts(report), report.project
        year = report.submission.period.year
        money = [
            f"{Source(s).label} {words}"
            for s in facts.sources
            if (words := guard.budget_words(facts, s))
        ]
        coming = facts.in_state(State.LATE, State.SOON, State.ONGOING, State.PLANNED)
        named = [f"{facts.title(m)} {span(m.starts, m.ends, m.is_open)}".strip() for m in coming]
        found = [
            ("사업기간", span_of(project.starts, project.ends) if project else ""),
            (f"{year}년 예산(백만원)", " · ".join(money)),
            ("추진일정", _tally(facts)),
            ("다음 일정", ", ".join(named[:NEXT])),
        ]
        return [(label, text) for label, text in found if text]

    def previous(self, report):
        """Return the approved report of an earlier period closest to this one, or None."""
        return _facts(report).previous

    def problems(self, report):
        """Return what must be written before this report may be handed in."""
        return guard.problems(_facts(report))

    def warnings(self, report):
        """Return what looks wrong and may still be handed in."""
        return guard.warnings(_facts(report))

    def flags(self, report):
        """Return late steps with the words that answer them, and the doubts."""
        return guard.flags(_facts(report))

    def files(self, report):
        """Return the evidence of the report."""
        return report.evidence.select_related("by")

    def history(self, report):
        """Return the changes of the report and of the rows that hang on it, newest first."""
        facts, mine = _facts(report), {"report": report.pk}
        titles = {m.pk: facts.title(m) for m in facts.milestones}
        sources = dict(Source.choices)
        return newest_first(
            changes(report),
            changes_in(
                WorkSpending.history.filter(**mine),
                label=lambda record: f"집행 {sources[record.source]}",
                first=["amount"],
            ),
            changes_in(
                StepReport.history.filter(**mine),
                label=lambda record: f"일정 {titles.get(record.milestone_id, '')}",
                first=["actual"],
            ),
            changes_in(
                WorkEvidence.history.filter(**mine), label=lambda record: f"증빙 {record.name}"
            ),
        )

    def preview(self, period):
        """Say how many steps are done, now and then, and what was not reported."""
        return previews.preview(period)

    def texts_to_scan(self, period):
        """Return every text that publishing the period would show."""
        return guard.texts_to_scan(period)

    def files_to_scan(self, period):
        """Return the evidence of the period."""
        return guard.files_to_scan(period)

    def publish(self, publication):
        """Copy plan, tasks and projects into the public snapshot."""
        try:
            return snapshots.publish(publication)
        except UnknownFigure as error:
            raise Refused(str(error)) from error

    def documents(self):
        """Return the annual report, the reports of districts and contracts, the cards of projects."""
        return DOCUMENTS

    def officers(self, submissions):
        """Return who is in charge of each project today."""
        return charges.officers(submissions)

    def charges(self, person=None):
        """Return the projects with an officer, or one person's."""
        return charges.charges(self.kind, person)

    def promises(self, keys):
        """Return what was announced of these and is not done yet."""
        return charges.promises(keys)

    def hand_over(self, keys, *, to, by, reason):
        """Put a successor in charge of these projects from today."""
        return charges.hand_over(keys, to=to, by=by, reason=reason)

    def boards(self):
        """Return the managers' board of plan and projects."""
        sentence = "늦었거나 곧 기한인 일정, 업무별 진도, 예산 집행과 연말 예상"
        return [("주요업무·사업 현황판", sentence, "projectboard:board")]


def _reported(period):
    """Return the projects that report and run in the year: those of its plan and those of none."""
    year = str(period.year)
    running = (Q(starts="") | Q(starts__lte=f"{year}-12-31")) & (Q(ends="") | Q(ends__gte=year))
    mine = Q(task__plan__year=period.year) | Q(task=None)
    found = Project.objects.active().filter(running, mine, reports=True)
    return found.select_related("task").in_order()


def _whole():
    return WorkReport.objects.select_related("submission__period", "task__plan", "project__task")


def _facts(report):
    return guard.facts_of([report])[report.pk]


def _tally(facts):
    """Return `완료 3/7 · 지연 1` as far as there are steps."""
    states = Counter(state for _, state, _ in facts.steps)
    if not states:
        return ""
    late = f" · 지연 {states[State.LATE]}" if states[State.LATE] else ""
    return f"완료 {states[State.DONE]}/{states.total()}{late}"


def _free(label, taken):
    """Return a label that is not taken yet: two steps may share a name."""
    number, free = 2, label
    while free in taken:
        number, free = number + 1, f"{label} ({number})"
    return free
