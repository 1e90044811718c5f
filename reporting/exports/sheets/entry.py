"""A department's sheet to fill in offline: locked facts, tinted cells, lists and checks, instructions.

Protection and checks are help, never security: pasting goes past them, so `reporting.imports` judges
every cell again.
"""

import re

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from reporting.cells import meta
from reporting.exports.sheets.style import (
    ALIGN,
    BODY,
    BOLD,
    FACE,
    GRID,
    HEAD_FILL,
    INTEGER,
    MIDDLE,
    SECTION,
    TITLE,
    TOTAL_FILL,
    fill,
    paper,
    saved,
)
from reporting.formats import day
from reporting.imports.parse import GUIDE, last_header

HEAD, FIRST = 3, 4  # rows of the heading and of the first item
WIDE = 20  # letters; a wider column holds words to read from the left
FROZEN = 2  # facts that stay in sight
LISTS = "_lists"
INLINE = 255  # letters of a drop-down list that a check holds by itself
TEXT = "@"  # dates and numbers like 1-1 stay as they are typed
INPUT_FILL = PatternFill("solid", start_color="FFF9DB")
INPUT_HEAD = PatternFill("solid", start_color="FFE98A")
SOFT = Font(name=FACE, size=10, color="5C6670")
OPEN = Protection(locked=False)
ESCAPABLE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
A3 = 8
STEPS = (
    "노란 칸만 적습니다. 회색 칸(번호, 이름, 지난 기간 값)은 잠겨 있습니다.",
    "다 적은 뒤 저장하고, 업무 화면의 '나의 할 일 > 엑셀로 적기'에서 올립니다.",
    "올리면 달라진 칸을 먼저 보여 드립니다. 확인을 눌러야 초안에 반영되고, 제출은 화면에서 따로 합니다.",
    "한 칸이라도 틀리면 아무것도 반영하지 않고, 틀린 칸을 알려 드립니다.",
    "고치지 않은 칸은 그 사이 다른 사람이 고쳤더라도 덮어쓰지 않습니다.",
    "수식은 쓸 수 없습니다. 값을 적어 주세요. 주민등록번호가 들어 있는 파일은 받지 않습니다.",
    "줄을 지우거나 순서를 바꾸어도 됩니다. 머리글과 번호, 시트 이름은 그대로 두세요.",
    "이미 제출했거나 승인된 항목은 잠겨 있습니다. 증빙 파일은 화면에서 붙입니다.",
)


def entry_sheet(period, department, tables, rows):
    """Return the workbook of one department and period; `tables` are {key: Table}, `rows` their `SheetRow`s."""
    book = Workbook(write_only=True)
    book.properties.title = f"{department} {period} 입력표"
    lists = {}
    for key, table in tables.items():
        mine = [row for row in rows if row.table == key]
        _table(book, f"{period} {table.title} 입력표 · {department}", period, table, mine, lists)
    _guide(book, period, department, tables)
    _lists(book, lists)
    hidden = book.create_sheet(meta.SHEET)
    hidden.sheet_state = "veryHidden"
    for line in meta.lines(period, department, rows, tables):
        hidden.append([_text(hidden, part) for part in line])
    return saved(book)


def _text(page, value):
    """Return a cell of text; `_x0041_` would be read as a sign, so its first bar is written as one."""
    if isinstance(value, str):
        value = ESCAPABLE.sub("_x005F_", value)
    return fill(WriteOnlyCell(page), value)


def _style(page, **parts):
    """Return a cell whose style others take over: setting each part costs more than the cell."""
    cell = WriteOnlyCell(page)
    for name, value in parts.items():
        setattr(cell, name, value)
    return cell


def _styled(page, value, style):
    cell = _text(page, value)
    cell._style = style._style
    return cell


def _table(book, title, period, table, rows, lists):
    """Write one worksheet: title, heading, rows, checks, protection."""
    page = book.create_sheet(table.title)
    parts = _parts(table)
    _setup(page, parts, len(rows))
    _checks(page, parts, len(rows), lists)
    page.append([_styled(page, title, _style(page, font=TITLE))])
    words = f"{day(period.as_of)} 현재 · 노란 칸만 적습니다. 자세한 것은 '{GUIDE}' 시트를 보세요."
    page.append([_styled(page, words, _style(page, font=SOFT))])
    heads = {
        kind: _style(page, font=BOLD, fill=color, alignment=MIDDLE, border=GRID)
        for kind, color in (("fact", HEAD_FILL), ("last", TOTAL_FILL), ("input", INPUT_HEAD))
    }
    page.append([_styled(page, head, heads[kind]) for kind, head, _, _ in parts])
    styles = _styles(page)
    for row in rows:
        page.append([_cell(page, row, styles, *part) for part in _values(row, parts)])


def _parts(table):
    """Return (kind, heading, width, column) from left to right; last period's value stands before its cell."""
    parts = [("fact", fact.header, fact.width, None) for fact in table.facts]
    for column in table.columns:
        if column.last:
            parts.append(("last", last_header(column), column.width, column))
        parts.append(("input", column.header, column.width, column))
    return parts


def _styles(page):
    """Return the shared styles of body cells: by kind and side."""
    looks = {
        "fact": {"fill": TOTAL_FILL, "font": BODY},
        "last": {"fill": TOTAL_FILL, "font": SOFT},
        "shut": {"fill": TOTAL_FILL, "font": BODY},
        "input": {"fill": INPUT_FILL, "font": BODY, "protection": OPEN},
    }
    return {
        (kind, side): _style(page, **look, border=GRID, alignment=ALIGN[side], number_format=form)
        for kind, look in looks.items()
        for side, form in (("left", TEXT), ("center", TEXT), ("right", INTEGER))
    }


def _values(row, parts):
    """Yield (kind, value, side) of each part of a row."""
    facts = iter(row.facts)
    for kind, _, width, column in parts:
        side = "left" if width > WIDE else "center"
        if kind == "fact":
            yield kind, str(next(facts)), side
            continue
        values = row.last if kind == "last" else row.values
        value = column.cell(values.get(column.name))
        shut = kind == "input" and not row.is_open
        figure = column.rule["type"] == "whole"
        yield ("shut" if shut else kind), value, "right" if figure else side


def _cell(page, row, styles, kind, value, side):
    return _styled(page, value, styles[kind, side])


def _setup(page, parts, count):
    """Set widths, frozen panes, filter, protection and paper."""
    for at, (_, _, width, _) in enumerate(parts, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    paper(page, f"{HEAD}:{HEAD}")
    page.page_setup.paperSize = A3
    page.print_title_cols = f"A:{get_column_letter(FROZEN)}"
    page.freeze_panes = f"{get_column_letter(FROZEN + 1)}{FIRST}"
    page.auto_filter.ref = f"A{HEAD}:{get_column_letter(len(parts))}{HEAD + max(count, 1)}"
    _protect(page)


def _protect(page):
    """Lock a page without a password; False allows."""
    page.protection.sheet = True
    for name in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(page.protection, name, False)


def _checks(page, parts, count, lists):
    """Give every column to fill in its check, with words before and after."""
    for at, (kind, head, _, column) in enumerate(parts, 1):
        if kind != "input" or not count:
            continue
        rule = dict(column.rule)
        if rule["type"] == "list":
            rule["formula1"] = _list(column, lists)
        check = DataValidation(
            **rule,
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=head[:31],
            error=column.hint[:INLINE],
            showInputMessage=True,
            promptTitle=head[:31],
            prompt=column.hint[:INLINE],
        )
        letter = get_column_letter(at)
        check.add(f"{letter}{FIRST}:{letter}{HEAD + count}")
        page.data_validations.append(check)


def _list(column, lists):
    """Return a drop-down list: in the check itself, or on a hidden sheet where that cannot hold it."""
    inline = f'"{",".join(column.words)}"'
    if len(inline) <= INLINE and not any(sign in word for word in column.words for sign in ',"'):
        return inline
    lists.setdefault(column.name, column.words)
    letter = get_column_letter(list(lists).index(column.name) + 1)
    return f"{LISTS}!${letter}$1:${letter}${len(column.words)}"


def _lists(book, lists):
    """Write the lists that are too long for a check, one in a column."""
    if not lists:
        return
    page = book.create_sheet(LISTS)
    page.sheet_state = "veryHidden"
    for at in range(max(map(len, lists.values()))):
        words = [found[at] if at < len(found) else None for found in lists.values()]
        page.append([_text(page, word) for word in words])


def _guide(book, period, department, tables):
    """Write the instructions: what to do, then what may stand in each column."""
    page = book.create_sheet(GUIDE)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 26, 90
    paper(page)
    _protect(page)
    title, section, plain, bold = (
        _style(page, font=font, alignment=ALIGN["left"]) for font in (TITLE, SECTION, BODY, BOLD)
    )
    page.append([_styled(page, GUIDE, _style(page, font=TITLE))])
    page.append([_styled(page, f"{department} · {period}", _style(page, font=SOFT))])
    for number, step in enumerate(STEPS, 1):
        page.append([_styled(page, f"{number}", plain), _styled(page, step, plain)])
    for table in tables.values():
        page.append([])
        page.append([_styled(page, f"'{table.title}' 시트", _style(page, font=SECTION))])
        for column in table.columns:
            page.append([_styled(page, column.header, bold), _styled(page, column.hint, plain)])
