"""Saving with history and version, and reading history field by field."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from . import formats


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


def changes(row, *, label=""):
    """Return the `Change`s of one row, newest first; creation is one line; costs two queries."""
    records = list(row.history.select_related("history_user").order_by("history_date", "history_id"))
    found = []
    for old, new in zip([None, *records], records, strict=False):
        found += _created(new, label) if old is None else _differences(old, new, label)
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


def _created(record, label):
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
    if hasattr(value, "year"):
        return formats.day(value)
    return str(value)
