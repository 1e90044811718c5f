"""Writing the changed cells of many reports at once: the same rows and history as the entry form writes."""

from collections import defaultdict

from django.db.models import F

from reporting.history import Stale, keep_many

from ..models import MilestoneReport, PledgeReport, Spending, Status
from .columns import OWN, REPORT, SPENT

REASON = "엑셀 올리기"
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
    _count_up(reports, versions)
    _save(PledgeReport, list(reports.values()), [*OWN, "status_raw"], by)
    _keep_rows(Spending, "source", "amount", spent, by)
    _keep_rows(MilestoneReport, "milestone_id", "actual", steps, by)


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


def _count_up(reports, versions):
    """Raise every version by one where it still is what was compared: the WHERE clause is the lock."""
    by_version = defaultdict(list)
    for submission, version in versions.items():
        by_version[version].append(submission)
    for version, submissions in by_version.items():
        here = PledgeReport.objects.filter(submission__in=submissions, version=version)
        if here.update(version=F("version") + 1) != len(submissions):
            raise Stale
    for report in reports.values():
        report.version += 1


def _save(model, rows, fields, by):
    """Write rows that exist with one line of history each.

    An upsert on the key, since `bulk_update` compares every row with every other (ten times slower).
    """
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )
    keep_many(model, [row.pk for row in rows], by=by, reason=REASON)


def _keep_rows(model, part, field, values, by):
    """Write {(report, part): value} into the rows that hang on reports; a new row only for a known value."""
    there = model.objects.filter(report__in={report for report, _ in values}).order_by("pk")
    rows = {(row.report_id, getattr(row, part)): row for row in there}
    changed = [rows[place] for place in values if place in rows]
    for row in changed:
        setattr(row, field, values[row.report_id, getattr(row, part)])
    new = [
        model(report_id=place[0], **{part: place[1], field: value})
        for place, value in values.items()
        if place not in rows and value not in (None, "")
    ]
    if changed:
        _save(model, changed, [field], by)
    if new:
        keys = [row.pk for row in model.objects.bulk_create(new)]
        keep_many(model, keys, by=by, kind="+", reason=REASON)
