"""Hostile and broken workbooks: each refused with one sentence, nothing kept, time and memory bounded."""

import io
import random
import resource
import zipfile

import pytest
from openpyxl import Workbook

from pledges.models import PledgeReport
from reporting.imports import reader, zips
from reporting.imports.zips import Unsafe
from reporting.models import Upload
from tests.reporting.workbooks import bring, opened, packed, take, words

SECOND = 1.5  # of CPU, child included; the file itself asks for minutes
STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
SHEET1 = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def zipped(members, method=DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def plain_book():
    book = Workbook()
    book.active["A1"] = "값"
    return packed(book)


def spoiled(content, **changes):
    """Return a workbook with members put in or replaced; names are paths with `__` for the slash."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped(members | changes)


def with_sheet(xml):
    return spoiled(plain_book(), **{SHEET1: xml})


def one_cell(text):
    cell = f'<row r="1"><c t="inlineStr"><is><t>{text}</t></is></c></row>'
    return f"<worksheet {MAIN}><sheetData>{cell}</sheetData></worksheet>"


def far_cell():
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = 1, 1
    return packed(book)


def bomb(size=300 * 1024 * 1024):
    return spoiled(plain_book(), **{"xl/media/a.bin": bytes(size)})


def laughs():
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    return f"<!DOCTYPE worksheet [{entities}]>{one_cell('&a9;')}"


def outside():
    doctype = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return doctype + one_cell("&x;")


def many_cells():
    numbers = random.Random(1)
    rows = "".join(
        f"<row>{''.join(f'<c><v>{numbers.randrange(999)}</v></c>' for _ in range(150))}</row>"
        for _ in range(3000)
    )
    return with_sheet(f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>")


def locked():
    return zips.OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)


def lying():
    """Say in the zip's directory that a member is under a password."""
    content = bytearray(plain_book())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def twice():
    out = io.BytesIO(plain_book())
    with pytest.warns(UserWarning), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


FILES = {
    "far cell": (far_cell, "1,048,576행 16,384열에 값이 있습니다"),
    "zip bomb": (bomb, "풀면 60MB를 넘는"),
    "pressed too hard": (lambda: bomb(50 * 1024 * 1024), "지나치게 압축된"),
    "thousands of members": (
        lambda: zipped({f"xl/{n}.xml": b"" for n in range(5000)}),
        "5,000개나 들어 있어",
    ),
    "way out": (lambda: spoiled(plain_book(), **{"../../etc/x": b"x"}), "밖을 가리키는 이름"),
    "absolute": (lambda: spoiled(plain_book(), **{"/etc/x": b"x"}), "밖을 가리키는 이름"),
    "backslash": (lambda: spoiled(plain_book(), **{"xl\\..\\..\\x": b"x"}), "밖을 가리키는 이름"),
    "macros": (lambda: spoiled(plain_book(), **{"xl/vbaProject.bin": b"x"}), "매크로가 든 파일"),
    "password": (locked, "암호가 걸린 파일"),
    "member under a password": (lying, "암호가 걸린 파일"),
    "same name twice": (twice, "같은 이름이 두 번"),
    "old xls": (lambda: zips.OLE + bytes(4000), "옛 형식(.xls 등)"),
    "entity bomb": (lambda: with_sheet(laughs()), "엑셀 파일로 읽을 수 없습니다"),
    "entity in the styles": (
        lambda: spoiled(plain_book(), **{"xl/styles.xml": laughs()}),
        "엑셀 파일로 읽을 수 없습니다",
    ),
    "file from outside": (lambda: with_sheet(outside()), "엑셀 파일로 읽을 수 없습니다"),
    "too many cells": (many_cells, "칸이 너무 많습니다"),
    "10 MB": (lambda: zipped({"x": bytes(10 * 1024 * 1024)}, STORED), "5MB를 넘는"),
    "csv": (lambda: "번호,추진율\n1-1,45\n".encode(), "파일 이름과 내용이 다릅니다"),
    "empty": (lambda: b"", "빈 파일"),
    "truncated": (lambda: plain_book()[:-200], "파일이 깨졌습니다"),
    "other zip": (lambda: zipped({"a.txt": b"x"}), "파일 이름과 내용이 다릅니다"),
    "broken xml": (lambda: with_sheet("<worksheet><row>"), "엑셀 파일로 읽을 수 없습니다"),
    "no such text": (
        lambda: with_sheet(
            f'<worksheet {MAIN}><sheetData><row r="1"><c t="s"><v>99</v></c></row></sheetData></worksheet>'
        ),
        "엑셀 파일로 읽을 수 없습니다",
    ),
    "not ours": (plain_book, "이 누리집에서 받은 양식이 아닙니다"),
}


def cpu():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_hostile_file_is_refused_in_a_second_with_a_sentence(name, quarter, people):
    make, sentence = FILES[name]
    content, client_side = make(), cpu()
    answer, upload = bring(people["writer"], content)
    assert cpu() - client_side < SECOND
    assert answer.status_code == 422 and sentence in words(answer)
    assert upload is None and not Upload.objects.exists()
    assert not PledgeReport.objects.filter(submission__period=quarter, version__gt=1).exists()


def test_the_child_may_not_take_more_memory_than_it_is_given():
    texts = "".join(f"<si><t>{n:064d}</t></si>" for n in range(500_000))
    content = spoiled(plain_book(), **{"xl/sharedStrings.xml": f"<sst {MAIN}>{texts}</sst>"})
    limits = zips.Limits(ratio=1000)
    assert reader.read(io.BytesIO(content), limits=limits)
    with pytest.raises(Unsafe, match="기억 공간이 너무 많이"):
        reader.read(io.BytesIO(content), limits=limits, memory=64 * zips.MB)


@pytest.mark.parametrize("part", ["sheet", "name"])
def test_a_resident_registration_number_anywhere_keeps_the_whole_file_out(quarter, people, part):
    book = opened(take(people["writer"]))
    if part == "sheet":
        book.create_sheet("메모")["C7"] = "홍길동 900101-1234567"
    name = "900101-1234567.xlsx" if part == "name" else "a.xlsx"
    answer, upload = bring(people["writer"], packed(book), name)
    said = words(answer)
    assert "주민등록번호로 보이는 숫자" in said and "1234567" not in said
    assert {"sheet": "메모 C7", "name": "파일 이름"}[part] in said
    assert upload is None and not Upload.objects.exists()


def test_a_forged_hidden_sheet_is_not_ours(quarter, people):
    book = opened(take(people["stranger"]))
    book["_meta"]["C2"] = str(people["writer"].department_id)
    answer, _ = bring(people["writer"], packed(book))
    assert "이 누리집에서 받은 양식이 아닙니다" in words(answer)


def test_inspect_returns_the_names_and_leaves_the_file_at_its_start():
    file = io.BytesIO(zipped({"a.pdf": b"x", "b/한글.hwp": b"y"}))
    assert zips.inspect(file) == ["a.pdf", "b/한글.hwp"]
    assert file.tell() == 0
    macro = io.BytesIO(zipped({"word/vbaProject.bin": b"x"}))
    assert zips.inspect(macro, macros=True)
    with pytest.raises(Unsafe):
        zips.inspect(macro)
