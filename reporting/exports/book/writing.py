"""Writes the bound objects as a PDF file: small object streams, lightly pressed.

pydyf presses all 20,000 objects of a book into one stream at the hardest level, which takes as long as
printing five cards; readers open streams of a few hundred faster, too (ISO 32000-1, 7.5.7 and 7.5.8).
"""

import zlib
from hashlib import md5

import pydyf

TOGETHER = 200  # objects in one stream
LEVEL = 6


def written(file, identifier):
    """Return the bytes of a pydyf file whose objects are complete; `identifier` names its content."""
    file.add_object(file.info)
    out, places = bytearray(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"), {0: (0, 0, 65535)}
    loose = []
    for item in file.objects[1:]:
        text = item.data
        if item.compressible:
            loose.append((item.number, text))
        else:
            _put(out, places, item.number, text)
    number = len(file.objects)
    for start in range(0, len(loose), TOGETHER):
        group = loose[start : start + TOGETHER]
        _put(out, places, number, _object_stream(group))
        places |= {n: (2, number, at) for at, (n, _) in enumerate(group)}
        number += 1
    return bytes(_closed(out, places, number, file, identifier))


def _put(out, places, number, text):
    places[number] = (1, len(out), 0)
    out += b"%d 0 obj\n%s\nendobj\n" % (number, text)


def _stream(facts, data):
    data = zlib.compress(data, LEVEL)
    facts |= {"Filter": "/FlateDecode", "Length": len(data)}
    return b"%s\nstream\n%s\nendstream" % (pydyf.Dictionary(facts).data, data)


def _object_stream(group):
    index, at = [], 0
    for number, text in group:
        index.append(b"%d %d" % (number, at))
        at += len(text) + 1
    head = b" ".join(index) + b"\n"
    data = head + b"\n".join(text for _, text in group)
    return _stream({"Type": "/ObjStm", "N": len(group), "First": len(head)}, data)


def _closed(out, places, number, file, identifier):
    """End the file with its table of objects, itself the object `number`."""
    start = len(out)
    places[number] = (1, start, 0)
    rows = [places[n] for n in range(number + 1)]
    table = b"".join(
        kind.to_bytes(1, "big") + a.to_bytes(4, "big") + b.to_bytes(2, "big") for kind, a, b in rows
    )
    proof = md5(out, usedforsecurity=False).digest()
    facts = {
        "Type": "/XRef",
        "W": pydyf.Array([1, 4, 2]),
        "Size": number + 1,
        "Root": file.catalog.reference,
        "Info": file.info.reference,
        "ID": b"[<%s> <%s>]" % (identifier.hex().encode(), proof.hex().encode()),
    }
    out += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        number,
        _stream(facts, table),
        start,
    )
    return out
