"""From living rows to what is published: the one place where a pledge's figures of a period are put together.

Publication saves these rows; previews, boards and documents use the same rows unsaved.
"""

from collections import defaultdict

from reporting.formats import normal
from reporting.models import Period, Submission

from .models import (
    Funding,
    Pledge,
    PledgeReport,
    PublishedPledge,
    PublishedTerm,
    RatePolicy,
    Source,
    YearSlot,
)
from .rates import DEFAULT, Rounding

IN_TERM = (YearSlot.Y2018, YearSlot.Y2019, YearSlot.Y2020, YearSlot.Y2021, YearSlot.Y2022)


def rounding_for(term, as_of):
    """Return the term's rounding in force on the as-of date (domain.md §1.3 default when none is set)."""
    policy = (
        RatePolicy.objects.filter(term=term, valid_from__lte=as_of).order_by("-valid_from").first()
    )
    return Rounding(policy.mode, policy.places) if policy else DEFAULT


def terms_of(period, pledges):
    """Return unsaved `PublishedTerm`s for the terms of these pledges."""
    terms = {pledge.term for pledge in pledges}
    return [
        _term(term, rounding_for(term, period.as_of)) for term in sorted(terms, key=lambda t: t.no)
    ]


def _term(term, rounding):
    fields = [
        {"order": f.order, "name": f.name, "full_name": f.full_name} for f in term.fields.all()
    ]
    return PublishedTerm(
        no=term.no,
        name=term.name,
        programme=term.programme,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        rate_mode=rounding.mode,
        rate_places=rounding.places,
        fields=fields,
    )


def pledges_of(period):
    """Return the living pledges that are part of a period, in order, with all that a snapshot reads."""
    return list(
        Pledge.objects.filter(reports__submission__period=period)
        .select_related("term", "field", "lead_department")
        .prefetch_related(
            "term__fields", "cooperating_departments", "targets", "milestones", "funding", "links"
        )
        .order_by("-term__no", "field__order", "serial", "pk")
        .distinct()
    )


def draw(period, *, approved_only=True, term_no=None):
    """Return unsaved `PublishedPledge`s of a period; costs a fixed number of queries.

    With `approved_only` (publication) an item the office has not approved carries the last approved
    report of an earlier period and `reported=False`; without it (previews) only a report in which
    nothing is written yet does so, any other counts as it stands.
    """
    pledges = [p for p in pledges_of(period) if term_no in (None, p.term.no)]
    history = _approved_reports(period, pledges)
    now = {r.pledge_id: r for r in _reports(PledgeReport.objects.in_period(period))}
    rows = []
    for pledge in pledges:
        report = now.get(pledge.pk)
        if report and not _counts(report, approved_only):
            report = None
        earlier = [r for r in history[pledge.pk] if r.submission.period_id != period.pk]
        rows.append(_snapshot(pledge, report, earlier, period))
    return rows


def _counts(report, approved_only):
    """Say whether this period's report speaks for the pledge, or the one before still does."""
    if approved_only:
        return report.submission.state == Submission.State.APPROVED
    return bool(report.status)


def _reports(queryset):
    return queryset.select_related("submission__period").prefetch_related("spending", "milestones")


def _approved_reports(period, pledges):
    """Return {pledge pk: approved reports up to the period's as-of date, oldest first}."""
    found = defaultdict(list)
    reports = PledgeReport.objects.approved().filter(
        pledge__in=[p.pk for p in pledges], submission__period__as_of__lte=period.as_of
    )
    for report in _reports(reports).order_by("submission__period__as_of", "pk"):
        found[report.pledge_id].append(report)
    return found


def _snapshot(pledge, report, earlier, period):
    shown = report or (earlier[-1] if earlier else None)
    spent = spent_by_source(pledge, [*earlier, report] if report else earlier)
    funding = list(pledge.funding.all())
    row = PublishedPledge(
        pledge=pledge,
        term_no=pledge.term.no,
        number=pledge.number,
        order=pledge.field.order * 1000 + pledge.serial,
        title=pledge.title,
        is_core=pledge.is_core,
        field_order=pledge.field.order,
        field_name=pledge.field.name,
        field_full_name=pledge.field.full_name,
        department=pledge.lead_department,
        department_name=pledge.lead_department.name,
        department_phone=pledge.lead_department.phone,
        cooperating=", ".join(d.name for d in pledge.cooperating_departments.all()),
        reported=report is not None,
        reported_in=str(shown.submission.period) if shown else "",
        completes_in=int(pledge.ends[:4]) if pledge.ends else None,
        planned=total(f.planned for f in funding),
        planned_in_term=total(f.planned for f in funding if f.year in IN_TERM),
        secured=total(f.secured for f in funding if f.year in IN_TERM),
        spent=total(spent.values()),
        demo=pledge.demo,
    )
    _add_report(row, shown)
    row.card = _card(pledge, funding, spent, [*earlier, report] if report else earlier)
    row.search = normal(
        f"{row.number} {row.title} {row.field_name} {row.field_full_name} {row.department_name} "
        f"{pledge.content} {pledge.final_goal}"
    )
    return row


def _add_report(row, report):
    """Copy the quarter's figures and texts; without any report they stay unknown."""
    if report is None:
        return
    for name in (
        "status",
        "status_raw",
        "progress_pct",
        "target_met",
        "done",
        "problems",
        "countermeasures",
        "next_plans",
    ):
        setattr(row, name, getattr(report, name))


def total(amounts):
    """Return the sum of the known amounts, None when none is known (백만원)."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def spent_by_source(pledge, reports):
    """Return {source: 백만원 spent in the term up to now}: reported years by their last report.

    Other years of the term come from the card; what was spent before it is 기투자, and not secured here.
    """
    by_year = {}
    for report in reports:  # oldest first: the last one of a year stands
        figures = {s.source: s.amount for s in report.spending.all()}
        if any(amount is not None for amount in figures.values()):
            by_year[str(report.submission.period.year)] = figures
    spent = defaultdict(list)
    for line in pledge.funding.all():
        if line.year in IN_TERM and line.year not in by_year:
            spent[line.source].append(line.spent)
    for figures in by_year.values():
        for source, amount in figures.items():
            spent[source].append(amount)
    return {source: total(amounts) for source, amounts in spent.items()}


def _card(pledge, funding, spent, reports):
    """Return the rest of the card as plain JSON; amounts in 백만원, None unknown."""
    return {
        "election_wording": pledge.election_wording,
        "kinds": [
            pledge.get_newness_display(),
            pledge.get_means_display(),
            pledge.get_span_display(),
        ],
        "starts": pledge.starts,
        "ends": pledge.ends,
        "location": pledge.location,
        "scope": pledge.scope,
        "content": pledge.content,
        "final_goal": pledge.final_goal,
        "expected_effect": pledge.expected_effect,
        "targets": _targets(pledge),
        "milestones": _milestones(pledge, reports),
        "funding": _funding(funding, spent),
        "links": [{"label": link.label, "url": link.url} for link in pledge.links.all()],
    }


def _targets(pledge):
    slots = list(YearSlot)
    targets = sorted(pledge.targets.all(), key=lambda t: slots.index(t.year))
    return [
        {
            "year": t.year,
            "label": t.get_year_display(),
            "text": t.text,
            "amount": f"{t.amount.normalize():f}" if t.amount is not None else None,
            "unit": t.unit,
        }
        for t in targets
    ]


def _milestones(pledge, reports):
    actual = {m.milestone_id: m.actual for r in reports for m in r.milestones.all() if m.actual}
    return [
        {
            "title": step.title,
            "planned": step.planned,
            "actual": actual.get(step.pk) or step.done_before,
        }
        for step in sorted(pledge.milestones.all(), key=lambda m: m.order)
    ]


def _funding(funding, spent):
    """Return planned by year, and totals of planned, secured, spent, one row per source, total first."""
    rows = [
        _funding_row(label, [f for f in funding if f.source == s], spent.get(s))
        for s, label in Source.choices
    ]
    rows = [row for row in rows if row]
    if not rows:
        return []
    return [_funding_row("계", funding, total(spent.values())), *rows]


def _funding_row(label, lines: list[Funding], spent):
    if not lines and spent is None:
        return None
    return {
        "label": label,
        "years": {
            slot: total(f.planned for f in lines if f.year == slot) for slot in YearSlot.values
        },
        "planned": total(f.planned for f in lines),
        "planned_in_term": total(f.planned for f in lines if f.year in IN_TERM),
        "secured": total(f.secured for f in lines if f.year in IN_TERM),
        "spent": spent,
    }


def publish(publication):
    """Save the snapshot rows of a publication; return how many pledges it holds."""
    period: Period = publication.period
    pledges = pledges_of(period)
    terms = terms_of(period, pledges)
    for term in terms:
        term.publication = publication
        term.save()
    rows = draw(period)
    for row in rows:
        row.publication = publication
    PublishedPledge.objects.bulk_create(rows)
    return len(rows)
