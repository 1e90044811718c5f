"""Reads a workbook in a process of its own, under limits of memory and time, and prints its cells as JSON.

Run by `reader.py` as a bare script: the workbook comes in by stdin, nothing of the site is loaded.
A cell is a text, a number or a pair: `["f", …]` formula, `["d", "2019-04-25"]` date, `["%", 0.45]`
percent, `["b", 0|1]`, `["e", "#N/A"]`; empty cells are left out. Every document type declaration
is refused, so that no entity is ever expanded.
"""

import datetime
import gc
import io
import json
import re
import resource
import sys
import zipfile
from xml.parsers import expat

from defusedxml.ElementTree import fromstring

RELS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # CJK dates among them
PERCENTS = {9, 10}
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
CHUNK = 1 << 16


class TooMuch(Exception):
    """More rows, columns or cells than the limits allow; says where."""


def limit(memory, seconds):
    """Bind this process: bytes of memory, seconds of CPU, no files written."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse(*args):
    """Stop at a document type or an entity, as defusedxml does."""
    raise ValueError("DTD")


def parse(stream, start, end, text):
    """Feed an XML file to handlers in pieces."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    while chunk := stream.read(CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def plain(text):
    """Return text as a spreadsheet shows it: `_x000D_` is the sign it stands for."""
    if "_x" in text:
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text


class Names(dict):
    """Element names without their prefixes, cut once each."""

    def __missing__(self, name):
        self[name] = name.rpartition(":")[2]
        return self[name]


LOCAL = Names()


def shared_strings(archive, path):
    """Return the texts that cells point to; how a text is pronounced is no part of it."""
    found, here = [], {"text": [], "on": False, "spoken": False}

    def start(name, attributes):
        name = LOCAL[name]
        if name == "si":
            here["text"] = []
        here["spoken"] = here["spoken"] or name == "rPh"
        here["on"] = name == "t" and not here["spoken"]

    def end(name):
        name = LOCAL[name]
        here["on"] = False
        if name == "rPh":
            here["spoken"] = False
        elif name == "si":
            found.append(plain("".join(here["text"])))

    def text(data):
        if here["on"]:
            here["text"].append(data)

    if path in archive.namelist():
        with archive.open(path) as stream:
            parse(stream, start, end, text)
    return found


def kinds(archive, path):
    """Return per style number: "d" for a date, "%" for percent, "" for any other."""
    if path not in archive.namelist():
        return []
    root = fromstring(archive.read(path), forbid_dtd=True)
    codes = {n.get("numFmtId"): n.get("formatCode", "") for n in _all(root, "numFmt")}
    formats = [x for block in _all(root, "cellXfs") for x in block]
    return [_kind(x.get("numFmtId", "0"), codes) for x in formats]


def _kind(number, codes):
    if number in codes:
        code = QUOTED.sub("", codes[number].split(";")[0]).lower()
        return "%" if "%" in code else "d" if re.search("[ymdhs]", code) else ""
    number = int(number)
    return "%" if number in PERCENTS else "d" if number in DATES else ""


def _all(root, name):
    return [node for node in root.iter() if node.tag.rpartition("}")[2] == name]


def day(number, old):
    """Return a serial number of a date as ISO text; `old` counts from 1904."""
    first = datetime.datetime(1904, 1, 1) if old else datetime.datetime(1899, 12, 30)
    try:
        return (first + datetime.timedelta(days=number)).date().isoformat()
    except (OverflowError, ValueError):
        return None


def column(letters):
    """Return the number of a column, A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class Sheet:
    """The handlers that read one worksheet: its rows and its merged cells."""

    def __init__(self, strings, styles, old, most):
        self.strings, self.styles, self.old, self.most = strings, styles, old, most
        self.rows, self.merged = [], []
        self.at, self.number, self.next, self.cells, self.count = "", 0, 1, {}, 0
        self.known, self.formula, self.value, self.spoken = {}, False, [], False

    def start(self, name, attributes):
        """Note where we are."""
        name = LOCAL[name]
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.cells, self.next = {}, 1
        elif name == "f":
            self.formula = True
        elif name == "rPh":
            self.spoken = True
        elif name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        self.at = name

    def _cell(self, attributes):
        self.count += 1
        if self.count > self.most["cells"]:
            raise TooMuch("칸이 너무 많습니다")
        place = attributes.get("r")
        if place:
            letters = place.rstrip("0123456789")
            self.next = self.known.get(letters) or self.known.setdefault(letters, column(letters))
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s")
        self.value, self.formula = [], False

    def text(self, data):
        """Gather what stands in a cell."""
        if self.at in ("v", "t") and not self.spoken:
            self.value.append(data)

    def end(self, name):
        """Close a cell or a row; what is empty is left out."""
        name = LOCAL[name]
        self.at = ""
        if name == "c":
            text = "".join(self.value)
            if text or self.formula:
                self._keep(["f", text] if self.formula else self._read(text))
            self.next += 1
        elif name == "row" and self.cells:
            self.rows.append([self.number, self.cells])
        elif name == "rPh":
            self.spoken = False

    def _keep(self, value):
        if self.number > self.most["rows"] or self.next > self.most["columns"]:
            raise TooMuch(f"{self.number:,}행 {self.next:,}열에 값이 있습니다")
        self.cells[self.next] = value

    def _read(self, text):
        if self.kind == "s":
            return self.strings[int(text)]
        if self.kind in ("inlineStr", "str"):
            return plain(text)
        if self.kind == "d":
            return ["d", text[:10]]
        return [self.kind, text] if self.kind in ("b", "e") else self._figure(text)

    def _figure(self, text):
        try:
            number = (
                int(text) if text.isascii() and text.isdigit() and len(text) < 16 else float(text)
            )
        except ValueError:
            return ["e", text]
        if number != number or number in (float("inf"), float("-inf")):
            return ["e", text]
        shown = self.styles[int(self.style)] if self.style else ""
        if shown == "d":
            return ["d", day(number, self.old) or text]
        return ["%", number] if shown == "%" else number


def sheets_of(archive):
    """Return [(name, path)] of the worksheets and whether days count from 1904."""
    root = fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
    links = fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    old = any(p.get("date1904") in ("1", "true") for p in _all(root, "workbookPr"))
    paths = [(s.get("name"), targets.get(s.get(RELS), "")) for s in _all(root, "sheet")]
    return [(n, p.lstrip("/") if p.startswith("/") else f"xl/{p}") for n, p in paths], old


def book(file, most):
    """Return the workbook's sheets as JSON can hold them."""
    found = []
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        places, old = sheets_of(archive)
        strings = shared_strings(archive, "xl/sharedStrings.xml")
        styles = kinds(archive, "xl/styles.xml")
        for name, path in places:
            if path not in names or "worksheets/" not in path:
                continue
            sheet = Sheet(strings, styles, old, most)
            try:
                with archive.open(path) as stream:
                    parse(stream, sheet.start, sheet.end, sheet.text)
            except TooMuch as error:
                raise TooMuch(f"'{name}' 시트의 {error}") from error
            found.append({"name": name, "rows": sheet.rows, "merged": sheet.merged})
    return found


def main():
    """Read stdin, write one JSON object: the sheets, or why they cannot be read."""
    most = json.loads(sys.stdin.buffer.readline())
    limit(most["memory"], most["seconds"])
    gc.disable()  # nothing here goes in circles, and the process is short
    try:
        answer = {"sheets": book(io.BytesIO(sys.stdin.buffer.read()), most)}
    except TooMuch as error:
        answer = {"too_much": str(error)}
    except MemoryError:
        answer = {"memory": True}
    except Exception as error:  # whatever a broken workbook does, the answer is one sentence
        answer = {"broken": type(error).__name__}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


if __name__ == "__main__":
    main()
