"""Real files with a number planted in each, made in the test that reads them."""

import io
import struct
import zipfile
import zlib

from openpyxl import Workbook

PLANTED = "홍길동 010-1234-5678"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def archive(members):
    """Return an archive of a dictionary of names to bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as found:
        for name, content in members.items():
            found.writestr(name, content)
    return stream.getvalue()


def xlsx(text=PLANTED):
    """Return a workbook with the text in a cell."""
    book, stream = Workbook(), io.BytesIO()
    book.active["B2"] = text
    book.save(stream)
    return stream.getvalue()


def docx():
    """Return a document whose number is split over two runs, as Word leaves it after a correction."""
    body = (
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>홍길동 010-12</w:t></w:r>'
        "<w:r><w:t>34-5678</w:t></w:r></w:p></w:body></w:document>"
    )
    return archive({"word/document.xml": body, "[Content_Types].xml": "<Types/>"})


def pptx():
    """Return a slide with the number."""
    slide = f'<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{PLANTED}</a:t></a:r></a:p></p:sld>'
    return archive({"ppt/slides/slide1.xml": slide})


def hwpx():
    """Return a Hangul document (OWPML) with the number."""
    body = f'<hs:sec xmlns:hs="s" xmlns:hp="p"><hp:p><hp:run><hp:t>{PLANTED}</hp:t></hp:run></hp:p></hs:sec>'
    return archive({"Contents/section0.xml": body, "mimetype": "application/hwp+zip"})


def pdf(text="010-1234-5678"):
    """Return a one-page PDF that says the text."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    found, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(found)
    found += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    found += b"".join(b"%010d 00000 n \n" % place for place in places)
    return found + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )


def hwp(text=PLANTED, flags=1):
    """Return a Hangul 5 document with one compressed section."""
    words = text.encode("utf-16-le") + b"\r\x00"
    record = struct.pack("<I", 67 | (len(words) << 20)) + words
    packer = zlib.compressobj(wbits=-15)
    section = packer.compress(record) + packer.flush()
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05000300, flags)
    return compound({"FileHeader": header.ljust(256, b"\0"), "BodyText/Section0": section})


def xls(text=PLANTED, number=8501011234567.0):
    """Return an Excel 97 workbook: one label, one number that is a registration number."""
    words = text.encode("utf-16-le")
    label = struct.pack("<HHHHB", 0, 0, 0, len(text), 1) + words
    figure = struct.pack("<HHHd", 1, 0, 0, number)
    data = b"".join(
        struct.pack("<HH", kind, len(body)) + body
        for kind, body in [(0x204, label), (0x203, figure)]
    )
    return compound({"Workbook": data})


def compound(streams):
    """Return a compound file (MS-CFB, 512-byte sectors) with these streams, each over 4096 bytes."""
    names = {}
    for path in streams:
        folder, _, leaf = path.rpartition("/")
        names.setdefault(folder, []).append(leaf)
    padded = {path: data.ljust(4608, b"\0") for path, data in streams.items()}
    entries = [("Root Entry", 5, b"")]
    for folder in [f for f in names if f]:
        entries.append((folder, 1, b""))
    entries += [(path, 2, data) for path, data in padded.items()]
    return _written(entries, names)


END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def _written(entries, names):
    """Lay out directory (sector 1, 2), FAT (sector 0) and the streams one after the other."""
    index = {name: number for number, (name, _, _) in enumerate(entries)}
    directory, chains, body = [], [FAT, 2, END], b""
    children = {
        folder: [f"{folder}/{leaf}".strip("/") for leaf in leaves]
        for folder, leaves in names.items()
    }
    folders = [f for f in names if f]
    children[""] = children.get("", []) + folders
    siblings = {}
    for inner in children.values():
        for left, right in zip(inner, inner[1:], strict=False):
            siblings[left] = index[right]
    for name, kind, data in entries:
        start = END
        if data:
            start = len(chains)
            sectors = len(data) // 512
            chains += [*range(start + 1, start + sectors), END]
            body += data
        inner = children.get("" if kind == 5 else name, []) if kind != 2 else []
        directory.append(
            _entry(name.rpartition("/")[2], kind, siblings.get(name, FREE),
                   index[inner[0]] if inner else FREE, start, len(data))
        )  # fmt: skip
    raw = b"".join(directory).ljust(1024, b"\0")
    fat = b"".join(struct.pack("<I", sector) for sector in chains).ljust(512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    return head.ljust(512, b"\xff") + fat + raw + body


def _entry(name, kind, right, child, start, size):
    words = (name + "\0").encode("utf-16-le")
    return (
        words.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(words), kind, 1, FREE, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
