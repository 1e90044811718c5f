"""Writes the elements of the format: paragraphs, runs, text. Pure XML: it knows no library and no document."""

from reporting.exports.sheets.cells import plain

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"


def child(parent, name, /, **attributes):
    """Add an element of the format's paragraphs to its parent and return it."""
    element = parent.makeelement(HP + name, {k: str(v) for k, v in attributes.items()})
    parent.append(element)
    return element


def cleaned(text):
    """Return text that XML may hold, its tabs as spaces; what cannot be printed is left out."""
    return (plain(text) or "").replace("\t", " ")


def paragraph(parent, style, number, *, new_page=False):
    """Add an empty paragraph in a style and return it."""
    return child(
        parent,
        "p",
        id=number,
        paraPrIDRef=style.paragraph,
        styleIDRef=style.style,
        pageBreak=int(new_page),
        columnBreak=0,
        merged=0,
    )


def run(line, letters, text):
    """Add letters to a paragraph; line ends stay, a tab leads to the paragraph's right edge."""
    element = child(child(line, "run", charPrIDRef=letters), "t")
    for at, part in enumerate(text.split("\t")):
        tail = child(element, "tab", width=4000, leader=0, type=2) if at else None
        _lines(element, tail, part)


def _lines(element, last, text):
    first, *more = text.split("\n")
    if last is None:
        element.text = first
    else:
        last.tail = first
    for line in more:
        child(element, "lineBreak").tail = line


def texts(parent, vertical, width=0, height=0):
    """Add the list that holds the paragraphs of a cell, a caption or a running head, and return it."""
    return child(
        parent,
        "subList",
        id="",
        textDirection="HORIZONTAL",
        lineWrap="BREAK",
        vertAlign=vertical,
        linkListIDRef=0,
        linkListNextIDRef=0,
        textWidth=width,
        textHeight=height,
        hasTextRef=0,
        hasNumRef=0,
    )
