"""A document as a workbook: what stands on paper, with numbers to reckon with."""

import math
from functools import partial

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from reporting import documents as d
from reporting.exports.sheets.cells import plain
from reporting.exports.sheets.style import (
    ALIGN,
    BODY,
    BOLD,
    GRID,
    HEAD_FILL,
    MIDDLE,
    SECTION,
    TITLE,
    TOTAL_FILL,
    WARNING,
    WIDEST,
    fill,
    letters,
    paper,
    saved,
    sheet_name,
)

LONG = 30  # a table of more rows gets a sheet of its own
NO_TABLE = 90  # letters, the width for text where no table gives one
LINE = 16.5  # points, the height of one line


def workbook(document):
    """Return the document as a workbook: a sheet for each part, its long tables on their own."""
    book = Workbook()
    book.remove(book.active)
    _properties(book, document)
    for name, blocks in _parts(document):
        _part(book, document, name, blocks)
    return saved(book)


def _parts(document):
    """Return (name, blocks) of each part; what stands before the first part joins it."""
    parts = [(document.title, [])]
    for each in d.placed(document):
        if isinstance(each.block, d.Contents | d.PageBreak):
            continue
        if isinstance(each.block, d.Part) and not parts[-1][1]:
            parts.pop()
        if isinstance(each.block, d.Part):
            parts.append((each.block.title, []))
        parts[-1][1].append(each)
    return parts


def _part(book, document, name, blocks):
    """Fill the sheet of a part; of several tables a long one goes to a sheet of its own."""
    page = _Sheet(book, name, document)
    tables = [each.block for each in blocks if isinstance(each.block, d.Table)]
    for each in blocks:
        block = each.block
        long = isinstance(block, d.Table) and (block.sheet or len(block.rows) > LONG)
        if long and len(tables) > 1:
            own = _Sheet(book, block.sheet or block.caption or name, document)
            own.table_alone(block)
            page.line(f"※ 「{own.page.title}」 시트 참고", BODY)
        elif long and each is blocks[-1]:
            page.table_alone(block)
        else:
            page.write(each)
    page.finish()


def _properties(book, document):
    book.properties.title = plain(document.title)
    book.properties.subject = plain(document.subtitle)
    book.properties.creator = plain(document.department)
    book.properties.keywords = plain(", ".join(document.keywords))
    book.properties.description = plain(document.summary)


class _Sheet:
    """A sheet being filled from the top; lines are joined over its whole width at the end."""

    def __init__(self, book, name, document):
        self.name = name
        self.page = book.create_sheet(sheet_name(name, book.sheetnames))
        self.row, self.columns, self.widths = 1, 2, {}
        self.lines, self.head_rows, self.finished = [], None, False
        self.line(document.title, TITLE, MIDDLE)
        facts = (document.subtitle, document.as_of, document.department)
        self.line(" · ".join(filter(None, facts)), BODY, ALIGN["right"])
        if document.draft:
            self.line("미공표 · 내부 검토용", WARNING)
        if len(book.sheetnames) == 1:
            if document.summary:
                self.line(f"문서요지: {document.summary}", BODY)
            if document.keywords:
                self.line(f"키워드: {', '.join(document.keywords)}", BODY)

    def line(self, text, font, alignment=ALIGN["left"], start=1):  # noqa: B008 (a frozen style)
        """Write a line of text over the whole width of the sheet, from column `start`."""
        cell = fill(self.page.cell(self.row, start), text)
        cell.font, cell.alignment = font, alignment
        self.lines.append((self.row, start, text, font.size / 10))
        self.row += 1

    def write(self, each):
        """Write one block below what is there."""
        writers = {
            d.Table: self.table,
            d.ChartBlock: self.chart,
            d.Facts: self.facts,
            d.Card: self.card,
            d.Contents: lambda block: None,
            d.PageBreak: lambda block: None,
        }
        marked = partial(self.marked, each.mark)
        writers.get(type(each.block), marked)(each.block)

    def marked(self, mark, block):
        """Write a line with its mark; headings are bold."""
        heading = isinstance(block, d.Part | d.Task | d.Heading)
        font = SECTION if isinstance(block, d.Part | d.Task) else BOLD if heading else BODY
        indent = {d.Item: 1, d.Detail: 2, d.Note: 2}.get(type(block), 0)
        text = block.title if isinstance(block, d.Part | d.Task) else block.text
        alignment = Alignment(indent=indent, vertical="center", wrap_text=True)
        self.line(f"{mark} {text}".strip(), font, alignment)

    def card(self, block):
        """Begin a card on a new printed page."""
        if self.row > 4:
            self.page.row_breaks.append(Break(id=self.row - 1))
        self.row += 1
        self.line(f"{block.mark} {block.title}".strip(), SECTION)

    def chart(self, block):
        """Write a chart's figures."""
        self.table(block.as_table)

    def facts(self, block):
        """Write a card's form: label in the first column, value over the rest."""
        for fact in block.facts:
            label = fill(self.page.cell(self.row, 1), fact.label)
            label.font, label.fill, label.alignment, label.border = BOLD, HEAD_FILL, MIDDLE, GRID
            self.widths[1] = max(self.widths.get(1, 0), letters(fact.label))
            value = d.printed(fact.value, fact.kind) if _is_text(fact) else fact.value
            cell = fill(self.page.cell(self.row, 2), value, fact.kind)
            cell.font, cell.alignment = BODY, ALIGN["left"]
            self.lines.append((self.row, 2, d.printed(fact.value, fact.kind), 1))
            self.row += 1
        self.row += 1

    def table(self, table):
        """Write a table: caption and unit, head with merged cells, rows."""
        wide = len(table.leaves)
        self.columns = max(self.columns, wide)
        self._above(table, wide)
        top = self.row
        self._head(table)
        self.head_rows = (top, self.row - 1)
        body = self.row
        for at, row in enumerate(table.rows):
            self._row(table, row, BOLD if table.total_first and at == 0 else BODY)
        if not table.rows:
            cell = self._cell(self.row, 1, table.empty, "text", BODY, "center")
            cell.alignment = MIDDLE
            self._merge(self.row, 1, self.row, wide)
            self.row += 1
        for at, span in enumerate(table.first_spans):
            if span > 1:
                self._merge(body + at, 1, body + at + span - 1, 1)
        self.row += 1

    def _above(self, table, wide):
        unit = f"({table.unit})" if table.unit else ""
        if table.caption or unit:
            caption = fill(self.page.cell(self.row, 1), table.caption)
            caption.font = BOLD
            if wide > 1:
                cell = fill(self.page.cell(self.row, wide), unit)
                cell.font, cell.alignment = BODY, Alignment(horizontal="right")
            self.row += 1

    def _head(self, table):
        taken = set()
        for cells in table.header_rows:
            at = 1
            for cell in cells:
                while (self.row, at) in taken:
                    at += 1
                box = self._cell(self.row, at, cell.label, "text", BOLD, "center")
                bottom, right = self.row + cell.rowspan - 1, at + cell.colspan - 1
                for row in range(self.row, bottom + 1):
                    for column in range(at, right + 1):
                        taken.add((row, column))
                        one = self.page.cell(row, column)
                        one.fill, one.border = HEAD_FILL, GRID
                box.alignment = MIDDLE
                self._merge(self.row, at, bottom, right)
                at = right + 1
            self.row += 1

    def _row(self, table, row, font):
        for at, (column, value) in enumerate(zip(table.leaves, row, strict=True), 1):
            cell = self._cell(self.row, at, value, column.kind, font, column.alignment)
            if font is BOLD:
                cell.fill = TOTAL_FILL
        self.row += 1

    def _cell(self, row, column, value, kind, font, side):
        cell = fill(self.page.cell(row, column), value, kind)
        cell.font, cell.alignment, cell.border = font, ALIGN[side], GRID
        width = min(letters(d.printed(plain(value), kind)), WIDEST)
        self.widths[column] = max(self.widths.get(column, 0), width)
        return cell

    def _merge(self, top, left, bottom, right):
        if (top, left) != (bottom, right):
            self.page.merge_cells(
                start_row=top, start_column=left, end_row=bottom, end_column=right
            )

    def table_alone(self, table):
        """Write the last table of a sheet: its head stays in sight, is repeated and filters."""
        self.table(table)
        top, bottom = self.head_rows
        self.page.freeze_panes = f"A{bottom + 1}"
        self.page.print_title_rows = f"{top}:{bottom}"
        last = get_column_letter(len(table.leaves))
        if top == bottom and not any(span > 1 for span in table.first_spans):
            self.page.auto_filter.ref = f"A{bottom}:{last}{bottom + len(table.rows)}"
        self.finish()

    def finish(self):
        """Set widths, join the lines over them and give wrapped lines their height."""
        if self.finished:
            return
        self.finished = True
        sizes = [max(self.widths.get(at, 0) * 1.1 + 2, 9) for at in range(1, self.columns + 1)]
        if not self.head_rows:
            sizes[-1] = NO_TABLE
        for at, size in enumerate(sizes, 1):
            self.page.column_dimensions[get_column_letter(at)].width = size
        for row, start, text, scale in self.lines:
            self._merge(row, start, row, self.columns)
            room = sum(sizes[start - 1 :]) * 0.95
            lines = [math.ceil(letters(line) * scale / room) or 1 for line in text.split("\n")]
            self.page.row_dimensions[row].height = LINE * scale * max(sum(lines), 1) + 2
        paper(self.page)


def _is_text(fact):
    return isinstance(fact.value, str) or fact.value is None
