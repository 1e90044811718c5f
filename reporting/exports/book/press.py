"""Prints pieces with WeasyPrint, in this process or in several at once; the children see HTML only.

A piece is printed without its fonts: the book embeds each font once, with the letters of all pieces.
"""

import gc
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from hashlib import sha256
from multiprocessing import forkserver, get_context

import pydyf
import weasyprint
from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration

from reporting.exports import pdf

from .sheets import Sheets, fill

FORMAT = 1  # raise it whenever the same HTML makes other sheets
STYLESHEETS = (*pdf.STYLESHEETS, "static:css/bound.css")
PIECES_PER_CHILD = 40  # about 250 MB
FONTS = tuple(
    f"static:vendor/pretendard-gov/otf/PretendardGOV-{w}.otf" for w in ("Regular", "Bold")
)


class Tools:
    """What every piece is printed with, read once for a process: style sheets, fonts, the fetcher."""

    def __init__(self, *more):
        self.fetcher = pdf.StaticOnly()
        shared = {"font_config": FontConfiguration(), "counter_style": CounterStyle()}
        names = (*pdf.STYLESHEETS, *more)
        self.options = {
            "stylesheets": [CSS(name, url_fetcher=self.fetcher, **shared) for name in names],
            "presentational_hints": True,
            **shared,
        }

    def render(self, html, **options):
        """Return the page laid out by WeasyPrint; raise Refused when it asks elsewhere."""
        self.fetcher.refused.clear()
        with pdf.refusals(self.fetcher):
            return HTML(string=html, url_fetcher=self.fetcher).render(**self.options, **options)


@cache
def _tools():
    return Tools("static:css/bound.css")


def edition():
    """Return what all pieces depend on beside their HTML: styles, fonts, versions, our own format."""
    fetcher = pdf.StaticOnly()
    files = [fetcher.fetch(name).read() for name in (*STYLESHEETS, *FONTS)]
    parts = [
        f"{FORMAT} {weasyprint.__version__} {pydyf.__version__} {pango.pango_version()}".encode()
    ]
    return sha256(b"".join(sha256(part).digest() for part in (*parts, *files))).hexdigest()


def ready(html):
    """Return a piece's HTML as the printer takes it: what its key is made of."""
    return pdf.prepared(html)


def printed(html):
    """Return one ready piece as packed sheets."""
    document = _tools().render(html, pdf_variant="pdf/ua-1")
    document.fonts = Unembedded()
    sheets = Sheets()
    with pdf.refusals(_tools().fetcher):
        document.write_pdf(
            finisher=lambda document, file: _take(document, file, sheets), pdf_variant="pdf/ua-1"
        )
    return sheets.pack()


class Unembedded(dict):
    """The fonts of a piece; ours are left out when the file is written, any other goes with the piece."""

    def __setitem__(self, key, font):
        embed = font.clean

        def clean(to_unicode, hinting):
            if font.hash in self.shared:
                font.file_content = font.file_content[:4]  # what tells OpenType from TrueType
            else:
                embed(to_unicode, hinting)

        font.clean = clean
        super().__setitem__(key, font)

    @property
    def shared(self):
        """The names of our fonts; one that lacks a letter of this piece is written its own way."""
        lacking = {font.hash for font in self.values() if font.missing or font.family != pdf.FONT}
        return {font.hash for font in self.values()} - lacking


# --- from WeasyPrint's file to sheets ---------------------------------------------------------
def _take(document, file, sheets):
    """Fill the sheets from the file WeasyPrint is about to write."""
    pages = [file.objects[number] for number in file.pages["Kids"][::3]]
    root = _object(file, file.catalog["StructTreeRoot"])
    tree = _object(file, root["ParentTree"])["Nums"]
    top = _object(file, root["K"][0])
    marks = {file.pages.number: b"@pages:", top.number: b"@root:"}
    marks |= {page.number: b"@page:%d" % place for place, page in enumerate(pages)}
    _mark_ids(file)
    _share_fonts(document, file, pages)
    for page in document.pages:
        sheets.anchors.append({name: list(at) for name, at in page.anchors.items()})
        sheets.bookmarks.append([[m[0], m[1], list(m[2]), m[3]] for m in page.bookmarks])
    numbers = _Numbers(file, marks)
    for page in pages:
        sheets.pages.append(
            {
                "contents": numbers.of(page["Contents"]),
                "resources": numbers.of(page["Resources"]),
                "annots": [numbers.of(each) for each in page.get("Annots", [])],
            }
        )
    sheets.kids = [numbers.of(kid) for kid in top["K"]]
    sheets.parents = [
        [numbers.of(each) for each in value] if isinstance(value, list) else numbers.of(value)
        for value in tree[1::2]
    ]
    sheets.fonts = _glyphs(document)
    sheets.objects = numbers.texts()
    del file.objects[3:]  # what WeasyPrint writes after this nobody reads


def _object(file, reference):
    return file.objects[_number(reference)]


def _number(reference):
    return int(bytes(reference).split()[0])


def _mark_ids(file):
    """Put marks where the book counts on: ids of table cells, keys of links; lead links to the book."""
    for item in file.objects:
        if not isinstance(item, pydyf.Dictionary):
            continue
        if "ID" in item:
            item["ID"] = _id(item["ID"])
        if isinstance(item.get("A"), dict) and "Headers" in item["A"]:
            item["A"]["Headers"] = pydyf.Array([_id(each) for each in item["A"]["Headers"]])
        if "StructParent" in item:
            item["StructParent"] = b"@key:%d" % item["StructParent"]
        target = getattr(item.get("Contents"), "string", "")
        if item.get("Subtype") == "/Link" and target.startswith("book:"):
            del item["A"]
            item["Dest"] = pydyf.String(target.removeprefix("book:"))
            item["Contents"] = pydyf.String("이 쪽으로 가기")


def _id(string):
    return b"@id:" + string.string.encode()


def _share_fonts(document, file, pages):
    """Let the piece name our fonts as the book's; what it brings itself stays."""
    fonts = _object(file, _object(file, pages[0]["Resources"])["Font"])
    marks = {name: b"@font:" + name.encode() for name in document.fonts.shared}
    names = b"".join(b"/%s %s" % (n.encode(), ref) for n, ref in {**fonts, **marks}.items())
    file.objects[fonts.number] = _Text(b"<<@running:" + names + b">>")


def _glyphs(document):
    """Return {font: {glyph: [text, width]}} of the fonts that are left out."""
    found = {name: {} for name in sorted(document.fonts.shared)}
    for font in document.fonts.values():
        if font.hash in found:
            found[font.hash] |= {
                str(glyph): [text, font.widths[glyph]] for glyph, text in font.to_unicode.items()
            }
    return found


class _Text:
    """An object that is written as it stands."""

    def __init__(self, data):
        self.data = data


def _as_it_stands(kind, value):
    return b"@%s:%s" % (kind, value)


class _Numbers:
    """Gives the objects that the pages need new numbers, from 0, in the order they are met."""

    def __init__(self, file, marks):
        self.file, self.marks, self.places, self.queue = file, marks, {}, []

    def of(self, reference):
        """Return the new number of a reference's object."""
        number = reference if isinstance(reference, int) else _number(reference)
        if number not in self.places:
            self.places[number] = len(self.queue)
            self.queue.append(number)
        return self.places[number]

    def _reference(self, number):
        return self.marks.get(number) or b"%d 0 R" % self.of(number)

    def texts(self):
        """Return the text of every object met so far and of every object these need."""
        found = []
        for number in self.queue:  # it grows while it is read
            text = self.file.objects[number].data
            found.append(fill(text, self._reference, _as_it_stands))
        return found


# --- several at once --------------------------------------------------------------------------
def prepare(places):
    """Get a child ready before its first piece; it prints some and ends, so nothing is swept up.

    Of the site's settings it knows only `places`, where static files lie: no secret, no database.
    """
    if not settings.configured:
        settings.configure(**places)
    _tools()
    gc.freeze()
    gc.disable()


def _places():
    return {
        "STATICFILES_DIRS": settings.STATICFILES_DIRS,
        "STATIC_ROOT": settings.STATIC_ROOT,
        "STATICFILES_FINDERS": ["django.contrib.staticfiles.finders.FileSystemFinder"],
    }


class Presses:
    """Several processes that print: `with Presses() as presses: presses.start({key: html})`.

    They are forked from a server of processes that never saw this one's memory, connections or
    threads; the server outlives the book and is warm for the next.
    """

    def __init__(self, count=None):
        context = get_context("forkserver")
        context.set_forkserver_preload([__name__])
        forkserver.ensure_running()  # it reads our modules while the document is cut into pieces
        self.pool = ProcessPoolExecutor(
            count or os.cpu_count() or 1,
            context,
            prepare,
            (_places(),),
            max_tasks_per_child=PIECES_PER_CHILD,
        )

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.pool.shutdown(cancel_futures=True)

    def start(self, pieces):
        """Begin to print ready pieces; return an iterator of (key, packed sheets) as they are done."""
        jobs = {self.pool.submit(printed, html): key for key, html in pieces.items()}
        return ((jobs[job], job.result()) for job in as_completed(jobs))
