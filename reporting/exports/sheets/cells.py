"""What may stand in a cell: text without control characters, numbers, dates, nothing."""

import datetime
import re
from decimal import Decimal

from django.utils import timezone

# Control characters, halves of surrogate pairs and non-characters: XML refuses them.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(value):
    """Return a value fit for a cell: str, int, Decimal, date, naive local datetime or None."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "예" if value else "아니오"
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, int | Decimal | datetime.date):
        return value
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return UNPRINTABLE.sub("", text) or None


def labels(columns):
    """Return one heading per value, a heading over several put in front (`완료 종료`)."""
    return [
        f"{column.label} {leaf.label}" if column.children else leaf.label
        for column in columns
        for leaf in (column.children or (column,))
    ]


def leaves(columns):
    """Return the columns that hold values, from left to right."""
    return [leaf for column in columns for leaf in (column.children or (column,))]
