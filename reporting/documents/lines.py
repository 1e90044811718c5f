"""The lines of an official report, from the outside in (domain.md §9.2)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """Ⅰ. Ⅱ. Ⅲ.: numbered by itself unless `mark` says otherwise (`붙임`)."""

    title: str
    mark: str = ""


@dataclass(frozen=True)
class Task:
    """1, 2, 3 in a box: numbered by itself within its part unless `mark` says otherwise."""

    title: str
    mark: str = ""


@dataclass(frozen=True)
class Card:
    """A page of its own with a bookmark, such as one 관리카드; the blocks after it belong to it."""

    title: str
    mark: str = ""


@dataclass(frozen=True)
class Aim:
    """◇ one sentence in a box: what the task is for."""

    text: str


@dataclass(frozen=True)
class Heading:
    """□ a heading, or another mark the papers give it (`[1]`)."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Item:
    """○ an item."""

    text: str


@dataclass(frozen=True)
class Detail:
    """- a detail of an item, or another mark (`⇒`)."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Note:
    """※ a note."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Text without a mark."""

    text: str


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page (paper only)."""


@dataclass(frozen=True)
class Contents:
    """순서: parts, tasks and cards with their pages."""

    title: str = "순서"
    cards: bool = True
