"""Tables of a department's sheet, declared by the subjects, and their rows."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ..subjects import all_subjects


class Fact(NamedTuple):
    """A locked column that says what a row is about."""

    header: str
    width: int = 14


@dataclass(frozen=True)
class Table:
    """One worksheet: the first `ids` of its facts name a row, its columns are filled in."""

    name: str
    title: str
    facts: tuple
    columns: tuple
    ids: int = 1

    @cached_property
    def column(self):
        """Return {name in the code: column}."""
        return {column.name: column for column in self.columns}


class Change(NamedTuple):
    """One cell that gets another value: of which table, submission and row, which column."""

    table: str
    submission: int
    key: str
    name: str
    value: object


@dataclass
class SheetRow:
    """One row: the submission it belongs to, its key in the subject, its values and last period's."""

    table: str
    submission: int
    key: str
    version: int
    values: dict
    facts: tuple = ()
    last: dict = field(default_factory=dict)
    is_open: bool = True  # set by whoever draws the sheet: whether this row may be filled in now

    def name(self, table):
        """Return how the row is called in its worksheet, e.g. `1-1` or `1-1#2`."""
        return "#".join(str(fact) for fact in self.facts[: table.ids])


def tables_of(period):
    """Return {"kind.name": Table} of every subject that reports in this cadence."""
    return {
        f"{subject.kind}.{table.name}": table
        for subject in all_subjects()
        if period.cadence in subject.cadences
        for table in subject.sheet_tables(period)
    }


def rows_of(submissions, *, last=False):
    """Return the `SheetRow`s of submissions of any kind, in order; a fixed number of queries per kind."""
    found = []
    for subject in all_subjects():
        mine = [s for s in submissions if s.kind == subject.kind]
        for row in subject.sheet_rows(mine, last=last) if mine else ():
            row.table = f"{subject.kind}.{row.table}"
            found.append(row)
    return found
