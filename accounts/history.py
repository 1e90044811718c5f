"""Reading the history of rows field by field: one reader for every table that keeps one."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import chain, pairwise

UNTOLD = ("id", "version")


@dataclass(frozen=True)
class Change:
    """One field of one save: when, who, what, before, after, why."""

    when: datetime
    who: str
    field: str
    before: str
    after: str
    reason: str


def changes(row):
    """Return the `Change`s of one row, newest first; creation is one line."""
    return changes_in(row.history.all())


def changes_in(history, *, label=lambda record: "", first=()):
    """Return the `Change`s of every row of a history queryset, deleted rows too, newest first.

    `label(record)` names a row. Of a new row the `first` fields are told like changes of a blank.
    Costs one query, and one more for each related table of which a reference changed.
    """
    rows = defaultdict(list)
    for record in history.select_related("history_user").order_by("history_date", "history_id"):
        rows[record.id].append(record)
    names = _names(rows.values())
    return newest_first(
        *(_of_row(records, label(records[-1]), first, names) for records in rows.values())
    )


def newest_first(*lists):
    """Return several lists of `Change`s as one."""
    return sorted(chain(*lists), key=lambda change: change.when, reverse=True)


def line(record, field, before, after):
    """Return a `Change` of a history record, for what its fields cannot tell."""
    who, why = str(record.history_user or "자동"), record.history_change_reason or ""
    return Change(record.history_date, who, field.strip(), before, after, why)


def _names(rows):
    """Return {model: {key: name}} of the references that changed; one query for each model."""
    keys = defaultdict(set)
    for old, new in chain.from_iterable(map(pairwise, rows)):
        for field in _changed(old, new):
            if field.is_relation:
                keys[field.related_model] |= {getattr(r, field.attname) for r in (old, new)}
    return {
        model: {pk: str(row) for pk, row in model._base_manager.in_bulk(found - {None}).items()}
        for model, found in keys.items()
    }


def _of_row(records, label, first, names):
    found = _created(records[0], label, first, names)
    for old, new in pairwise(records):
        found += _differences(old, new, label, names)
    return found[::-1]


def _created(record, label, first, names):
    if first:
        fields = [field for field in record.tracked_fields if field.name in first]
        return [
            line(record, f"{label} {f.verbose_name}", "", _text(record, f, names)) for f in fields
        ]
    return [line(record, f"{label} 만듦", "", "")] if record.history_type == "+" else []


def _differences(old, new, label, names):
    if new.history_type == "-":
        return [line(new, f"{label} 삭제", "", "")]
    return [
        line(new, f"{label} {field.verbose_name}", *(_text(r, field, names) for r in (old, new)))
        for field in _changed(old, new)
    ]


def _changed(old, new):
    return [
        field
        for field in new.tracked_fields
        if field.name not in UNTOLD and getattr(old, field.attname) != getattr(new, field.attname)
    ]


def _text(record, field, names):
    """Return a stored value as people read it; a field may bring its own `in_words(value)`."""
    value = getattr(record, field.attname)
    if value is None:
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.is_relation:
        return names.get(field.related_model, {}).get(value, str(value))
    if isinstance(value, bool):
        return "예" if value else "아니오"
    if hasattr(field, "in_words"):
        return field.in_words(value)
    if hasattr(value, "year"):
        return f"{value.year}. {value.month}. {value.day}."
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
