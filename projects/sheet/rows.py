"""The rows of the three worksheets as they are stored, read in a fixed number of queries."""

from reporting.cells import SheetRow
from reporting.cells.writing import numbers

from .. import guard
from ..formats import span
from ..forms import TEXTS
from ..models import Source, WorkReport
from .columns import REPORT, SPENDING, STEPS


def rows(submissions, *, last=False):
    """Return the rows of the submissions' reports, then of their steps, then of their money."""
    reports = WorkReport.objects.filter(submission__in=submissions)
    whole = reports.select_related("submission__period", "task__plan", "project__task")
    facts = {f.report.submission_id: f for f in guard.facts_of(whole).values()}
    named = numbers(submissions)
    every = [(s, named[s.pk], facts[s.pk]) for s in submissions]
    return [
        *(_row(*one, last=last) for one in every),
        *(row for one in every for row in _steps(*one, last=last)),
        *(row for one in every for row in _spending(*one, last=last)),
    ]


def _row(submission, number, facts, *, last):
    before = facts.previous if last else None
    return SheetRow(
        table=REPORT,
        submission=submission.pk,
        key="",
        version=facts.report.version,
        values=_texts(facts.report),
        facts=(number, submission.title, submission.get_state_display()),
        last=_texts(before) if before else {},
    )


def _texts(report):
    return {name: getattr(report, name) for name in TEXTS}


def _steps(submission, number, facts, *, last):
    before = facts.done_before if last else {}
    for place, step in enumerate(facts.milestones, 1):
        planned = span(step.starts, step.ends, step.is_open)
        yield SheetRow(
            table=STEPS,
            submission=submission.pk,
            key=str(step.pk),
            version=facts.report.version,
            values={"actual": facts.done_now.get(step.pk, "")},
            facts=(number, place, submission.title, facts.title(step), planned),
            last={"actual": before.get(step.pk, "")},
        )


def _spending(submission, number, facts, *, last):
    before = facts.before_this_year if last else {}
    for place, source in enumerate(facts.sources, 1):
        label = Source(source).label
        yield SheetRow(
            table=SPENDING,
            submission=submission.pk,
            key=str(source),
            version=facts.report.version,
            values={"amount": facts.this_year.get(source)},
            facts=(number, place, submission.title, label, guard.budget_words(facts, source)),
            last={"amount": before.get(source)},
        )
