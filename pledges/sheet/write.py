"""Writing the changed cells of many reports at once: the same rows and history as the entry form writes."""

from reporting.cells.writing import count_up, keep_rows, save_rows

from ..models import MilestoneReport, PledgeReport, Spending, Status
from .columns import OWN, REPORT, SPENT

LABELS = dict(Status.choices)


def write(changes, *, versions, by):
    """Write `Change`s of locked submissions, every report's version one higher; raises `Stale`."""
    found = PledgeReport.objects.select_for_update().filter(submission__in=versions).order_by("pk")
    reports = {report.submission_id: report for report in found}
    own, spent, steps = _sorted(changes, reports)
    for report, name, value in own:
        setattr(report, name, value)
        if name == "status":
            report.status_raw = LABELS.get(value, "")
    count_up(PledgeReport, reports.values(), versions)
    save_rows(PledgeReport, list(reports.values()), [*OWN, "status_raw"], by)
    keep_rows(Spending, "source", "amount", spent, by)
    keep_rows(MilestoneReport, "milestone_id", "actual", steps, by)


def _sorted(changes, reports):
    """Return (report, name, value) of its own fields, {(report, source): amount}, {(report, step): date}."""
    own, spent, steps = [], {}, {}
    for change in changes:
        report = reports[change.submission]
        if change.table != REPORT:
            steps[report.pk, int(change.key)] = change.value
        elif change.name.startswith(SPENT):
            spent[report.pk, change.name.removeprefix(SPENT)] = change.value
        else:
            own.append((report, change.name, change.value))
    return own, spent, steps
