"""A report as data: blocks in the order of a Korean official report (domain.md §9.2–§9.4).

Apps build documents from these plain values; `reporting.exports` turns the same values into
HTML, PDF and sheets, so that the three can never disagree. Text is plain text (line ends kept),
never HTML.
"""

from reporting.documents.lines import (
    Aim,
    Card,
    Contents,
    Detail,
    Heading,
    Item,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Task,
)
from reporting.documents.stored import as_plain, from_plain
from reporting.documents.tables import (
    ChartBlock,
    ChartGroup,
    ChartRow,
    Column,
    Fact,
    Facts,
    HeaderCell,
    Table,
)
from reporting.documents.whole import Document, Placed, placed, printed, roman

__all__ = [
    "Aim",
    "Card",
    "ChartBlock",
    "ChartGroup",
    "ChartRow",
    "Column",
    "Contents",
    "Detail",
    "Document",
    "Fact",
    "Facts",
    "Heading",
    "HeaderCell",
    "Item",
    "Note",
    "PageBreak",
    "Paragraph",
    "Part",
    "Placed",
    "Table",
    "Task",
    "as_plain",
    "from_plain",
    "placed",
    "printed",
    "roman",
]
