"""One writer of cells, one set of styles, for every sheet that leaves the house.

Numbers stay numbers (the marks △ and % are formats), text stays text: what a user typed is never
a formula. Unknown is blank; zero is 0, not a mark (domain.md §9.6).
"""

import datetime
import io
import re
import unicodedata
from decimal import Decimal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from reporting.exports.sheets.cells import plain

WIDEST = 46  # letters; longer text wraps
INTEGER = "#,##0"
AMOUNT = '#,##0;"△"#,##0;0'
DAY = 'yyyy". "m". "d"."'
A4 = 9  # the number of the format
MOMENT = 'yyyy". "m". "d". "hh:mm'

FACE = "맑은 고딕"
BODY, BOLD = Font(name=FACE, size=10), Font(name=FACE, size=10, bold=True)
TITLE, SECTION = Font(name=FACE, size=16, bold=True), Font(name=FACE, size=12, bold=True)
WARNING = Font(name=FACE, size=10, bold=True, color="BD2C0F")
HEAD_FILL = PatternFill("solid", start_color="E6ECF5")
TOTAL_FILL = PatternFill("solid", start_color="F4F5F6")
THIN = Side("thin", color="9AA2AB")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
ALIGN = {
    side: Alignment(horizontal=side, vertical="center", wrap_text=True)
    for side in ("left", "center", "right")
}


def fill(cell, value, kind="text"):
    """Put a value into a cell: text as text, whatever it looks like; numbers with their format."""
    value = plain(value)
    if isinstance(value, str):
        # openpyxl reads `=…` as a formula and `#N/A` as an error: the type is set after the value.
        cell.value = value[:32767]
        cell.data_type = "s"
    elif value is not None:
        cell.value = value
        cell.number_format = number_format(value, kind)
    return cell


def number_format(value, kind):
    """Return the format of a number or a date of a kind of column."""
    if isinstance(value, datetime.datetime):
        return MOMENT
    if isinstance(value, datetime.date):
        return DAY
    if kind == "percent":
        places = -value.as_tuple().exponent if isinstance(value, Decimal) else 0
        return f'0.{"0" * places}"%"' if places > 0 else '0"%"'
    return {"count": INTEGER, "number": INTEGER, "amount": AMOUNT}.get(kind, "General")


def letters(text):
    """Return how wide a text's longest line is, Hangul counting two."""
    wide = lambda letter: 2 if unicodedata.east_asian_width(letter) in "WFA" else 1  # noqa: E731
    return max((sum(map(wide, line)) for line in str(text).split("\n")), default=0)


def paper(page, title_rows=None):
    """Set a sheet up for A4 across, fitted to the width, its head repeated, its pages numbered."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "- &P -"
    if title_rows:
        page.print_title_rows = title_rows


def saved(book):
    """Return the workbook as bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_name(text, taken=()):
    """Return a name Excel accepts: 31 letters, none of []:*?/\\, not taken yet."""
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", text).strip(" '")[:31] or "표"
    name, number = base, 2
    while name in taken:
        name, number = f"{base[:27]} ({number})", number + 1
    return name
