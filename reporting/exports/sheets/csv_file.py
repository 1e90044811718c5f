"""Rows in, CSV out: UTF-8 with BOM, or CP949 with its losses named (domain.md §9.6)."""

import csv
import datetime
import io
import unicodedata
from decimal import Decimal

from reporting.exports.sheets.cells import labels, plain

# A spreadsheet runs a cell that begins so; the full-width forms too, in an East Asian locale.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
ENCODINGS = ("utf-8-sig", "cp949")
CP949 = {
    "☐": "□",
    "☑": "■",
    "✔": "√",
    "✓": "√",
    "•": "·",
    "‧": "·",
    "ㆍ": "·",
    "–": "-",
    "—": "-",
    "‑": "-",
    "−": "-",
    "〜": "~",
    "₩": "￦",
    "➔": "→",
    "➜": "→",
    "\u00a0": " ",
    "\u200b": "",
    "\u2060": "",
    "\ufeff": "",
    **{chr(0x2460 + n): f"({n + 1})" for n in range(20)},  # ①–⑳: CP949 holds ①–⑮
    **{chr(0x3251 + n): f"({n + 21})" for n in range(15)},  # ㉑–㉟
    **{chr(0x32B1 + n): f"({n + 36})" for n in range(15)},  # ㊱–㊿
}


def csv_bytes(columns, rows, encoding="utf-8-sig"):
    """Return (the file, the characters it could not hold, each replaced by `?`).

    Text that a spreadsheet would run gets an apostrophe in front; numbers never do. Numbers are
    raw (no commas or marks), dates are `2019-04-25`, unknown is blank.
    """
    if encoding not in ENCODINGS:
        raise ValueError(f"unknown encoding: {encoding}")
    lost = set()
    convert = (lambda text: _to_cp949(text, lost)) if encoding == "cp949" else str
    out = io.StringIO()
    writer = csv.writer(out)
    for row in [labels(columns), *rows]:
        writer.writerow([_cell(plain(value), convert) for value in row])
    return out.getvalue().encode(encoding), sorted(lost)


def _cell(value, convert):
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int):
        return str(value)
    text = convert(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _to_cp949(text, lost):
    """Return text that CP949 can hold; what has no agreed form becomes `?` and is added to lost."""
    return "".join(_one(letter, lost) for letter in unicodedata.normalize("NFC", text))


def _one(letter, lost):
    for form in (letter, CP949.get(letter)):
        if form is not None and _fits(form):
            return form
    lost.add(letter)
    return "?"


def _fits(text):
    try:
        text.encode("cp949")
    except UnicodeEncodeError:
        return False
    return True
