"""A document in, a PDF out (tagged, pdf/ua-1). The only file that knows WeasyPrint.

Nothing a user typed can make the printer read a file or call the network: it may ask only for our
own static files, by name (docs/decisions/0004-documents.md).
"""

import logging
import re
from contextlib import contextmanager
from hashlib import md5
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reporting.exports.html import page

SCHEME = "static:"
TYPES = {
    ".css": "text/css",
    ".otf": "font/otf",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
STYLESHEETS = ("static:css/document.css", "static:css/paper.css")
FONT = "Pretendard GOV"
# They tell every step of every page at INFO.
for chatty in ("weasyprint.progress", "fontTools"):
    logging.getLogger(chatty).setLevel(logging.WARNING)
WORD_JOINER = "\u2060"


class Refused(Exception):
    """The document asked for something other than our own static files; no PDF was made."""


class StaticOnly(URLFetcher):
    """Serves `static:<name>` from our static files; any other address stops the rendering."""

    def __init__(self):
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.refused = []

    def fetch(self, url, headers=None):
        """Return the static file that `url` names; raise what stops the rendering otherwise."""
        kind = TYPES.get(PurePosixPath(url).suffix)
        path = _static_file(url.removeprefix(SCHEME)) if url.startswith(SCHEME) and kind else None
        if path is None:
            self.refused.append(url)
            raise FatalURLFetchingError(f"문서가 허용되지 않은 주소를 불렀습니다: {url[:200]}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def pdf(document):
    """Return the document as PDF bytes, the same bytes for the same document; may raise Refused."""
    return render(page(document))


def render(html):
    """Return a page of our own templates as PDF bytes; raise Refused when it asks elsewhere."""
    html = prepared(html)
    fetcher = StaticOnly()
    with refusals(fetcher):
        return HTML(string=html, url_fetcher=fetcher).write_pdf(
            stylesheets=STYLESHEETS,
            pdf_variant="pdf/ua-1",
            pdf_identifier=md5(html.encode(), usedforsecurity=False).digest(),
            presentational_hints=True,
        )


def prepared(html):
    """Return a page of our own templates as the printer takes it: words kept whole, drawings with a font."""
    # A style sheet stops at an inline drawing, so the drawing carries the font's name itself.
    return keep_words(html).replace("<svg ", f'<svg font-family="{FONT}" ')


@contextmanager
def refusals(fetcher):
    """Raise Refused for whatever the printer asked for in vain while it worked with `fetcher`."""
    try:
        yield
    except FatalURLFetchingError as refusal:
        # WeasyPrint's class is no Exception: left alone it would end the server's worker.
        raise Refused(str(refusal)) from None
    if fetcher.refused:
        # A drawing swallows the refusal and leaves a hole: the page is refused all the same.
        raise Refused(f"문서가 허용되지 않은 주소를 불렀습니다: {fetcher.refused[0][:200]}")


def _static_file(name):
    """Return the path of one of our static files, or None; a name that climbs is None too."""
    if ".." in name.split("/"):
        return None
    try:
        found = finders.find(name)
        if not found and settings.STATIC_ROOT:
            found = safe_join(settings.STATIC_ROOT, name)
    except (SuspiciousFileOperation, ValueError):
        return None
    return Path(found) if found and Path(found).is_file() else None


# --- Korean lines -----------------------------------------------------------------------------
TAG = re.compile(r"(<title>.*?</title>|<svg.*?</svg>|<[^>]*>)", re.DOTALL)
INSIDE_WORD = re.compile(
    r"(?<=[가-힣])(?=[가-힣0-9A-Za-z%(『「【])|(?<=[0-9A-Za-z%)』」】])(?=[가-힣])"
)


def keep_words(html):
    """Join the letters of Korean words in the page's text, so that lines break at spaces only.

    WeasyPrint has no `word-break: keep-all`. Our templates escape `<` and `>` in text and in
    attributes, so a tag ends at the first `>`.
    """
    pieces = TAG.split(html)
    pieces[::2] = [INSIDE_WORD.sub(WORD_JOINER, piece) for piece in pieces[::2]]
    return "".join(pieces)
