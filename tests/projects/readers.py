"""What a reader finds in a file: its text in order, and its tables with the cells they join.

Each form is read by another library than the one that wrote it, or by none of ours.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree import ElementTree

import pypdf
from openpyxl import load_workbook

WORD_JOINER = "\u2060"
NUMBER = re.compile(r"-\s*\d+\s*-")


@dataclass(frozen=True)
class Cell:
    """One cell as it was read; a number stays a number where the form has numbers."""

    value: object
    colspan: int = 1
    rowspan: int = 1


def squeezed(text):
    """Return a text without white space and without what keeps Korean words together."""
    return re.sub(r"\s+", "", str(text).replace(WORD_JOINER, ""))


# --- HTML ---------------------------------------------------------------------------------------
class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.text, self.tables, self.cell, self.hidden = [], [], None, 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "svg":
            self.hidden += 1
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.cell = ([], int(attrs.get("colspan", 1)), int(attrs.get("rowspan", 1)))

    def handle_endtag(self, tag):
        if tag == "svg":
            self.hidden -= 1
        elif tag in ("th", "td"):
            words, across, down = self.cell
            self.tables[-1][-1].append(Cell("".join(words).strip(), across, down))
            self.cell = None

    def handle_data(self, data):
        if self.hidden:
            return
        self.text.append(data)
        if self.cell:
            self.cell[0].append(data)


def html(content):
    """Read the screen."""
    page = _Page()
    page.feed(content)
    return squeezed("".join(page.text)), page.tables


# --- PDF ----------------------------------------------------------------------------------------
def pdf(content):
    """Read the text of the pages without page numbers; a PDF has no tables to read."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    lines = [line for page in pages for line in page.extract_text().split("\n")]
    return squeezed("".join(line for line in lines if not NUMBER.fullmatch(line.strip()))), None


# --- HWPX ---------------------------------------------------------------------------------------
def hwpx(content):
    """Read the sections of the package as plain XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = sorted(n for n in package.namelist() if re.search(r"section\d+\.xml$", n))
        roots = [ElementTree.fromstring(package.read(name)) for name in names]
    text = "".join(word for root in roots for word in _words(root))
    tables = [_grid(node) for root in roots for node in root.iter() if _tag(node) == "tbl"]
    return squeezed(text), tables


def _tag(node):
    return node.tag.rpartition("}")[2]


def _words(node):
    return [word for part in node.iter() if _tag(part) == "t" for word in part.itertext()]


def _grid(table):
    rows = []
    for row in (node for node in table if _tag(node) == "tr"):
        rows.append([])
        for cell in (node for node in row if _tag(node) == "tc"):
            span = next(node for node in cell if _tag(node) == "cellSpan")
            paragraphs = [node for node in cell.iter() if _tag(node) == "p"]
            value = " ".join("".join(_words(node)) for node in paragraphs)
            rows[-1].append(Cell(value, int(span.get("colSpan")), int(span.get("rowSpan"))))
    return rows


# --- Excel --------------------------------------------------------------------------------------
def xlsx(content):
    """Read every cell of every sheet, row by row; a whole sheet is one table."""
    book = load_workbook(io.BytesIO(content))
    text, tables = [], []
    for sheet in book:
        spans = {
            (area.min_row, area.min_col): (
                area.max_col - area.min_col + 1,
                area.max_row - area.min_row + 1,
            )
            for area in sheet.merged_cells.ranges
        }
        rows = []
        for row in sheet.iter_rows():
            filled = [cell for cell in row if cell.value is not None]
            text += [str(cell.value) for cell in filled]
            rows.append([Cell(c.value, *spans.get((c.row, c.column), (1, 1))) for c in filled])
        tables.append(rows)
    return squeezed("".join(text)), tables


READERS = {"html": html, "pdf": pdf, "hwpx": hwpx, "xlsx": xlsx}
