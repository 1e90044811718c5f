"""A list page as one sheet, written in a stream."""

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from reporting.exports.sheets.cells import labels, leaves, plain
from reporting.exports.sheets.style import (
    BOLD,
    GRID,
    HEAD_FILL,
    MIDDLE,
    WIDEST,
    fill,
    letters,
    paper,
    saved,
    sheet_name,
)


def sheet(title, columns, rows):
    """Return one sheet: a head and the rows as they come, written in a stream; title names it."""
    book = Workbook(write_only=True)
    book.properties.title = title
    page = book.create_sheet(sheet_name(title))
    paper(page, "1:1")
    page.freeze_panes = "A2"
    columns, names = leaves(columns), labels(columns)
    for at, (column, name) in enumerate(zip(columns, names, strict=True), 1):
        width = max(letters(name) + 4, min(column.width * 1.3, WIDEST))
        page.column_dimensions[get_column_letter(at)].width = width
    page.append([_head_cell(page, name) for name in names])
    for row in rows:
        pairs = zip(row, columns, strict=True)
        page.append([_list_cell(page, value, column.kind) for value, column in pairs])
    return saved(book)


def _head_cell(page, name):
    cell = fill(WriteOnlyCell(page), name)
    cell.font, cell.fill, cell.alignment, cell.border = BOLD, HEAD_FILL, MIDDLE, GRID
    return cell


def _list_cell(page, value, kind):
    value = plain(value)
    # Harmless text goes in bare: a cell with a style of its own costs twice the time.
    if value is None or (isinstance(value, str) and value[0] not in "=#" and len(value) < 32767):
        return value
    return fill(WriteOnlyCell(page), value, kind)
