"""Writing the changed cells of many reports at once: the same rows and history as the entry form writes."""

from reporting.cells.writing import count_up, keep_rows, save_rows

from ..forms import TEXTS
from ..models import StepReport, WorkReport, WorkSpending
from .columns import REPORT, STEPS


def write(changes, *, versions, by):
    """Write `Change`s of locked submissions, every report's version one higher; raises `Stale`."""
    found = WorkReport.objects.select_for_update().filter(submission__in=versions).order_by("pk")
    reports = {report.submission_id: report for report in found}
    steps, spent = {}, {}
    for change in changes:
        report = reports[change.submission]
        if change.table == REPORT:
            setattr(report, change.name, change.value)
        elif change.table == STEPS:
            steps[report.pk, int(change.key)] = change.value
        else:
            spent[report.pk, change.key] = change.value
    count_up(WorkReport, reports.values(), versions)
    save_rows(WorkReport, list(reports.values()), [*TEXTS], by)
    keep_rows(StepReport, "milestone_id", "actual", steps, by)
    keep_rows(WorkSpending, "source", "amount", spent, by)
