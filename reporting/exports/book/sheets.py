"""A printed piece as bytes that can be kept and bound: its PDF objects with marks for what the book decides.

The text of an object holds `12 0 R` for objects of the same piece (numbered from 0) and, where the book
decides, a mark: `@page:0` a page, `@root:` the root of the structure, `@font:ABCDEF` a font all share,
`@running:` the fonts of the running heads, `@key:0` a key of the parent tree, `@id:12-0-1` the id of a
table's cell.
"""

import json
import re
from dataclasses import dataclass, field
from hashlib import sha256

# Strings come first: what looks like a mark inside one is somebody's text.
MARK = re.compile(rb"\((?:[^()\\]|\\.)*\)|@([a-z]+):([0-9A-Za-z-]*)|\b(\d+) 0 R\b", re.DOTALL)
STREAM = b"\nstream\n"


class Damaged(ValueError):
    """The kept bytes are not what was written."""


@dataclass
class Sheets:
    """One piece's pages and all they need; object numbers count from 0 within the piece."""

    pages: list = field(
        default_factory=list
    )  # {"contents", "resources", "annots": [object numbers]}
    anchors: list = field(default_factory=list)  # per page {name: [x, y]} in CSS pixels
    bookmarks: list = field(default_factory=list)  # per page [level, label, [x, y], state]
    kids: list = field(default_factory=list)  # objects under the root of the structure
    parents: list = field(
        default_factory=list
    )  # per key: a list of objects (a page) or one (a link)
    fonts: dict = field(default_factory=dict)  # {name: {glyph: [text, width]}} of the shared fonts
    objects: list = field(default_factory=list)  # bytes, in order

    def pack(self):
        """Return the sheets as bytes that prove themselves; `unpack` reads them."""
        facts = {name: value for name, value in vars(self).items() if name != "objects"}
        head = json.dumps({**facts, "sizes": [len(text) for text in self.objects]}).encode()
        body = head + b"\n" + b"".join(self.objects)
        return sha256(body).hexdigest().encode() + b"\n" + body


def unpack(content):
    """Return the sheets that `pack` wrote; raise Damaged for anything else."""
    proof, _, body = content.partition(b"\n")
    if sha256(body).hexdigest().encode() != proof:
        raise Damaged("저장된 조각이 온전하지 않습니다.")
    head, _, rest = body.partition(b"\n")
    facts = json.loads(head)
    objects, at = [], 0
    for size in facts.pop("sizes"):
        objects.append(rest[at : at + size])
        at += size
    return Sheets(**facts, objects=objects)


def fill(text, reference, mark):
    """Return an object's text with `reference(number)` for objects and `mark(kind, value)` for marks."""
    head, stream, data = text.partition(STREAM)

    def put(found):
        if found[3]:
            return reference(int(found[3]))
        return mark(found[1], found[2]) if found[1] else found[0]

    return MARK.sub(put, head) + stream + data
