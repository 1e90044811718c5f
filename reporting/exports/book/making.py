"""The whole way of a long document: pieces, sheets from the shelf or the presses, binding."""

from dataclasses import dataclass

from . import binding, pieces, press
from .shelf import Shelf

PASSES = 3  # the contents may run on to another page once their numbers are known


@dataclass(frozen=True)
class Made:
    """The finished book: its bytes, its pages, and how many of its pieces had to be printed."""

    content: bytes
    pages: int
    printed: int
    reused: int


def make(document, tell=lambda done, total, doing: None, *, folder=None, processes=None):
    """Return the document as a bound PDF (`Made`); `tell` hears how far it is. May raise Refused."""
    with press.Presses(processes) as presses:
        return _Work(document, presses, Shelf(press.edition(), folder), tell).finish()


class _Work:
    """One book under way: its pieces and the sheets found or printed for each."""

    def __init__(self, document, presses, shelf, tell):
        self.document, self.presses, self.shelf, self.tell = document, presses, shelf, tell
        self.pieces = pieces.cut(document)
        self.sheets = [None] * len(self.pieces)
        self.done = 0
        self.fresh = set()

    def finish(self):
        """Print what is not on the shelf and bind all; contents once blank, then with their pages."""
        self._collect(self._start({n: piece.page() for n, piece in enumerate(self.pieces)}))
        late = [n for n, piece in enumerate(self.pieces) if piece.is_late]
        for _ in range(PASSES):
            lengths = self._lengths()
            pages = self._pages()
            jobs = self._start({n: self.pieces[n].page(pages) for n in late})
            frame = binding.Frame(self.document, sum(lengths))  # meanwhile
            self._collect(jobs)
            if self._lengths() == lengths:
                break
        self._say("묶는 중: 쪽 번호, 책갈피, 글꼴")
        content = frame.bind(self.sheets, [piece.anchors for piece in self.pieces])
        printed = len(self.fresh)
        return Made(content, sum(lengths), printed, len(self.pieces) - printed)

    def _start(self, html):
        """Take the sheets of these pieces from the shelf; begin to print the others, long ones first."""
        ready = {n: press.ready(text) for n, text in html.items()}
        missing = {}
        for n in sorted(ready, key=lambda n: -len(ready[n])):
            key = self.shelf.key(ready[n])
            self.sheets[n] = self.shelf.find(key)
            if self.sheets[n] is None:
                missing[n, key] = ready[n]
            else:
                self.done += 1
        return self.presses.start(missing)

    def _collect(self, jobs):
        """Keep what is printed as it comes, and say so."""
        for (n, key), content in jobs:
            self.sheets[n] = self.shelf.keep(key, content)
            self.fresh.add(n)
            self.done += 1
            self._say(f"만드는 중: {self.pieces[n].label}")

    def _say(self, doing):
        self.tell(min(self.done, len(self.pieces)), len(self.pieces) + 1, doing)

    def _lengths(self):
        return [len(sheets.pages) for sheets in self.sheets]

    def _pages(self):
        """Return {anchor: page number} of the whole book; the cover is not counted."""
        found, start = {}, 0 if self.document.cover else 1
        for piece, sheets in zip(self.pieces, self.sheets, strict=True):
            for name, inside in piece.anchors.items():
                here = [at for at, names in enumerate(sheets.anchors) if inside in names]
                found[name] = start + here[0]
            start += len(sheets.pages)
        return found
