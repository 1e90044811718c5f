"""What a department's sheet is made of: columns by kind, tables, and the mark of what was taken away."""

from .columns import ChoiceColumn, DateColumn, FigureColumn, TextColumn
from .tables import Change, Fact, SheetRow, Table

__all__ = [
    "Change",
    "ChoiceColumn",
    "DateColumn",
    "Fact",
    "FigureColumn",
    "SheetRow",
    "Table",
    "TextColumn",
]
