"""What the rules look at: reports beside their card and their earlier quarters, read for many at once."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from ..models import Completion, PledgeReport
from ..rules import DONE
from ..snapshots import IN_TERM, spent_by_source, total


@dataclass(frozen=True)
class Facts:
    """One report with the approved reports of earlier quarters, oldest first; money in 백만원."""

    report: PledgeReport
    earlier: tuple = ()
    confirmed: bool = False  # the office confirmed the completion claimed by this very text

    @property
    def period(self):
        """Return the period of the report."""
        return self.report.submission.period

    @property
    def previous(self):
        """Return the approved report before this one, or None."""
        return self.earlier[-1] if self.earlier else None

    @property
    def is_done(self):
        """Say whether the report says fulfilled: 종료 or 이행후 계속추진."""
        return self.report.status in DONE

    @property
    def was_done(self):
        """Say whether the report before said so and was approved."""
        return self.previous is not None and self.previous.status in DONE

    @property
    def open_steps(self):
        """Return the titles of the steps that nobody has reported as done."""
        done = {m.milestone_id for r in self._all for m in r.milestones.all() if m.actual}
        steps = self.report.pledge.milestones.all()
        return [s.title for s in steps if s.pk not in done and not s.done_before]

    @property
    def secured(self):
        """Return what the card has as secured in the term, None when unknown."""
        return total(f.secured for f in self.report.pledge.funding.all() if f.year in IN_TERM)

    @property
    def spent(self):
        """Return what was spent in the term up to this report, None when unknown."""
        return total(spent_by_source(self.report.pledge, self._all).values())

    @property
    def this_year(self):
        """Return {source: spent this year} as this report says it."""
        return amounts(self.report)

    @property
    def before_this_year(self):
        """Return {source: spent} of the last approved report of the same year that says anything."""
        year = self.period.year
        told = [amounts(r) for r in self.earlier if r.submission.period.year == year]
        return next((t for t in reversed(told) if t), {})

    @property
    def budget(self):
        """Return {source: (amount, its name)}: 확보 of this year, 계획 where nothing is known of it."""
        year = str(self.period.year)
        found = {}
        for line in self.report.pledge.funding.all():
            if line.year != year:
                continue
            if line.secured is not None:
                found[line.source] = (line.secured, "확보액")
            elif line.planned is not None:
                found[line.source] = (line.planned, "계획액")
        return found

    @property
    def _all(self):
        return [*self.earlier, self.report]


def amounts(report):
    """Return {source: amount} of the sources of which the report knows the spending."""
    return {s.source: s.amount for s in report.spending.all() if s.amount is not None}


def facts_of(reports):
    """Return {report pk: Facts} as stored now; ten queries, however many reports.

    `reports` is a queryset, or rows that are read anew, since what hangs on them may have changed.
    """
    if not isinstance(reports, QuerySet):
        reports = PledgeReport.objects.filter(pk__in=[report.pk for report in reports])
    rows = list(
        reports.select_related("pledge", "submission__period").prefetch_related(
            "spending", "milestones", "evidence", "pledge__milestones", "pledge__funding"
        )
    )
    earlier = _approved({row.pledge_id for row in rows})
    completions = Completion.objects.filter(report__in=rows)
    confirmed = set(completions.values_list("report", "version"))
    return {
        row.pk: Facts(
            row,
            tuple(r for r in earlier[row.pledge_id] if _as_of(r) < _as_of(row)),
            (row.pk, row.version) in confirmed,
        )
        for row in rows
    }


def _as_of(report):
    return report.submission.period.as_of


def _approved(pledges):
    """Return {pledge pk: its approved reports, oldest first}."""
    found = defaultdict(list)
    reports = PledgeReport.objects.approved().filter(pledge__in=pledges)
    reports = reports.select_related("submission__period")
    reports = reports.prefetch_related("spending", "milestones")
    for report in reports.order_by("submission__period__as_of", "pk"):
        found[report.pledge_id].append(report)
    return found
