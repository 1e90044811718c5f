"""What was reported up to a period: which report speaks for an item, which steps are done, what was spent."""

from collections import defaultdict

from reporting.models import Submission

from ..models import WorkReport


class Reported:
    """The reports of one item, the oldest first, and the one that speaks for it in the period."""

    def __init__(self, earlier, now=None):
        self.earlier, self.now = earlier, now

    @property
    def shown(self):
        """Return the report whose texts stand: this period's, else the last one before it."""
        return self.now or (self.earlier[-1] if self.earlier else None)

    @property
    def all(self):
        """Return every report that counts, the oldest first."""
        return [*self.earlier, self.now] if self.now else self.earlier

    def actual(self):
        """Return {milestone pk: partial date}: a step once done stays done, corrected by a later report."""
        return {s.milestone_id: s.actual for r in self.all for s in r.steps.all() if s.actual}

    def spent(self):
        """Return {year: {source: 백만원}} by the last report of each year that tells any spending."""
        found = {}
        for report in self.all:
            figures = {s.source: s.amount for s in report.spending.all()}
            if any(amount is not None for amount in figures.values()):
                found[report.submission.period.year] = figures
        return found


def reported(period, *, approved_only):
    """Return {("task"|"project", pk): Reported} of a period in a fixed number of queries.

    With `approved_only` (publication) only what the office approved speaks; without it (previews) also
    what is written in this period and not approved yet.
    """
    earlier, now = defaultdict(list), {}
    for report in _until(period):
        key = ("task", report.task_id) if report.task_id else ("project", report.project_id)
        if report.submission.period_id == period.pk:
            if _counts(report, approved_only):
                now[key] = report
        elif report.submission.state == Submission.State.APPROVED:
            earlier[key].append(report)
    return {key: Reported(earlier[key], now.get(key)) for key in {*earlier, *now}}


def _until(period):
    reports = WorkReport.objects.filter(submission__period__as_of__lte=period.as_of)
    reports = reports.select_related("submission__period").prefetch_related("steps", "spending")
    return reports.order_by("submission__period__as_of", "pk")


def _counts(report, approved_only):
    if approved_only:
        return report.submission.state == Submission.State.APPROVED
    return bool(report.done.strip()) or any(s.actual for s in report.steps.all())
