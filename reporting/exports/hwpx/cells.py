"""Tables and a card's form as cells in rows and columns: what each says, covers and looks like. No XML."""

from dataclasses import dataclass

from reporting import documents as d

from .looks import BLUE, GREY, LOOKS, TEXT_WIDTH

PADDING = 7  # points at both sides of a cell together
SHORT = 26  # a table of so few lines stays on one page
TALL = 36  # a row of more lines might not fit on one page: it may break inside
FACTS_WIDTHS = (150, 350, 150, 350)


@dataclass(frozen=True)
class Cell:
    """A cell: where it stands, what it says, how it looks, what it covers."""

    row: int
    column: int
    text: str
    look: str
    fill: str = ""
    colspan: int = 1
    rowspan: int = 1
    is_head: bool = False


@dataclass(frozen=True)
class Grid:
    """A table ready to be written; `widths` are thousandths of the text's width."""

    cells: tuple
    widths: tuple
    rows: int
    caption: str = ""
    unit: str = ""

    @property
    def points(self):
        """The columns' widths in whole hundredths of a point; the last takes what rounding leaves."""
        whole, wide = sum(self.widths), TEXT_WIDTH
        points = [wide * width // whole for width in self.widths]
        return (*points[:-1], wide - sum(points[:-1]))

    @property
    def has_head(self):
        """Say whether head rows stand on every page of the table."""
        return any(cell.is_head for cell in self.cells)

    @property
    def breaks(self):
        """How the table goes over pages: `NONE` not at all, `TABLE` between rows, `CELL` inside them too."""
        tallest = [1] * self.rows
        for cell in self.cells:
            if cell.rowspan == 1:
                tallest[cell.row] = max(tallest[cell.row], self._lines(cell))
        if max(tallest, default=0) > TALL:
            return "CELL"  # a row that may not break is cut off at the page's end
        return "NONE" if sum(tallest) <= SHORT else "TABLE"

    def _lines(self, cell):
        """Return about how many lines a text takes, every letter counted as a wide one."""
        width = sum(self.points[cell.column : cell.column + cell.colspan]) / 100 - PADDING
        letters = max(1, int(width / LOOKS[cell.look].size))
        return sum(1 + len(line) // letters for line in cell.text.split("\n"))


# --- tables -----------------------------------------------------------------------------------
def of_table(table, caption=None):
    """Return a table's grid, under another caption if one is given."""
    head = len(table.header_rows)
    if table.rows:
        body = [cell for at, row in enumerate(table.rows) for cell in _row(table, head, at, row)]
    else:
        body = [Cell(head, 0, table.empty, "center", colspan=len(table.leaves))]
    return Grid(
        (*_head(table), *body),
        table.widths,
        head + max(1, len(table.rows)),
        table.caption if caption is None else caption,
        f"({table.unit})" if table.unit else "",
    )


def _head(table):
    """Yield the cells of one or two head rows; a lower cell stands below a heading over several."""
    free = list(range(len(table.leaves)))
    for at, row in enumerate(table.header_rows):
        columns, free = free, []
        for cell in row:
            here, columns = columns[: cell.colspan], columns[cell.colspan :]
            spans = (cell.colspan, cell.rowspan)
            yield Cell(at, here[0], cell.label, "head", BLUE, *spans, is_head=True)
            free += here if cell.rowspan == 1 else []


def _row(table, head, at, row):
    """Yield the cells of one row; one that the cell above covers is left out."""
    is_total = table.total_first and at == 0
    for number, (column, value) in enumerate(zip(table.leaves, row, strict=True)):
        span = table.first_spans[at] if number == 0 else 1
        look = f"total_{column.alignment}" if is_total else column.alignment
        if span:
            text = d.printed(value, column.kind)
            yield Cell(head + at, number, text, look, GREY if is_total else "", rowspan=span)


# --- a card's form ----------------------------------------------------------------------------
def of_facts(facts):
    """Return the grid of labels and values, four columns."""
    cells = [cell for at, line in enumerate(facts.lines) for cell in _facts(at, line)]
    return Grid(tuple(cells), FACTS_WIDTHS, len(facts.lines), facts.caption)


def _facts(at, line):
    for place, fact in enumerate(line):
        yield Cell(at, place * 2, fact.label, "head", GREY)
        text = d.printed(fact.value, fact.kind)
        yield Cell(at, place * 2 + 1, text, "left", colspan=3 if len(line) == 1 else 1)
