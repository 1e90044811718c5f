"""The figures of one period, counted once for board and report (counts and 백만원; rates by rates.py)."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from pledges import rates, rules, snapshots
from pledges.models import PledgeReport, PublishedPledge, PublishedTerm, Source, Status
from reporting.models import Period, Publication, Submission

MONEY_RATE = rates.Rounding("half_up", 2)  # 재정확보율·집행률 (domain.md §1.5)


@dataclass(frozen=True)
class Book:
    """One period's pledges of one term: published rows, or a preview (`publication` is None)."""

    period: Period
    term: PublishedTerm | None
    rows: list[PublishedPledge]
    publication: Publication | None = None
    items: dict = field(default_factory=dict)  # previews only: pledge pk -> (submission pk, state)

    @property
    def rounding(self):
        """Return the rounding in force for the term."""
        if self.term is None:
            return rates.DEFAULT
        return rates.Rounding(self.term.rate_mode, self.term.rate_places)

    @property
    def groups(self):
        """Return the counts of 완료, 추진중, 보류·폐기 and of pledges without a report."""
        return rates.groups((row.status for row in self.rows), self.rounding)

    @property
    def approved(self):
        """Return how many items of a preview are approved."""
        return sum(state == Submission.State.APPROVED for _, state in self.items.values())

    @property
    def unreported(self):
        """Return the rows that this period has no report of; they count as they last stood."""
        return self.attention(rules.BY_KEY["unreported"])

    def attention(self, rule):
        """Return the rows to which a rule of `rules.py` applies."""
        return [row for row in self.rows if rule.applies(row, self.period)]


def book_of(period, *, seen_by=None):
    """Return the period's book of its newest term; costs a fixed number of queries.

    Published periods read the current revision. Of others `seen_by` sees only what he may read
    (`visible_to`); without it (reports, whose right the view asks) all of it.
    """
    publication = Publication.objects.current().filter(period=period).first()
    if publication:
        term = publication.terms.order_by("-no").first()
        rows = publication.pledges.select_related("department", "publication__period")
        rows = rows.filter(term_no=term.no if term else 0)
        return Book(period, term, list(rows.order_by("order")), publication)
    return _preview(period, seen_by)


def _preview(period, seen_by):
    term = max(
        snapshots.terms_of(period, snapshots.pledges_of(period)), key=lambda t: t.no, default=None
    )
    rows = snapshots.draw(period, approved_only=False, term_no=term.no) if term else []
    reports = PledgeReport.objects.in_period(period)
    if seen_by is not None:
        reports = reports.visible_to(seen_by)
    items = {
        pledge: (submission, state)
        for pledge, submission, state in reports.values_list(
            "pledge_id", "submission_id", "submission__state"
        )
    }
    return Book(period, term, [row for row in rows if row.pledge_id in items], None, items)


STATUSES = (*rates.FULFILLED, *rates.IN_PROGRESS, *rates.SET_ASIDE)


def status_counts(rows):
    """Return {status code: count}; "" counts pledges nobody has reported on."""
    return Counter(row.status for row in rows)


def shown_statuses(rows):
    """Return the statuses a table shows: the plan's four, and 보류·폐기·미보고 where there are any."""
    counts = status_counts(rows)
    usual = [*rates.FULFILLED, *rates.IN_PROGRESS]
    return usual + [s for s in (*rates.SET_ASIDE, "") if counts[s]]


def status_label(status):
    """Return the word of a status in the plan's tables: `종료` for completed, `미보고` for none."""
    if status == Status.COMPLETED:
        return "종료"
    return Status(status).label if status else "미보고"


def by_field(book):
    """Return [(field dict, rows)] in the term's order, fields without a pledge included."""
    fields = book.term.fields if book.term else []
    return [(f, [r for r in book.rows if r.field_order == f["order"]]) for f in fields]


def by_department(book):
    """Return [(department, its name then, rows)] in the order of the departments."""
    found = {}
    for row in book.rows:
        found.setdefault(row.department_id, []).append(row)
    lines = [(rows[0].department, rows[0].department_name, rows) for rows in found.values()]
    return sorted(lines, key=lambda line: (line[0].order, line[1]))


@dataclass(frozen=True)
class Money:
    """One source's 백만원: sums of what is known (None: nothing known) and its two rates in %."""

    label: str
    planned: int | None
    planned_in_term: int | None
    secured: int | None
    spent: int | None
    secured_rate: Decimal | None
    spent_rate: Decimal | None


def money(rows):
    """Return the total and one line per source; a rate counts only pledges that know both amounts."""
    lines = [(row.card or {}).get("funding") or [] for row in rows]
    labels = ["계", *Source.labels]
    return [
        _money(label, [line for card in lines for line in card if line["label"] == label])
        for label in labels
    ]


def _money(label, lines):
    total = {
        name: snapshots.total(line[name] for line in lines)
        for name in ("planned", "planned_in_term", "secured", "spent")
    }
    return Money(
        label if label != "계" else "총계",
        **total,
        secured_rate=_rate(lines, "secured", "planned_in_term"),
        spent_rate=_rate(lines, "spent", "secured"),
    )


def _rate(lines, part, whole):
    known = [(x[part], x[whole]) for x in lines if None not in (x[part], x[whole])]
    return rates.percent(sum(p for p, _ in known), sum(w for _, w in known), MONEY_RATE)


def knows_money(row):
    """Say whether plan and secured amount are both known, as 재정확보율 asks."""
    return rates.COUNTED_IN["has_money"](row)


def knows_spending(row):
    """Say whether secured and spent amount are both known, as 집행률 asks."""
    return row.secured is not None and row.spent is not None


COUNTED = {
    **rates.COUNTED_IN,
    "in_progress": lambda row: row.status in rates.IN_PROGRESS,
    "set_aside": lambda row: row.status in rates.SET_ASIDE,
    "has_spending": knows_spending,
}


def rates_over_time(term_no, until):
    """Return [(period, Groups)] of every published period up to `until`, oldest first; two queries."""
    publications = list(
        Publication.objects.current().filter(
            period__as_of__lte=until, period__cadence="q", terms__no=term_no
        )
    )
    statuses = {}
    found = PublishedPledge.objects.filter(publication__in=publications, term_no=term_no)
    for publication, status in found.values_list("publication", "status"):
        statuses.setdefault(publication, []).append(status)
    terms = {
        t.publication_id: t
        for t in PublishedTerm.objects.filter(publication__in=publications, no=term_no)
    }
    return [
        (p.period, rates.groups(statuses[p.pk], _rounding(terms[p.pk])))
        for p in reversed(publications)
        if p.pk in statuses and p.pk in terms
    ]


def _rounding(term):
    return rates.Rounding(term.rate_mode, term.rate_places)
