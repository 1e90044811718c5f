"""A second reader of HWPX: what stands in the file, by zip and XML alone; it shares no line with the writer."""

import io
import zipfile
from dataclasses import dataclass, field

from defusedxml import ElementTree

P = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"


@dataclass
class Cell:
    """A cell as the file has it."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    is_head: bool


@dataclass
class Table:
    """A table: its cells, its measures, whether its head repeats."""

    cells: list
    shape: tuple
    repeats: bool
    breaks: str

    def rows(self):
        """Return the texts row by row; a covered cell is left out."""
        return [[c.text for c in self.cells if c.row == at] for at in range(self.shape[0])]

    def covered(self):
        """Return every place of the table as often as a cell covers it."""
        return sorted(
            (row, column)
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        )


@dataclass
class File:
    """What a reader sees: lines of text, tables, running head, properties, the zip's members."""

    lines: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    running: str = ""
    properties: dict = field(default_factory=dict)
    members: list = field(default_factory=list)
    tags: set = field(default_factory=set)

    @property
    def words(self):
        """Return everything that is read on the pages, in one line."""
        return " ".join(" ".join(self.lines).split())


def read(content):
    """Return what stands in a HWPX file."""
    file = File()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        file.members = package.infolist()
        text = ElementTree.fromstring(package.read("Contents/section0.xml"))
        about = ElementTree.fromstring(package.read("Contents/content.hpf"))
    for each in about.iter():
        name = each.get("name") or each.tag.partition("}")[2]
        file.properties.setdefault(name, each.text or "")
    file.tags = {each.tag.partition("}")[2] for each in text.iter()}
    file.running = "".join(_text(p) for head in text.iter(P + "header") for p in head.iter(P + "p"))
    for line in text.findall(P + "p"):
        file.lines.append("".join(_text(t) for t in line.findall(f"{P}run/{P}t")))
        for table in line.iter(P + "tbl"):
            file.tables.append(_table(table))
            file.lines += [cell.text for cell in file.tables[-1].cells]
    return file


def _table(table):
    cells = [
        Cell(
            *(int(cell.find(P + "cellAddr").get(name)) for name in ("rowAddr", "colAddr")),
            *(int(cell.find(P + "cellSpan").get(name)) for name in ("rowSpan", "colSpan")),
            "\n".join(_text(p) for p in cell.iter(P + "p")),
            cell.get("header") == "1",
        )
        for cell in table.iter(P + "tc")
    ]
    shape = int(table.get("rowCnt")), int(table.get("colCnt"))
    return Table(cells, shape, table.get("repeatHeader") == "1", table.get("pageBreak"))


def _text(element):
    """Return an element's letters; a line end within is one."""
    found = [element.text or ""]
    for each in element:
        found.append({P + "lineBreak": "\n", P + "tab": "\t"}.get(each.tag, ""))
        found += [_text(each), each.tail or ""]
    return "".join(found)
