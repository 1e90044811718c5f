"""How numbers and dates are printed, everywhere the same (domain.md §9)."""

import re
import unicodedata

BLANK = ""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def day(value):
    """Print a date as `2019. 4. 25.`; None prints blank."""
    return f"{value.year}. {value.month}. {value.day}." if value else BLANK


def moment(value):
    """Print a timezone-aware time as `2019. 4. 25. 15:30` (caller passes local time)."""
    return f"{day(value)} {value:%H:%M}" if value else BLANK


def partial(value):
    """Print a partial date (`2019`, `2019-04`, `2019-04-25`) as `2019.`, `2019. 4.`, `2019. 4. 25.`"""
    return " ".join(f"{int(part)}." for part in value.split("-")) if value else BLANK


def number(value):
    """Print an integer with thousands commas; negative as `△1,200`; None (unknown) prints blank."""
    if value is None:
        return BLANK
    return f"△{-value:,}" if value < 0 else f"{value:,}"


def amount(value):
    """Print 백만원: zero as `-`, unknown blank (domain.md §9.3)."""
    return "-" if value == 0 else number(value)


def tally(value):
    """Print a count of a status table, zero as the plan's `.` (domain.md §9.3)."""
    return "." if value == 0 else number(value)


def normal(text):
    """Return text as one form for search and comparison: NFC, lower case, no white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).lower()


def clean(text):
    """Return typed text in NFC without control characters, line ends as `\\n`, no blank edges."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", text).strip()
