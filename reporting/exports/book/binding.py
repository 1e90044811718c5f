"""Binds printed pieces into one PDF: pages in order, one structure, one set of fonts, heads and numbers.

WeasyPrint itself writes the frame (running heads, page numbers, bookmarks, targets of links, title, fonts);
what it cannot do, laying printed pages under it, is done here in its `finisher`, on its own objects.
"""

import re
from hashlib import md5

import pydyf
from django.template.loader import render_to_string

from reporting.exports import pdf

from .press import Tools
from .sheets import fill
from .writing import written

SCALE = 0.75  # PDF points in a CSS pixel
RUN = b"run"  # before the name of a font of the running heads: a piece may use the name otherwise
FONT_NAME = re.compile(rb"^/([A-Z]{6}) (?=\S+ Tf$)")
OPAQUE = (b"/a1.0 gs", b"/A1.0 gs")  # the state every page begins with


class Shared(dict):
    """The book's fonts: ours get the letters of all pieces before they are cut down to what is used."""

    def __init__(self, pieces):
        super().__init__()
        self.glyphs = {}
        for sheets in pieces:
            for name, glyphs in sheets.fonts.items():
                self.glyphs.setdefault(name, {}).update(glyphs)

    def __setitem__(self, key, font):
        for glyph, (text, width) in self.glyphs.get(font.hash, {}).items():
            font.to_unicode[int(glyph)] = text
            font.widths[int(glyph)] = width
        super().__setitem__(key, font)


class Frame:
    """The book's running heads and page numbers, laid out while the last pieces are printed."""

    def __init__(self, document, pages):
        context = {"document": document, "blank": range(pages - 1)}
        self.html = render_to_string("print/running.html", context)
        self.layout = Tools("static:css/running.css").render(pdf.prepared(self.html))

    def bind(self, pieces, anchors):
        """Return the PDF of all sheets in order and, for each, {anchor in the book: in the piece}."""
        _tell_places(self.layout, pieces, anchors)
        self.layout.fonts = Shared(pieces)
        binder = Binder(pieces, _identifier(self.html, pieces))
        self.layout.write_pdf(finisher=binder.finish)
        return binder.content


def _identifier(html, pieces):
    digest = md5(html.encode(), usedforsecurity=False)
    for sheets in pieces:
        digest.update(b"".join(md5(t, usedforsecurity=False).digest() for t in sheets.objects))
    return digest.digest()


def _tell_places(frame, pieces, anchors):
    """Give the frame's pages the bookmarks and the anchors of the pages that will lie under them."""
    places = [
        (sheets, place, names)
        for sheets, names in zip(pieces, anchors, strict=True)
        for place in range(len(sheets.pages))
    ]
    for page in frame.pages:
        page.bookmarks, page.anchors, page.links = [], {}, []
    for page, (sheets, place, names) in zip(frame.pages, places, strict=False):
        page.bookmarks = [(m[0], m[1], tuple(m[2]), m[3]) for m in sheets.bookmarks[place]]
        here = sheets.anchors[place]
        page.anchors = {name: tuple(here[at]) for name, at in names.items() if at in here}


class Text(pydyf.Object):
    """An object that is written as it stands."""

    def __init__(self, data):
        super().__init__()
        self.text = data

    @property
    def data(self):
        """The object's bytes."""
        return self.text

    @property
    def compressible(self):
        """Only what is no stream may lie in a stream of objects."""
        return b"\nstream\n" not in self.text


class Binder:
    """Lays the pieces' pages under the frame's, and puts their structures together."""

    def __init__(self, pieces, identifier):
        self.pieces, self.identifier = pieces, identifier
        self.kids, self.parents = pydyf.Array(), pydyf.Array()

    def finish(self, document, file):
        """Turn the frame's file into the book; WeasyPrint calls it right before it writes."""
        self.file = file
        pages = [file.objects[number] for number in file.pages["Kids"][::3]]
        self.fonts = self._fonts(pages[0])
        self._drop_last(pages.pop())
        self.tree = self._add(pydyf.Dictionary({"Nums": self.parents}))
        self.root = self._add(pydyf.Dictionary({"Type": "/StructTreeRoot"}))
        self.top = self._add(pydyf.Dictionary({"Type": "/StructElem", "S": "/Document"}))
        for sheets in self.pieces:
            self._lay(sheets, pages[: len(sheets.pages)])
            del pages[: len(sheets.pages)]
        if pages:
            raise ValueError("the frame has more pages than the pieces")
        self._root()
        self._declare(document)
        self.content = written(file, self.identifier)
        del file.objects[3:]  # what WeasyPrint writes after this nobody reads

    def _fonts(self, page):
        resources = self._object(page["Resources"])
        return dict(self._object(resources["Font"]))

    def _object(self, reference):
        return self.file.objects[int(bytes(reference).split()[0])]

    def _add(self, item):
        self.file.add_object(item)
        return item

    def _drop_last(self, page):
        """Take away the page that only held the fonts."""
        del self.file.pages["Kids"][-3:]
        self.file.pages["Count"] -= 1
        self._object(page["Contents"]).stream = []
        page.clear()

    def _lay(self, sheets, pages):
        base, key = len(self.file.objects), len(self.parents) // 2
        running = b"".join(b"/%s%s %s" % (RUN, n.encode(), ref) for n, ref in self.fonts.items())
        marks = {
            b"page": lambda value: pages[int(value)].reference,
            b"root": lambda value: self.top.reference,
            b"font": lambda value: self.fonts[value.decode()],
            b"running": lambda value: running,
            b"key": lambda value: b"%d" % (key + int(value)),
            b"id": lambda value: b"(%d-%s)" % (base, value),
        }
        for text in sheets.objects:
            filled = fill(
                text, lambda number: b"%d 0 R" % (base + number), lambda k, v: marks[k](v)
            )
            self._add(Text(filled))
        for place, (page, facts) in enumerate(zip(pages, sheets.pages, strict=True)):
            self._under(page, facts, base)
            page["StructParents"], page["Tabs"] = key + place, "/S"
        self.kids.extend(b"%d 0 R" % (base + kid) for kid in sheets.kids)
        for at, value in enumerate(sheets.parents, start=key):
            many = isinstance(value, list)
            refs = [b"%d 0 R" % (base + each) for each in (value if many else [value])]
            self.parents.extend([at, pydyf.Array(refs) if many else refs[0]])

    def _under(self, page, facts, base):
        """Draw the frame's head and number as an artifact, then the piece's page."""
        head = self._object(page["Contents"])
        lines = [
            FONT_NAME.sub(rb"/%s\1 " % RUN, line) for line in head.stream if line not in OPAQUE
        ]
        head.stream = [b"/Artifact <</Type /Pagination>> BDC", b"q", *lines, b"Q", b"EMC"]
        contents = b"%d 0 R" % (base + facts["contents"])
        page["Contents"] = pydyf.Array([head.reference, contents])
        page["Resources"] = b"%d 0 R" % (base + facts["resources"])
        if facts["annots"]:
            page["Annots"] = pydyf.Array([b"%d 0 R" % (base + each) for each in facts["annots"]])

    def _root(self):
        self.root |= {
            "K": pydyf.Array([self.top.reference]),
            "ParentTree": self.tree.reference,
            "ParentTreeNextKey": len(self.parents) // 2,
        }
        self.top |= {"P": self.root.reference, "K": self.kids}

    def _declare(self, document):
        """Say that the file is tagged and meant to be PDF/UA-1, as WeasyPrint does for a plain one."""
        self.file.catalog |= {
            "StructTreeRoot": self.root.reference,
            "ViewerPreferences": pydyf.Dictionary({"DisplayDocTitle": "true"}),
            "MarkInfo": pydyf.Dictionary({"Marked": "true"}),
        }
        document.metadata.include_in_pdf(self.file, "ua", 1, conformance=None, compress=True)
