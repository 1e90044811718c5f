"""Tables, a card's form and charts: plain values and how their cells lie (domain.md §9.3)."""

from dataclasses import dataclass
from decimal import Decimal

KINDS = ("text", "count", "number", "amount", "percent", "date")
CHARTS = ("bar", "stacked", "donut", "line")
NOTHING = "해당 사항 없음"
LONGEST_RUN = 12  # a joined cell over a page's end leaves the next page without its name


@dataclass(frozen=True)
class Column:
    """A column, or with `children` a heading over several; `width` is a share of the table's width.

    `kind` says how a value prints (see `printed`); `header` marks a column that names its row.
    """

    label: str
    kind: str = "text"
    width: int = 10
    header: bool = False
    align: str = ""
    children: tuple["Column", ...] = ()

    def __post_init__(self):
        object.__setattr__(self, "children", tuple(self.children))
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of column: {self.kind}")
        if any(child.children for child in self.children):
            raise ValueError("a table has at most two header rows")

    @property
    def alignment(self):
        """`left` for text, `center` for counts and dates, `right` for what is added up."""
        if self.align:
            return self.align
        return {"text": "left", "count": "center", "date": "center"}.get(self.kind, "right")


@dataclass(frozen=True)
class HeaderCell:
    """One cell of a table's head and the columns and rows it covers."""

    label: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of plain values under one or two rows of headings; the unit stands right above.

    `total_first` marks the first row as the sum (domain.md §9.3); `merge_first` joins equal
    neighbours of the first column where no run is longer than a page holds (`LONGEST_RUN`);
    `sheet` names a sheet of its own in the workbook.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple, ...]
    caption: str = ""
    unit: str = ""
    total_first: bool = False
    merge_first: bool = False
    empty: str = NOTHING
    sheet: str = ""

    def __post_init__(self):
        object.__setattr__(self, "columns", tuple(self.columns))
        object.__setattr__(self, "rows", tuple(tuple(row) for row in self.rows))
        width = len(self.leaves)
        for number, row in enumerate(self.rows, 1):
            if len(row) != width:
                raise ValueError(
                    f"{self.caption}: row {number} has {len(row)} values for {width} columns"
                )

    @property
    def leaves(self):
        """The columns that hold values, from left to right."""
        return tuple(leaf for column in self.columns for leaf in (column.children or (column,)))

    @property
    def header_rows(self):
        """The head as one or two rows of `HeaderCell`s."""
        if not any(column.children for column in self.columns):
            return (tuple(HeaderCell(column.label) for column in self.columns),)
        upper = tuple(
            HeaderCell(column.label, len(column.children) or 1, 1 if column.children else 2)
            for column in self.columns
        )
        lower = tuple(HeaderCell(leaf.label) for column in self.columns for leaf in column.children)
        return upper, lower

    @property
    def widths(self):
        """The share of each column in percent, one decimal, as integers of a thousand."""
        whole = sum(leaf.width for leaf in self.leaves)
        return tuple(leaf.width * 1000 // whole for leaf in self.leaves)

    @property
    def first_spans(self):
        """How many rows each row's first cell covers: 0 where the cell above covers it."""
        apart = (1,) * len(self.rows)
        if not self.merge_first:
            return apart
        spans = list(apart)
        for at in range(len(self.rows) - 1, int(self.total_first), -1):
            if self.rows[at][0] == self.rows[at - 1][0]:
                spans[at - 1], spans[at] = spans[at - 1] + spans[at], 0
        return tuple(spans) if max(spans, default=1) <= LONGEST_RUN else apart


@dataclass(frozen=True)
class Fact:
    """A label and its value in a card's form; `wide` takes the whole line."""

    label: str
    value: object
    wide: bool = False
    kind: str = "text"


@dataclass(frozen=True)
class Facts:
    """A card's form: labels and values, two to a line unless one is wide."""

    facts: tuple[Fact, ...]
    caption: str = ""

    def __post_init__(self):
        object.__setattr__(self, "facts", tuple(self.facts))

    @property
    def lines(self):
        """The facts as they stand: tuples of one wide (or lonely) fact or of two."""
        lines, waiting = [], ()
        for fact in self.facts:
            if fact.wide:
                lines += [waiting, (fact,)] if waiting else [(fact,)]
                waiting = ()
            elif waiting:
                lines, waiting = [*lines, (*waiting, fact)], ()
            else:
                waiting = (fact,)
        return tuple([*lines, waiting] if waiting else lines)


@dataclass(frozen=True)
class ChartRow:
    """One bar, slice or point; `token` names its colour (a status code; reporting.charts)."""

    label: str
    value: int | Decimal | None
    token: str = "primary"


@dataclass(frozen=True)
class ChartGroup:
    """One stacked bar, or one line, and its rows; every group has the same labels in one order."""

    label: str
    rows: tuple[ChartRow, ...]
    token: str = "primary"

    def __post_init__(self):
        object.__setattr__(self, "rows", tuple(self.rows))


@dataclass(frozen=True)
class ChartBlock:
    """A chart and its figures as a table, for sheets and for readers without sight.

    `rows` are `ChartRow`s, or `ChartGroup`s where there are several bars or lines; `unit` is a
    word such as `건`.
    """

    title: str
    kind: str
    rows: tuple[ChartRow | ChartGroup, ...]
    table: Table | None = None
    unit: str = ""

    def __post_init__(self):
        object.__setattr__(self, "rows", tuple(self.rows))
        if self.kind not in CHARTS:
            raise ValueError(f"unknown kind of chart: {self.kind}")

    @property
    def groups(self):
        """The rows as groups; plain rows are one group."""
        if all(isinstance(row, ChartGroup) for row in self.rows):
            return self.rows
        return (ChartGroup("전체", self.rows),)

    @property
    def as_table(self):
        """The table given with the chart, or one made of its rows."""
        if self.table:
            return self.table
        unit = f"단위: {self.unit}" if self.unit else ""
        first = self.groups[0] if self.groups else ChartGroup(self.title, ())
        head = [Column("구분", header=True, width=14)]
        head += [Column(row.label, "number") for row in first.rows]
        rows = [(group.label, *(row.value for row in group.rows)) for group in self.groups]
        return Table(head, rows, self.title, unit)
