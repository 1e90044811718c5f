"""The hidden `_meta` sheet: whose the workbook is, what stood in it when it was taken, and our signature.

Per row one mark per cell, so that what a person did not touch is never written, whatever happened since.
"""

import json
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.crypto import constant_time_compare, salted_hmac

SHEET = "_meta"
SCHEMA = "1"
SALT = "reporting.cells.meta"
NO_KEY = "-"  # an empty cell would not be there at all


class Origin(NamedTuple):
    """One row as it was taken: where it belongs, its version, {column: mark}."""

    table: str
    name: str
    key: str
    submission: int
    version: int
    marks: dict


@dataclass(frozen=True)
class Meta:
    """What a workbook says of itself."""

    period: str
    department: int
    rows: dict  # (table, name) -> Origin


def lines(period, department, rows, tables):
    """Return the lines of the hidden sheet: four of our own, then one per row, all text."""
    body = [_line(row, tables[row.table]) for row in rows]
    head = [SCHEMA, period.code, str(department.pk)]
    return [[_sign(head, body)], head, *body]


def _line(row, table):
    marks = {column.name: column.mark(row.values[column.name]) for column in table.columns}
    return [
        row.table,
        row.name(table),
        row.key or NO_KEY,
        str(row.submission),
        str(row.version),
        " ".join(f"{name}:{mark}" for name, mark in marks.items()),
    ]


def _sign(head, body):
    text = json.dumps([head, body], ensure_ascii=False)
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()


def read(found):
    """Return the `Meta` of a sheet's lines, or None for one that we did not sign."""
    if len(found) < 2 or not found[0] or len(found[1]) != 3:
        return None
    (signature, *_), head, *body = found
    if not constant_time_compare(signature, _sign(head, body)) or head[0] != SCHEMA:
        return None
    rows = {}
    for table, name, key, submission, version, marks in body:
        pairs = dict(pair.partition(":")[::2] for pair in marks.split())
        own = "" if key == NO_KEY else key
        rows[table, name] = Origin(table, name, own, int(submission), int(version), pairs)
    return Meta(head[1], int(head[2]), rows)
