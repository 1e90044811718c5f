"""The history of a row, read field by field."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Line:
    """One field of one save: when, who, what, before, after, why."""

    when: datetime
    who: str
    field: str
    before: str
    after: str
    reason: str


def lines(row):
    """Return the history of `row`, newest first; creation is one line; queries do not grow."""
    by_time = row.history.order_by("history_date", "history_id")
    records = list(by_time.select_related("history_user"))
    names = _Names()
    found = []
    for old, new in zip([None, *records], records, strict=False):
        if new.history_type == "+":
            found.append(_line(new, "만듦", "", ""))
        elif old:
            found += _differences(old, new, names)
    return found[::-1]


class _Names:
    """What stored keys are called, each related table read once."""

    def __init__(self):
        self._known = {}

    def of(self, field, key):
        model = field.related_model
        if model not in self._known:
            self._known[model] = {row.pk: str(row) for row in model._base_manager.all()}
        return self._known[model].get(key, str(key))


def _differences(old, new, names):
    return [
        _line(new, str(field.verbose_name), _text(old, field, names), _text(new, field, names))
        for field in new.tracked_fields
        if getattr(old, field.attname) != getattr(new, field.attname)
    ]


def _line(record, field, before, after):
    who = str(record.history_user or "")
    return Line(record.history_date, who, field, before, after, record.history_change_reason or "")


def _text(record, field, names):
    value = getattr(record, field.attname)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "예" if value else "아니오"
    if field.is_relation:
        return names.of(field, value)
    return str(dict(field.flatchoices).get(value, value))
