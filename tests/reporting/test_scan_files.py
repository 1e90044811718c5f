"""Getting text out of every kind of evidence, and refusing hostile files in a sentence, quickly."""

import io
import time
import zipfile

import pytest

from reporting.scan.files import read_bytes
from reporting.scan.formats_zip import MOST_MEMBERS
from reporting.scan.patterns import find
from tests.reporting import scanned


def kinds(text):
    return [hit.masked for hit in find(text)]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("xlsx", scanned.xlsx()),
        ("docx", scanned.docx()),
        ("pptx", scanned.pptx()),
        ("hwpx", scanned.hwpx()),
        ("pdf", scanned.pdf()),
        ("hwp", scanned.hwp()),
        ("txt", scanned.PLANTED.encode()),
        ("csv", scanned.PLANTED.encode("cp949")),
        ("zip", scanned.archive({"명단.txt": scanned.PLANTED, "속/명단.xlsx": scanned.xlsx()})),
    ],
)
def test_a_planted_number_is_found(kind, content):
    text, unread = read_bytes(kind, content)
    assert (kinds(text), unread) == (["010-****-5678"], [])


def test_an_old_workbook_tells_its_strings_and_its_numbers():
    text, unread = read_bytes("xls", scanned.xls())
    assert (kinds(text), unread) == (["010-****-5678", "8*****-1******"], [])


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        ("png", b"\x89PNG", "그림이라"),
        ("jpg", b"\xff\xd8", "그림이라"),
        ("pdf", scanned.pdf(""), "1쪽에 글이 없습니다"),
        ("pdf", b"%PDF-1.4 broken", "깨져 있거나"),
        ("xlsx", b"PK\x03\x04 broken", "압축이 깨져"),
        ("hwp", scanned.hwp(flags=3), "암호나 배포용"),
        ("hwp", b"\xd0\xcf\x11\xe0 broken", "깨져 있거나"),
        ("exe", b"MZ", "읽을 줄 모릅니다"),
        ("", b"x", "읽을 줄 모릅니다"),
        ("zip", scanned.archive({"사진.jpg": b"\xff\xd8"}), "사진.jpg: 그림이라"),
        ("docx", scanned.archive({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
         "깨져 있거나"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(kind, content, why):
    _, unread = read_bytes(kind, content)
    assert why in " ".join(unread)


def nested(depth):
    content = scanned.archive({"명단.txt": scanned.PLANTED})
    for _ in range(depth):
        content = scanned.archive({"속.zip": content})
    return content


def bomb(size=300 * 1024 * 1024):
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as member,
    ):
        for _ in range(size // (1024 * 1024)):
            member.write(b" " * 1024 * 1024)
    return stream.getvalue()


def lying(content):
    """Return an archive whose directory tells a small size for a large member."""
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream) as archive:
        told = archive.infolist()[0].file_size.to_bytes(4, "little")
    place = content.rindex(b"PK\x01\x02") + 24
    assert content[place : place + 4] == told
    return content[:place] + (1000).to_bytes(4, "little") + content[place + 4 :]


def huge_sheet():
    """Return a small workbook that unpacks to a sheet of a million cells."""
    cells = "<row>" + "<c><v>1</v></c>" * 1000 + "</row>"
    return scanned.archive({"xl/worksheets/sheet1.xml": f"<sheet>{cells * 4000}</sheet>"})


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        ("xlsx", bomb, "지나치게 커지는"),
        ("zip", bomb, "지나치게 커지는"),
        ("zip", lambda: lying(bomb()), "읽지"),
        ("xlsx", huge_sheet, "지나치게"),
        ("zip", lambda: nested(3), "여러 겹"),
        ("zip", lambda: scanned.archive({f"{n}.txt": b"" for n in range(MOST_MEMBERS + 1)}),
         "안에 든 파일이 3,001개"),
    ],
    ids=["bomb in a workbook", "bomb", "lying bomb", "huge sheet", "nested", "many members"],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_a_sentence_and_quickly(kind, content, why):
    content = content()
    began = time.monotonic()
    text, unread = read_bytes(kind, content)
    assert why in " ".join(unread)
    assert len(text) < 5_000_000
    assert time.monotonic() - began < 30


def test_one_level_of_archive_in_an_archive_is_read():
    assert kinds(read_bytes("zip", nested(1))[0]) == ["010-****-5678"]
