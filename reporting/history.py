"""Saving with history and version, and reading history field by field."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from . import formats
from .fields import PartialDateField


class Stale(Exception):
    """Somebody else saved this row since the page was drawn; nothing was written."""


@dataclass(frozen=True)
class Change:
    """One field of one save: who, when, before, after, why."""

    when: datetime
    who: str
    field: str
    before: str
    after: str
    reason: str


def keep(row, *, by, reason=""):
    """Save a row that has no version and write one history line for it."""
    row._history_user = by
    row._change_reason = reason
    row.save()
    return row


def keep_version(row, version, *, by, reason=""):
    """Save `row` if it still stands at `version`, raising `Stale` otherwise; must run in a transaction.

    The WHERE clause is the lock: of two saves of one version, the second finds no row.
    """
    here = type(row)._default_manager.filter(pk=row.pk, version=version)
    if not here.update(version=F("version") + 1):
        raise Stale
    row.version = version + 1
    return keep(row, by=by, reason=reason)


def remove(row, *, by, reason=""):
    """Delete a row; its history stays and says who and why."""
    row._history_user = by
    row._change_reason = reason
    row.delete()


def changes(row, *, label=""):
    """Return the `Change`s of one row, newest first; creation is one line."""
    return changes_in(row.history.all(), label=lambda record: label)


def changes_in(history, *, label, first=()):
    """Return the `Change`s of every row of a history queryset, deleted rows too, newest first.

    `label(record)` names a row. Of a new row the `first` fields are told like changes of a blank.
    Costs one query, and one more for each changed reference.
    """
    rows = defaultdict(list)
    for record in history.select_related("history_user").order_by("history_date", "history_id"):
        rows[record.id].append(record)
    found = [c for records in rows.values() for c in _changes(records, label(records[-1]), first)]
    return sorted(found, key=lambda change: change.when, reverse=True)


def _changes(records, label, first):
    found = []
    for old, new in zip([None, *records], records, strict=False):
        found += _created(new, label, first) if old is None else _differences(old, new, label)
    return found[::-1]


def _line(record, field, before, after):
    return Change(
        record.history_date,
        str(record.history_user or "자동"),
        field,
        before,
        after,
        record.history_change_reason or "",
    )


def _created(record, label, first):
    if first:
        fields = [field for field in record.tracked_fields if field.name in first]
        return [
            _line(record, f"{label} {f.verbose_name}".strip(), "", _text(record, f)) for f in fields
        ]
    return [_line(record, f"{label} 만듦".strip(), "", "")] if record.history_type == "+" else []


def _differences(old, new, label):
    if new.history_type == "-":
        return [_line(new, f"{label} 삭제".strip(), "", "")]
    fields = {
        field.name: field
        for field in new.tracked_fields
        if field.name not in ("id", "version") and not field.auto_created
    }
    return [
        _line(new, f"{label} {field.verbose_name}".strip(), _text(old, field), _text(new, field))
        for field in fields.values()
        if getattr(old, field.attname) != getattr(new, field.attname)
    ]


def _text(record, field):
    """Return a stored value as people read it."""
    value = getattr(record, field.attname)
    if value is None:
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.is_relation:
        return str(field.related_model._base_manager.filter(pk=value).first() or value)
    if isinstance(value, bool):
        return "예" if value else "아니오"
    if isinstance(value, int):
        return formats.number(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(field, PartialDateField):
        return formats.partial(value)
    if hasattr(value, "year"):
        return formats.day(value)
    return str(value)
