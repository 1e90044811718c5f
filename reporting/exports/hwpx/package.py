"""The file around the text: page, running head, page numbers, what it says of itself, its bytes."""

import io
import zipfile

from hwpx import HwpxDocument

from .body import DRAFT, Body
from .looks import DANGER, MM, TEXT_WIDTH, Styles
from .marks import child, cleaned, paragraph, run, texts

EDITION = "hwpx-1"  # raise it whenever the same document makes another file
A4 = {"width": 59528, "height": 84188}
MARGINS = {"left": 20, "right": 20, "top": 14, "bottom": 12, "header": 10, "footer": 10}  # mm
NOTHING_HIDDEN = dict.fromkeys(
    ("hideHeader", "hideFooter", "hideMasterPage", "hideBorder", "hideFill", "hidePageNum"), 0
)
UNKNOWN = "1970-01-01T00:00:00Z"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name


def package(document):
    """Return the document as HWPX bytes, the same bytes for the same document."""
    with HwpxDocument.new() as file:
        _page(file, document)
        _describe(file, document)
        _write(file, document)
        return _settled(file.to_bytes())


# --- page and properties ----------------------------------------------------------------------
def _page(file, document):
    """Set paper and margins, and keep 한글 from numbering the headings."""
    file.page.set_size(**A4)
    file.page.set_margins(**{side: int(mm * 100 / MM) for side, mm in MARGINS.items()})
    # Headings belong to the outline, but print the marks of the report, not numbers of 한글's own.
    for head in file.oxml.headers[0].element.iter("{*}paraHead"):
        head.text = None
        head.attrib.update({"autoIndent": "0", "useInstWidth": "0", "textOffset": "0"})


def _describe(file, document):
    """Write title, department, summary (문서요지) and keywords into the file's properties."""
    file.parts.clear_document_metadata(keep=("language",))
    file.parts.clear_preview()
    for each in file.package.manifest_tree().iter("{*}meta"):
        if each.get("name") == "description":
            each.text = cleaned(document.summary)
    day = f"{document.date:%Y-%m-%d}T00:00:00Z" if document.date else UNKNOWN
    file.parts.set_document_metadata(
        title=cleaned(document.title),
        creator=cleaned(document.department),
        subject=cleaned(document.subtitle),
        keyword=cleaned(", ".join(document.keywords)),
        created_date=day,
        modified_date=day,
    )


# --- text -------------------------------------------------------------------------------------
def _write(file, document):
    section = file.sections[0]
    styles = Styles(file)
    settings = _taken_out(section.element)
    body = Body(section.element, styles, document)
    body.front()
    body.blocks()
    if not len(section.element):
        body.line("paragraph")
    first = section.element[0]
    first.insert(0, settings)
    first.insert(1, _every_page(first, styles, document))
    section.mark_dirty()


def _taken_out(section):
    """Take the blank paragraph of a new file away and return its run that holds the page's settings."""
    blank = section[0]
    settings = blank[0]
    section.remove(blank)
    return settings


def _every_page(first, styles, document):
    """Return a run with the running head and the page number `- 1 -`; not the first page, not a cover."""
    element = child(first, "run", charPrIDRef=styles["running"].letters)
    head = child(child(element, "ctrl"), "header", id=1, applyPageType="BOTH")
    inside = texts(head, vertical="TOP", width=TEXT_WIDTH, height=2834)
    line = paragraph(inside, styles["running"], 0)
    run(line, styles["running"].letters, cleaned(document.title).replace("\n", " "))
    if document.draft:
        run(line, styles.letters("running", color=DANGER, bold=True), f"\t{DRAFT}")
    child(child(element, "ctrl"), "pageNum", pos="BOTTOM_CENTER", formatType="DIGIT", sideChar="-")
    hidden = {"hideHeader": 1, "hidePageNum": int(document.cover)}
    child(child(element, "ctrl"), "pageHiding", **NOTHING_HIDDEN | hidden)
    return element


# --- bytes ------------------------------------------------------------------------------------
def _settled(content):
    """Return the zip with every member at one moment, so that equal documents are equal files."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w") as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, EPOCH)
            info.compress_type, info.external_attr = member.compress_type, 0o600 << 16
            new.writestr(info, old.read(member))
    return result.getvalue()
