"""The report as a whole: its blocks numbered, its values printed (domain.md §9.1, §9.3)."""

import datetime
from dataclasses import dataclass

from reporting import formats
from reporting.documents.lines import Aim, Detail, Heading, Item, Note, Part, Task


@dataclass(frozen=True)
class Document:
    """A report; `summary` (문서요지) and `keywords` are asked for by 제5조② (domain.md §9.5)."""

    title: str
    blocks: tuple
    subtitle: str = ""
    as_of: str = ""
    department: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()
    draft: bool = False
    cover: bool = False
    date: datetime.date | None = None

    def __post_init__(self):
        object.__setattr__(self, "blocks", tuple(self.blocks))
        object.__setattr__(self, "keywords", tuple(self.keywords))


@dataclass(frozen=True)
class Placed:
    """A block with the mark before it (Ⅰ, 1, □ …) and the anchor that links lead to."""

    block: object
    mark: str
    anchor: str


MARKS = {Aim: "◇", Heading: "□", Item: "○", Detail: "-", Note: "※"}


def placed(document):
    """Return the blocks in order, parts and tasks numbered, each with its anchor."""
    result, parts, tasks = [], 0, 0
    for at, block in enumerate(document.blocks, 1):
        mark = getattr(block, "mark", "") or MARKS.get(type(block), "")
        if isinstance(block, Part):
            tasks = 0
            if not mark:
                parts += 1
                mark = roman(parts)
        if isinstance(block, Task) and not mark:
            tasks += 1
            mark = str(tasks)
        result.append(Placed(block, mark, f"doc-{at}"))
    return tuple(result)


def roman(number):
    """Return 1–12 as one code point, Ⅰ (U+2160) to Ⅻ, the form official reports use."""
    if not 1 <= number <= 12:
        raise ValueError(f"no roman numeral of one code point for {number}")
    return chr(0x2160 + number - 1)


def printed(value, kind="text"):
    """Print a value by its column's kind; unknown (None) is blank, a string prints as it is.

    count: zero as `.`; amount (백만원): zero as `-`, negative △; number: plain with commas;
    percent: the decimals it comes with and `%`; date: `2019. 4. 25.` (domain.md §9.1, §9.3).
    """
    if value is None or isinstance(value, str):
        return value or formats.BLANK
    if kind == "date" or isinstance(value, datetime.date):
        return formats.day(value)
    if kind == "count":
        return formats.tally(value)
    if kind == "amount":
        return "-" if value == 0 else formats.number(value)
    if kind == "percent":
        return f"{formats.number(value)}%"
    return formats.number(value) if kind == "number" else str(value)
