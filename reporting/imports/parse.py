"""From plain cells to changed cells and errors, each named by its place (`D5`); nothing is asked of the database."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from ..cells import Change, meta
from ..cells.columns import FORMULA, text_of, written
from ..fields import has_rrn
from ..formats import normal, number
from .zips import Unsafe

HEAD_ROWS = 20  # the heading stands within these
VERDICT = "결과"
LONGEST = 40  # letters of a wrong value that a message repeats
DIGITS = re.compile(r"\d{7}")  # without them no registration number can be there
NOT_OURS = "이 누리집에서 받은 양식이 아닙니다. '엑셀 받기'로 받은 파일에 적어 주세요."
MERGED = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


@dataclass
class Found:
    """What a workbook says: changed cells, errors, remarks, where its rows stand. Kept as JSON."""

    changes: list = field(default_factory=list)  # [table, submission, key, name, value, ref, mark]
    errors: list = field(default_factory=list)  # [worksheet, row, ref, sentence]
    notes: list = field(default_factory=list)
    rows: list = field(default_factory=list)  # [worksheet, row, table, submission, key, version]
    ends: dict = field(
        default_factory=dict
    )  # {worksheet: [row of the heading, column for the verdict]}


def letters(column):
    """Return the letters of a column number, 1 is A."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def meta_of(sheets):
    """Return what the hidden sheet says, or raise `Unsafe` for a workbook that is not ours."""
    hidden = next((s for s in sheets if s["name"] == meta.SHEET), None)
    lines = (
        [[str(cell) for cell in cells.values()] for _, cells in hidden["rows"]] if hidden else []
    )
    try:
        found = meta.read(lines)
    except ValueError:
        found = None
    if found is None:
        raise Unsafe(NOT_OURS)
    return found


def refuse_rrn(sheets, name=""):
    """Raise `Unsafe` naming every cell with a resident registration number: such a file is not even kept."""
    bad = ["파일 이름"] if has_rrn(name) else []
    bad += [
        f"{sheet['name']} {letters(int(column))}{row}"
        for sheet in sheets
        if sheet["name"] != meta.SHEET
        for row, cells in sheet["rows"]
        if DIGITS.search("\n".join(map(str, cells.values())))
        for column, cell in cells.items()
        if has_rrn(str(cell[1] if isinstance(cell, list) else cell))
    ]
    if bad:
        where = ", ".join(bad[:10])
        raise Unsafe(
            f"주민등록번호로 보이는 숫자가 있어 파일을 받지 않았습니다({where}). 지우고 다시 올려 주세요."
        )


def parse(sheets, origins, tables):
    """Return `Found` of a workbook that was taken as `origins` ({(table, name): Origin})."""
    found = Found()
    by_name = {normal(sheet["name"]): sheet for sheet in sheets}
    for key, table in tables.items():
        mine = {name: o for (of, name), o in origins.items() if of == key}
        sheet = by_name.pop(normal(table.title), None)
        if sheet:
            Reading(found, key, table, mine, sheet).read()
        elif mine:
            found.errors.append(
                [table.title, 0, "", f"'{table.title}' 시트가 없습니다. 시트 이름을 되돌려 주세요."]
            )
    extra = [s["name"] for name, s in by_name.items() if name not in OWN_SHEETS]
    if extra:
        names = ", ".join(f"'{name}'" for name in extra[:10])
        found.notes.append(f"양식에 없는 시트는 읽지 않았습니다: {names}")
    return found


GUIDE = "쓰는 법"
OWN_SHEETS = {normal(name) for name in (GUIDE, meta.SHEET)}


class Reading:
    """One worksheet of one table being read; what is found goes into `found`."""

    def __init__(self, found, key, table, origins, sheet):
        self.found, self.key, self.table, self.origins, self.sheet = (
            found,
            key,
            table,
            origins,
            sheet,
        )
        self.columns, self.ids, self.seen = [], [], {}

    def error(self, row, column, sentence):
        """Note an error at a cell."""
        ref = f"{letters(column)}{row}" if column else ""
        self.found.errors.append([self.table.title, row, ref, sentence])

    def read(self):
        """Find the heading, then read row by row."""
        head = self._heading()
        if head is None:
            return
        self._refuse_merged(head)
        for row, cells in self.sheet["rows"]:
            if row > head:
                self._row(row, {int(column): cell for column, cell in cells.items()})
        gone = len(self.origins) - len(self.seen)
        if gone > 0:
            self.found.notes.append(
                f"'{self.table.title}' 시트에서 빠진 {number(gone)}줄은 그대로 둡니다."
            )

    def _heading(self):
        """Return the row of the heading; columns are known by their words, wherever they moved."""
        ids = [normal(fact.header) for fact in self.table.facts[: self.table.ids]]
        for row, cells in self.sheet["rows"][:HEAD_ROWS]:
            words = {int(c): normal(v) for c, v in cells.items() if isinstance(v, str)}
            if set(ids) <= set(words.values()):
                return row if self._place(row, words, ids) else None
        first = self.table.facts[0].header
        self.error(
            0, 0, f"'{self.table.title}' 시트에서 '{first}'이(가) 든 머리글 줄을 찾지 못했습니다."
        )
        return None

    def _place(self, row, words, ids):
        """Note where every column stands; say which are missing or there twice."""
        at = {word: column for column, word in words.items()}
        wanted = {normal(column.header): column for column in self.table.columns}
        for word, times in Counter(words.values()).items():
            if times > 1 and word in {*wanted, *ids}:
                self.error(row, at[word], "같은 머리글이 두 번 있습니다. 하나를 지워 주세요.")
                return False
        missing = [column.header for word, column in wanted.items() if word not in at]
        if missing:
            names = ", ".join(f"'{name}'" for name in missing)
            self.error(
                row,
                0,
                f"'{self.table.title}' 시트에 {names} 열이 없습니다. 머리글을 되돌리거나 양식을 다시 받아 주세요.",
            )
            return False
        self.ids = [at[word] for word in ids]
        self.columns = [(at[word], column) for word, column in wanted.items()]
        verdict = at.get(normal(VERDICT)) or max(words) + 1
        self.found.ends[self.table.title] = [row, verdict]
        self._remark_on_others(words, wanted)
        return True

    def _remark_on_others(self, words, wanted):
        """Say which columns are none of ours and were not read."""
        own = {*wanted, normal(VERDICT), *(normal(fact.header) for fact in self.table.facts)}
        own |= {normal(last_header(column)) for column in self.table.columns}
        extra = [word for word in words.values() if word not in own]
        if extra:
            names = ", ".join(f"'{name}'" for name in extra[:10])
            self.found.notes.append(
                f"'{self.table.title}' 시트에서 양식에 없는 열은 읽지 않았습니다: {names}"
            )

    def _refuse_merged(self, head):
        """Merged cells hide whose value it is."""
        for ref in self.sheet["merged"]:
            match = MERGED.fullmatch(ref)
            if match and int(match[4]) > head:
                self.found.errors.append(
                    [
                        self.table.title,
                        int(match[2]),
                        ref,
                        "합친 칸이 있습니다. 칸을 나누어 주세요.",
                    ]
                )

    def _row(self, row, cells):
        """Read one row: whose it is, then each cell that a person changed."""
        mine = [cells.get(column) for column in self.ids]
        if mine == [None] * len(mine):
            if any(cells.get(column) is not None for column, _ in self.columns):
                self.error(row, self.ids[0], "번호가 비어 있어 어느 항목인지 알 수 없습니다.")
            return
        origin = self._origin(row, mine)
        if origin is None:
            return
        self.found.rows.append(
            [self.table.title, row, self.key, origin.submission, origin.key, origin.version]
        )
        for at, column in self.columns:
            self._cell(row, at, column, cells.get(at), origin)

    def _origin(self, row, mine):
        """Return what this row was when it was taken, or None after naming the error."""
        at = self.ids[0]
        try:
            name = "#".join(text_of(cell) for cell in mine)
        except ValidationError:
            return self.error(row, at, FORMULA)
        if name not in self.origins:
            return self.error(
                row, at, f"이 부서가 이 기간에 낼 항목이 아닙니다. 적힌 번호: {short(name)}"
            )
        if name in self.seen:
            first = f"{letters(at)}{self.seen[name]}"
            return self.error(row, at, f"{name}이(가) {first}에도 있습니다. 하나만 남겨 주세요.")
        self.seen[name] = row
        return self.origins[name]

    def _cell(self, row, at, column, cell, origin):
        """Note a changed cell; what still says what we wrote into it is passed over unchecked."""
        try:
            value = column.read(cell)
            mark = origin.marks.get(column.name, "")
            if column.mark(value) == mark:
                return
            column.check(value)
        except ValidationError as error:
            self.error(row, at, _sentence(error, cell))
            return
        place = f"{letters(at)}{row}"
        change = Change(self.key, origin.submission, origin.key, column.name, value)
        self.found.changes.append([*change, place, mark])


def last_header(column):
    """Return the heading of the locked column with last period's value."""
    return f"지난 기간 {column.header}"


def short(text):
    """Return a text cut to what a message can repeat."""
    text = " ".join(str(text).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _sentence(error, cell):
    """Return the error's words, with what is written where that helps."""
    words = " ".join(error.messages)
    long = isinstance(cell, str) and len(cell) > LONGEST
    if words == FORMULA or long or cell is None:
        return words
    return f"{words} 적힌 값: {short(written(cell))}"
