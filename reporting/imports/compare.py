"""Three ways: what was taken, what came back, what is stored now. A cell changed on both sides is an error."""

from dataclasses import dataclass, field

from ..cells import Change
from ..cells.tables import rows_of
from ..permissions import is_open_for_entry, writes


@dataclass(frozen=True)
class Cell:
    """One cell that will be written: where it stands, what it says now and will say."""

    change: Change
    place: str  # worksheet and cell, e.g. `공약 D5`
    label: str
    before: str
    after: str


@dataclass
class Judged:
    """What a returned workbook does to what is stored now."""

    errors: list = field(default_factory=list)  # [worksheet, row, ref, sentence]
    cells: list = field(default_factory=list)
    versions: dict = field(default_factory=dict)  # {submission pk: version compared}
    kept: int = 0  # rows that others changed since and whose other cells stay as they are

    @property
    def by_submission(self):
        """Return {submission pk: its cells} in the order of the workbook."""
        found = {}
        for cell in self.cells:
            found.setdefault(cell.change.submission, []).append(cell)
        return found


def judge(found, tables, submissions, by, today):
    """Compare `Found` with what is stored, for a person on a day; `submissions` are {pk: Submission}."""
    judged = Judged(errors=list(found.errors))
    touched = {change[1] for change in found.changes}
    refusals = {pk: _refusal(submissions.get(pk), by, today) for pk in touched}
    now = {
        (row.table, row.submission, row.key): row
        for row in rows_of([submissions[pk] for pk in touched if pk in submissions])
    }
    told = set()
    for *change, ref, mark in found.changes:
        change = Change(*change)
        table = tables[change.table]
        row = now.get((change.table, change.submission, change.key))
        why = refusals[change.submission] or _gone(row)
        if why and change.submission not in told:
            told.add(change.submission)
            judged.errors.append([table.title, _row_of(ref), ref, why])
        if not why:
            _compare(judged, table, change, ref, mark, row)
    judged.kept = _moved_since(found, now)
    order = {table.title: place for place, table in enumerate(tables.values())}
    judged.errors.sort(key=lambda e: (order.get(e[0], 99), e[1], len(e[2]), e[2]))
    return judged


def _compare(judged, table, change, ref, mark, row):
    column = table.column[change.name]
    stored = row.values[change.name]
    before, after = column.show(stored), column.show(change.value)
    if before == after:
        return  # somebody wrote the same already
    if column.mark(stored) != mark:
        words = before.replace("\n", " ")[:60] or "비어 있음"
        sentence = (
            f"{column.label} 칸을 그 사이 다른 사람도 고쳤습니다(지금 저장된 값: {words}). "
            "양식을 다시 받아 적어 주세요."
        )
        judged.errors.append([table.title, _row_of(ref), ref, sentence])
        return
    judged.cells.append(Cell(change, f"{table.title} {ref}", _label(row, column), before, after))
    judged.versions[change.submission] = row.version


def _label(row, column):
    """Return the column's name, and of a step the step's."""
    return f"{row.facts[3]} {column.header}" if row.key and len(row.facts) > 3 else column.header


def _gone(row):
    return "" if row else "그 사이 없어진 줄입니다. 양식을 다시 받아 적어 주세요."


def _refusal(submission, by, today):
    """Say why this person cannot write this item today, or ""."""
    if submission is None or not writes(by, submission):
        return "지금은 이 부서가 쓰는 항목이 아닙니다. 양식을 다시 받아 주세요."
    return is_open_for_entry(submission, today)


def _moved_since(found, now):
    """Return how many items of the workbook were saved by others since it was taken."""
    taken = {submission: version for *_, submission, _, version in found.rows}
    return len({r.submission for r in now.values() if r.version != taken.get(r.submission)})


def _row_of(ref):
    return int("".join(letter for letter in ref if letter.isdigit()) or 0)
