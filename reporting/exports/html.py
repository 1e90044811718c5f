"""A document as HTML: the preview on screen and the source of the PDF, from the same templates.

Everything is escaped by the templates; nothing here marks text as safe. No style attributes, so
the fragment stands under the site's content security policy.
"""

import re
from dataclasses import dataclass

from django.template.loader import render_to_string

from reporting import documents as d

HANGUL_PAIR = re.compile("[가-힣]{2}")
SHORT = 12  # a table of so few rows stays on one page,
LETTERS = 40  # unless a cell holds more than this: it would leave half a page white before it


@dataclass(frozen=True)
class Node:
    """A block ready for its template: its mark and anchor, its heading level, its cells."""

    template: str
    block: object
    mark: str = ""
    anchor: str = ""
    level: int = 0
    view: object = None


@dataclass(frozen=True)
class Cell:
    """A table cell; `scope` makes it a heading."""

    text: str
    css: str = ""
    scope: str = ""
    colspan: int = 1
    rowspan: int = 1


def fragment(document):
    """Return the document as a safe HTML fragment under `.document`, to stand in a page."""
    return render_to_string("print/document.html", context(document))


def page(document):
    """Return the document as a whole HTML page, the source of the PDF."""
    return render_to_string("print/page.html", context(document))


def context(document):
    """Return what the templates of `print/` need."""
    blocks = d.placed(document)
    levels = _levels(blocks)
    return {
        "document": document,
        "nodes": [_node(each, level, blocks) for each, level in zip(blocks, levels, strict=True)],
    }


def _levels(blocks):
    """Give each heading the level below the nearest heading that holds it; never skip one."""
    levels, open_ranks = [], []
    rank_of = {d.Part: 1, d.Task: 2, d.Card: 2, d.Heading: 3}
    for each in blocks:
        rank = rank_of.get(type(each.block), 0)
        if rank:
            open_ranks = [*(r for r in open_ranks if r < rank), rank]
        levels.append(1 + len(open_ranks))
    return levels


def _node(each, level, blocks):
    block = each.block
    name = type(block).__name__.lower()
    if isinstance(block, d.Table):
        view = table_view(block)
    elif isinstance(block, d.Facts):
        view = [[(fact, d.printed(fact.value, fact.kind)) for fact in line] for line in block.lines]
    elif isinstance(block, d.ChartBlock):
        view = chart_view(block)
    elif isinstance(block, d.Contents):
        view = [
            (type(entry.block).__name__.lower(), entry) for entry in _entries(blocks, block.cards)
        ]
    else:
        view = None
    return Node(f"print/parts/{name}.html", block, each.mark, each.anchor, level, view)


def _entries(blocks, cards):
    kinds = (d.Part, d.Task, d.Card) if cards else (d.Part, d.Task)
    return [each for each in blocks if isinstance(each.block, kinds)]


def chart_view(chart):
    """Return a chart's rows as the chart tags take them, and its table."""
    groups = [
        (group.label, [(row.label, row.value, row.token) for row in group.rows], group.token)
        for group in chart.groups
    ]
    view = {"table": table_view(chart.as_table), "labels": [], "rows": []}
    if chart.kind == "stacked":
        view["rows"] = [(label, parts) for label, parts, _ in groups]
    elif chart.kind == "line":
        view["labels"] = [row.label for row in chart.groups[0].rows]
        view["rows"] = [(label, [p[1] for p in parts], token) for label, parts, token in groups]
    else:
        view["rows"] = [part for _, parts, _ in groups for part in parts]
    return view


# --- tables -----------------------------------------------------------------------------------
def table_view(table):
    """Return the table's cells as its template draws them: widths, head, body."""
    return {
        "table": table,
        "widths": [f"{width // 10}.{width % 10}%" for width in table.widths],
        "head": [[_head(cell) for cell in row] for row in table.header_rows],
        "body": [
            _row(table, at, row, span)
            for at, (row, span) in enumerate(zip(table.rows, table.first_spans, strict=True))
        ],
        "span": len(table.leaves),
        "short": _is_short(table),
    }


def _is_short(table):
    cells = (cell for row in table.rows for cell in row if isinstance(cell, str))
    return len(table.rows) <= SHORT and all(len(cell) <= LETTERS for cell in cells)


def _head(cell):
    # Two letters stand apart in official tables (`총 계`): by CSS, so that search still finds them.
    css = "spread" if HANGUL_PAIR.fullmatch(cell.label) else ""
    scope = "colgroup" if cell.colspan > 1 else "col"
    return Cell(cell.label, css, scope, cell.colspan, cell.rowspan)


def _row(table, at, row, span):
    """Return (is the sum, cells); a cell covered by the one above is left out."""
    total = table.total_first and at == 0
    cells = [
        _cell(column, value, span if number == 0 else 1)
        for number, (column, value) in enumerate(zip(table.leaves, row, strict=True))
    ]
    return total, cells if span else cells[1:]


def _cell(column, value, rowspan):
    text = d.printed(value, column.kind)
    scope = ("rowgroup" if rowspan > 1 else "row") if column.header else ""
    return Cell(text, column.alignment, scope, 1, rowspan)
