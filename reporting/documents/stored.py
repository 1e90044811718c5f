"""Blocks as plain JSON and back: what a publication keeps of a table that another subject gave it."""

from dataclasses import asdict

from reporting.documents.lines import Detail, Heading, Item, Note, Paragraph
from reporting.documents.tables import Column, Table
from reporting.documents.whole import printed

LINES = {kind.__name__: kind for kind in (Detail, Heading, Item, Note, Paragraph)}


def as_plain(block):
    """Return a line or a table as JSON values; a cell that JSON does not know stands as it prints."""
    name = type(block).__name__
    if name in LINES:
        return {"block": name, **asdict(block)}
    if not isinstance(block, Table):
        raise TypeError(f"a publication keeps no {name}")
    rows = [
        [_value(value, leaf) for value, leaf in zip(row, block.leaves, strict=True)]
        for row in block.rows
    ]
    return {"block": name, **asdict(block), "rows": rows}


def _value(value, column):
    if value is None or isinstance(value, str | int):
        return value
    return printed(value, column.kind)


def from_plain(stored):
    """Return the block that `as_plain` made into JSON."""
    fields = {name: value for name, value in stored.items() if name != "block"}
    if stored["block"] in LINES:
        return LINES[stored["block"]](**fields)
    return Table(**{**fields, "columns": [_column(each) for each in fields["columns"]]})


def _column(stored):
    return Column(**{**stored, "children": [_column(each) for each in stored["children"]]})
