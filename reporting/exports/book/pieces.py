"""A long document cut into pieces that are printed apart: at every page break and at every card.

A piece's HTML says nothing of the rest of the book (no page numbers, no running heads, anchors of its
own), so that an unchanged card is the same piece in the next quarter's book.
"""

from dataclasses import dataclass, replace

from django.template.loader import render_to_string

from reporting import documents as d
from reporting.exports import html


@dataclass(frozen=True)
class Piece:
    """Some nodes that begin a page: `front` with the title before them; `label` says what they are."""

    document: d.Document
    nodes: tuple
    front: bool = False
    label: str = ""

    @property
    def is_late(self):
        """Say whether it tells the pages of others, and so is printed after them."""
        return any(isinstance(node.block, d.Contents) for node in self.nodes)

    @property
    def anchors(self):
        """Return {anchor in the book: anchor in the piece} of its headings, in order."""
        return {
            node.anchor: f"at-{place}"
            for place, node in enumerate(self.nodes)
            if isinstance(node.block, (d.Part, d.Task, d.Card, d.Heading))
        }

    def page(self, pages=None):
        """Return the piece as an HTML page; `pages` {anchor: number} are what its contents tell."""
        anchors = self.anchors
        nodes = [
            _contents(node, pages or {})
            if isinstance(node.block, d.Contents)
            else replace(node, anchor=anchors.get(node.anchor, ""))
            for node in self.nodes
        ]
        context = {"document": self.document, "nodes": nodes, "front": self.front}
        return render_to_string("print/piece.html", context)


def _contents(node, pages):
    view = [(kind, entry, pages.get(entry.anchor, "")) for kind, entry in node.view]
    return replace(node, template="print/parts/boundcontents.html", view=view)


def cut(document):
    """Return the document's pieces in order."""
    runs = [[]]
    for node in html.context(document)["nodes"]:
        before = runs[-1][-1].block if runs[-1] else None
        # The first card stands under the heading of its part.
        is_card = isinstance(node.block, d.Card) and not isinstance(before, d.Part)
        if is_card or isinstance(node.block, d.PageBreak):
            runs.append([])
        runs[-1].append(node)
    return [
        Piece(document, tuple(run), front=place == 0, label=_label(run))
        for place, run in enumerate(runs)
        if run or place == 0
    ]


def _label(run):
    """Return `Ⅱ 분야별 현황` or `관리카드 1-1 …`: the last heading a piece is known by."""
    known = [n for n in run if isinstance(n.block, (d.Part, d.Card))]
    return f"{known[-1].mark} {known[-1].block.title}".strip() if known else "표지와 순서"
