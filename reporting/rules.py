"""Small rules of reading: what changed between two texts, and when a period ends."""

import calendar
import datetime
import re
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Piece:
    """A stretch of text that both versions have ("same"), only the old ("gone") or only the new ("new")."""

    kind: str
    text: str


def differences(before, after):
    """Return `Piece`s that turn `before` into `after`, word by word; together they hold both texts."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    pieces = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += [Piece("gone", "".join(old[a:b]))] if b > a else []
        pieces += [Piece("new", "".join(new[c:d]))] if d > c else []
    return pieces


def span_end(cadence, year, number):
    """Return the last day of a month, quarter or half year; an ad-hoc span has none (None)."""
    months = {"m": 1, "q": 3, "h": 6}.get(cadence)
    if months is None:
        return None
    month = months * number
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def next_span(cadence, year, number):
    """Return (year, number) of the span after this one."""
    last = {"m": 12, "q": 4, "h": 2}.get(cadence)
    return (year + 1, 1) if number == last else (year, number + 1)
