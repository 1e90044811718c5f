"""The columns of a department's sheet: how a value becomes a cell and a cell a value, under the form's rules.

A column holds the field of the entry form, so that form and sheet know one limit and one sentence.
`read` says what a cell means, `check` whether that may be stored; only cells that a person changed are
checked. Both raise ValidationError.
"""

import hashlib
import math
import re
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.forms import Field

from ..formats import clean, number, partial

FORMULA = "수식은 쓸 수 없습니다. 수식 대신 값을 적어 주세요."
FAULT = "엑셀의 오류 값입니다. 값을 다시 적어 주세요."
# What no workbook can hold, beside the control characters that `clean` takes out.
UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
BLANK = "-"  # the mark of an empty cell
PLACES = 9  # 0.45 × 100 is 45.00000000000001 to a computer


def topic(word):
    """Return a word with 은 or 는 as its last Hangul letter asks for."""
    letters = [letter for letter in word if "가" <= letter <= "힣"]
    closed = bool(letters) and (ord(letters[-1]) - ord("가")) % 28 > 0
    return f"{word}{'은' if closed else '는'}"


def written(cell):
    """Return what stands in a cell, as a person sees it, for a message."""
    kind, value = cell if isinstance(cell, list) else ("", cell)
    if kind == "%":
        return f"{round(value * 100, PLACES):g}%"
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "d":
        return partial(value)
    if isinstance(value, float):
        return f"{int(value)}" if value.is_integer() and abs(value) < 1e15 else f"{value:g}"
    return str(value)


def text_of(cell):
    """Return the text of a cell of any kind but a formula or a fault; "" for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, list) and cell[0] in ("f", "e"):
        raise ValidationError(FORMULA if cell[0] == "f" else FAULT)
    return written(cell)


@dataclass(frozen=True)
class Column:
    """One column to fill in: its name in the code, its heading, the form's field behind it."""

    name: str
    label: str
    field: Field
    width: int = 14  # letters
    unit: str = ""
    last: bool = True  # whether last period's value stands beside it

    @property
    def header(self):
        """Return the heading, which is also how the column is found again."""
        return f"{self.label}({self.unit})" if self.unit else self.label

    @property
    def hint(self):
        """Return one sentence on what may stand here."""
        raise NotImplementedError

    @property
    def rule(self):
        """Return the spreadsheet's own check: type, operator, formulas."""
        raise NotImplementedError

    def read(self, cell):
        """Return what a cell means."""
        raise NotImplementedError

    def check(self, value):
        """Refuse what the entry form would refuse."""
        self.field.run_validators(value)

    def cell(self, value):
        """Return what is written into a cell."""
        return value

    def show(self, value):
        """Return a value as people read it."""
        return "" if value is None else str(value)

    def mark(self, value):
        """Return a short mark of a value, by which a cell that nobody touched is known again."""
        text = clean(UNWRITABLE.sub("", self.show(value)))
        if not text:
            return BLANK
        return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True)
class TextColumn(Column):
    """Long text in the form's own cleaning."""

    width: int = 44

    @property
    def hint(self):
        """Say how long it may be."""
        return f"{topic(self.label)} {self.field.max_length:,}자까지 적을 수 있습니다."

    @property
    def rule(self):
        """Check the length."""
        most = str(self.field.max_length)
        return {"type": "textLength", "operator": "lessThanOrEqual", "formula1": most}

    def read(self, cell):
        """Return clean text; a number or a date becomes the text that it shows."""
        return text_of(cell)

    def check(self, value):
        """Refuse a text that is too long, or that holds a resident registration number."""
        if len(value) > self.field.max_length:
            raise ValidationError(f"{self.hint} 지금 {len(value):,}자입니다.")
        super().check(value)


@dataclass(frozen=True)
class FigureColumn(Column):
    """A whole number between the form's limits, in the form's way of reading figures."""

    @property
    def hint(self):
        """Say between which numbers."""
        low, high = number(self.field.min_value), number(self.field.max_value)
        unit = f"({self.unit})" if self.unit not in ("", "%") else ""
        return f"{topic(self.label)} {low}부터 {high}까지의 정수{unit}입니다."

    @property
    def rule(self):
        """Check for a whole number between the limits."""
        low, high = str(self.field.min_value), str(self.field.max_value)
        return {"type": "whole", "operator": "between", "formula1": low, "formula2": high}

    def read(self, cell):
        """Return an int or None; a percent cell counts as it shows (0.45 → 45) where % is the unit."""
        if cell is None or type(cell) is int:
            return cell
        if isinstance(cell, list) and cell[0] == "%" and self.unit == "%":
            cell = round(cell[1] * 100, PLACES)
        if isinstance(cell, float) and math.isfinite(cell) and cell.is_integer():
            return int(cell)
        if isinstance(cell, str):
            return self._parsed(cell)
        if isinstance(cell, list) and cell[0] in ("f", "e"):
            text_of(cell)
        raise ValidationError(self.hint)

    def _parsed(self, text):
        try:
            return self.field.to_python(clean(text))
        except ValidationError:
            raise ValidationError(self.hint) from None

    def show(self, value):
        """Return the number with commas."""
        return number(value)

    def check(self, value):
        """Refuse what lies outside the limits."""
        try:
            super().check(value)
        except ValidationError:
            raise ValidationError(self.hint) from None


@dataclass(frozen=True)
class ChoiceColumn(Column):
    """One of a few words; `labels` is {value: word}, `also` {word: value} of further ways to write it."""

    labels: tuple = ()  # (value, word)
    also: tuple = ()  # (word, value)
    width: int = 18

    @cached_property
    def words(self):
        """Return the words of the drop-down list."""
        return [word for _, word in self.labels]

    @property
    def hint(self):
        """Name the words."""
        return f"{topic(self.label)} {', '.join(self.words)} 가운데 하나입니다."

    @property
    def rule(self):
        """Draw the words as a drop-down list; whoever writes the sheet adds them."""
        return {"type": "list"}

    @cached_property
    def _values(self):
        pairs = [*((word, value) for value, word in self.labels), *self.also]
        return {"".join(word.split()): value for word, value in pairs}

    @property
    def empty(self):
        """Return the value of an empty cell."""
        return self._values.get("", "")

    def read(self, cell):
        """Return the value of a word, with any white space in it."""
        word = "".join(text_of(cell).split())
        if not word:
            return self.empty
        if word not in self._values:
            raise ValidationError(self.hint)
        return self._values[word]

    def check(self, value):
        """Accept every value that a word stands for."""

    def cell(self, value):
        """Return the word."""
        return dict(self.labels).get(value)

    def show(self, value):
        """Return the word; blank for no choice."""
        return dict(self.labels).get(value, "")


@dataclass(frozen=True)
class DateColumn(Column):
    """A year, a month or a day, as Korean documents write it or as a date of the spreadsheet."""

    @property
    def hint(self):
        """Show how a date is written."""
        return f"{topic(self.label)} 2019. 4. 또는 2019. 4. 25.처럼 적습니다."

    @property
    def rule(self):
        """Check the length: a year alone is no date to a spreadsheet."""
        most = str(self.field.max_length)
        return {"type": "textLength", "operator": "lessThanOrEqual", "formula1": most}

    def read(self, cell):
        """Return `2019`, `2019-04`, `2019-04-25` or ""."""
        if isinstance(cell, list) and cell[0] == "d":
            cell = cell[1]
        return self.field.to_python(text_of(cell))

    def cell(self, value):
        """Return the date as text, which a spreadsheet leaves as it is."""
        return partial(value) or None

    def show(self, value):
        """Return `2019. 4.`"""
        return partial(value or "")
