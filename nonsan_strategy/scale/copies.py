"""One more past term: everything of the source under new keys, its quarters years earlier.

The planned dates in the cards stay as they are: they are typed, and none is taken before 1900.
"""

import datetime
from itertools import chain

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from pledges.models import (
    Demo,
    Milestone,
    MilestoneReport,
    Pledge,
    PledgeField,
    PledgeReport,
    PublishedPledge,
    RatePolicy,
    Spending,
    Term,
)
from pledges.subject import PledgeSubject
from reporting.history import keep
from reporting.marks import changed_in_public
from reporting.models import Period, Publication, Submission, Transition

from .source import FIRST

YEARS = 4  # of a term: each copy lies one term before the one it follows
CHUNK = 500
EXAMPLE = "(예시) "
REASON = "규모 시험용 (예시)"


@transaction.atomic
def add_term(source, place, *, by):
    """Write the `place`th copy (1, 2, …): a whole term with its cards and published quarters."""
    years = YEARS * place
    term = _term(source, place, years, by)
    pledges = _cards(source, term, by)
    steps = _details(source, pledges, by)
    for period in source.periods:
        _quarter(source, period, term, pledges, steps, years=years, by=by)
    changed_in_public()


def copied(row, **changes):
    """Return an unsaved row like `row` under a new key, with some values changed."""
    values = {
        f.attname: getattr(row, f.attname)
        for f in row._meta.concrete_fields
        if not f.primary_key and f.name not in changes
    }
    return type(row)(**values, **changes)


def earlier(day, years):
    """Return a day so many years before; 29 February becomes the 28th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return datetime.date(day.year - years, day.month, last)


def _example(title):
    return title if title.startswith(EXAMPLE) else f"{EXAMPLE}{title}"[:200]


def _made(model, rows, by):
    return bulk_create_with_history(
        rows, model, batch_size=CHUNK, default_user=by, default_change_reason=REASON
    )


def _term(source, place, years, by):
    term = copied(
        source.term,
        no=FIRST + place - 1,
        name=f"{EXAMPLE}{place}기 앞",
        starts_on=earlier(source.term.starts_on, years),
        ends_on=earlier(source.term.ends_on, years),
    )
    keep(term, by=by, reason=REASON)
    policies = [
        copied(p, term=term, valid_from=earlier(p.valid_from, years)) for p in source.policies
    ]
    _made(RatePolicy, policies, by)
    return term


def _cards(source, term, by):
    """Return {old pk: new pledge} of the term's cards."""
    made = _made(PledgeField, [copied(f, term=term) for f in source.fields], by)
    fields = {old.pk: new for old, new in zip(source.fields, made, strict=True)}
    rows = [
        copied(p, term=term, field=fields[p.field_id], title=_example(p.title), demo=Demo.ALL)
        for p in source.pledges
    ]
    new = _made(Pledge, rows, by)
    pledges = {old.pk: row for old, row in zip(source.pledges, new, strict=True)}
    through = Pledge.cooperating_departments.through
    through.objects.bulk_create(
        [
            through(pledge_id=pledges[pledge].pk, department_id=department)
            for pledge, department in source.cooperating
        ],
        batch_size=CHUNK,
    )
    return pledges


def _details(source, pledges, by):
    """Copy what hangs on the cards; return {old step pk: new step}."""
    made = {
        model: _made(model, [copied(row, pledge=pledges[row.pledge_id]) for row in rows], by)
        for model, rows in source.details.items()
    }
    return {
        old.pk: new for old, new in zip(source.details[Milestone], made[Milestone], strict=True)
    }


# --- quarters -----------------------------------------------------------------------------------
def _quarter(source, period, term, pledges, steps, *, years, by):
    """Write one published quarter: its period, reports with their moves, its snapshot."""
    period = _period(period, years, by)
    submissions = _submissions(source, period, pledges)
    _reports(source, pledges, submissions, steps, by)
    publication = Publication.objects.create(period=period, revision=1, by=by)
    copied(
        source.published_term,
        publication=publication,
        no=term.no,
        name=term.name,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
    ).save()
    rows = [_snapshot(row, publication, term, pledges) for row in source.snapshots]
    PublishedPledge.objects.bulk_create(rows, batch_size=CHUNK)


def _period(period, years, by):
    year = period.year - years
    row = copied(
        period,
        year=year,
        code=Period.code_of(period.cadence, year, period.number),
        **{name: earlier(getattr(period, name), years) for name in ("opens_on", "due_on", "as_of")},
        state=Period.State.PUBLISHED,
        closed_at=_closed_at(period),
    )
    return keep(row, by=by, reason=REASON)


def _closed_at(period):
    noon = datetime.time(12, tzinfo=datetime.UTC)
    return period.closed_at or datetime.datetime.combine(period.due_on, noon)


def _submissions(source, period, pledges):
    """Return {old submission pk: new submission}, approved, with who wrote them and how they moved."""
    old = [report.submission for report in source.reports]
    rows = [
        copied(
            s,
            period=period,
            key=str(pledges[int(s.key)].pk),
            title=_example(s.title),
            due_on=period.due_on,
        )
        for s in old
        if s.kind == PledgeSubject.kind
    ]
    new = Submission.objects.bulk_create(rows, batch_size=CHUNK)
    made = {s.pk: row for s, row in zip(old, new, strict=True)}
    through = Submission.authors.through
    through.objects.bulk_create(
        [through(submission_id=made[s].pk, user_id=user) for s, user in source.authors],
        batch_size=CHUNK,
    )
    moves = chain.from_iterable(_moves(row) for row in new)
    Transition.objects.bulk_create(moves, batch_size=CHUNK)
    return made


def _moves(submission):
    by = submission.decided_by_id
    draft, handed_in, approved = (Submission.State(s) for s in ("draft", "submitted", "approved"))
    return (
        Transition(submission=submission, move="submit", source=draft, target=handed_in, by_id=by),
        Transition(
            submission=submission, move="approve", source=handed_in, target=approved, by_id=by
        ),
    )


def _reports(source, pledges, submissions, steps, by):
    rows = [
        copied(r, submission=submissions[r.submission_id], pledge=pledges[r.pledge_id])
        for r in source.reports
    ]
    new = _made(PledgeReport, rows, by)
    made = {old.pk: row for old, row in zip(source.reports, new, strict=True)}
    _made(Spending, [copied(row, report=made[row.report_id]) for row in source.spending], by)
    done = [
        copied(row, report=made[row.report_id], milestone=steps[row.milestone_id])
        for row in source.steps
    ]
    _made(MilestoneReport, done, by)


def _snapshot(row, publication, term, pledges):
    return copied(
        row,
        publication=publication,
        pledge=pledges[row.pledge_id],
        term_no=term.no,
        title=_example(row.title),
        demo=Demo.ALL,
        reported_in=str(publication.period) if row.reported_in else "",
    )


def last_place():
    """Return how many copies the database holds; places are filled without a gap."""
    return Term.objects.filter(no__gte=FIRST).count()


def oldest_possible(source):
    """Return the last place whose dates still lie in the calendar."""
    first = min([source.term.starts_on, *(p.opens_on for p in source.periods)])
    return (first.year - 1) // YEARS
