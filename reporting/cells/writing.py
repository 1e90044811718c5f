"""Writing the changed cells of many reports at once: the same rows and history as the entry forms write."""

from collections import Counter, defaultdict

from django.db.models import F

from ..history import Stale, keep_many

REASON = "엑셀 올리기"


def numbers(submissions):
    """Return {submission pk: its number in a sheet}; two items may share one, so the key joins it."""
    shared = Counter(s.code for s in submissions)
    return {s.pk: f"{s.code} ({s.key})" if shared[s.code] > 1 else s.code for s in submissions}


def count_up(model, reports, versions):
    """Raise every version by one where it still is what was compared: the WHERE clause is the lock."""
    by_version = defaultdict(list)
    for submission, version in versions.items():
        by_version[version].append(submission)
    for version, submissions in by_version.items():
        here = model.objects.filter(submission__in=submissions, version=version)
        if here.update(version=F("version") + 1) != len(submissions):
            raise Stale
    for report in reports:
        report.version += 1


def save_rows(model, rows, fields, by):
    """Write rows that exist with one line of history each.

    An upsert on the key, since `bulk_update` compares every row with every other (ten times slower).
    """
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )
    keep_many(model, [row.pk for row in rows], by=by, reason=REASON)


def keep_rows(model, part, field, values, by):
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
        save_rows(model, changed, [field], by)
    if new:
        keys = [row.pk for row in model.objects.bulk_create(new)]
        keep_many(model, keys, by=by, kind="+", reason=REASON)
