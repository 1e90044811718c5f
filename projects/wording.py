"""Texts of the plan whose numbers come from rows: `{key}` stands for a figure that has a row of its own."""

import re

from reporting.documents import as_plain
from reporting.formats import number
from reporting.subjects import all_subjects

KEY = re.compile(r"\{([a-z0-9][a-z0-9._-]*)\}")


class UnknownFigure(LookupError):
    """A text asks for a figure that nothing gives; the message is a sentence."""


def keys(text):
    """Return the keys that a text asks for, in order."""
    return KEY.findall(text)


def fill(text, figures):
    """Return a text with its figures put in; raises `UnknownFigure` naming the first that is missing."""
    missing = [key for key in keys(text) if key not in figures]
    if missing:
        raise UnknownFigure(f"'{text}'의 {{{missing[0]}}}에 맞는 수가 없습니다.")
    return KEY.sub(lambda match: figures[match[1]], text)


def figures_of(plan, on):
    """Return {key: text} of a plan as of a day: its own figures and what other subjects count."""
    found = {}
    for subject in all_subjects():
        found |= subject.plan_figures(plan.year, on)
    return found | {figure.key: number(figure.value) for figure in plan.figures.all()}


def blocks_of(plan, name, on):
    """Return the blocks that a section asks for by name, as plain JSON; [] where no other subject has them."""
    if not name:
        return []
    return [
        as_plain(block)
        for subject in all_subjects()
        for block in subject.plan_blocks(plan.year, name, on)
    ]
