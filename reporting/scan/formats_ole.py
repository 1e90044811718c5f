"""The older compound files: Hangul 5 (.hwp) and Excel 97 (.xls), as far as their records tell."""

import io
import re
import struct
import zlib

import olefile

from .formats_zip import Unread

MOST_SECTION = 60 * 1024 * 1024  # bytes of one unpacked section
PARA_TEXT = 67  # HWPTAG_PARA_TEXT
SHORT_CONTROLS = {0, 10, 13, *range(24, 32)}  # one unit; every other control takes eight
NUMBER, LABEL_LIKE, FILEPASS = 0x0203, (0x00FC, 0x0204, 0x003C, 0x001C, 0x01B6), 0x002F
RUNS = re.compile(rb"[\x20-\x7e]{4,}")
WIDE_RUNS = re.compile(rb"(?:[\x20-\x7e]\x00|[\x00-\xff][\x11\x31\xac-\xd7]){3,}")


def hwp_text(content):
    """Return the paragraphs of a Hangul 5 document; encrypted or distributed ones cannot be read."""
    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        if not ole.exists("FileHeader"):
            raise Unread("HWP 5 형식이 아니라 읽지 못했습니다.")
        flags = struct.unpack("<I", ole.openstream("FileHeader").read(40)[36:40])[0]
        if flags & 0b110:
            raise Unread("암호나 배포용 잠금이 걸려 있어 읽지 못했습니다.")
        sections = [ole.openstream(path).read() for path in ole.listdir() if path[0] == "BodyText"]
    texts = [_paragraphs(_unpacked(data) if flags & 1 else data) for data in sections]
    return "\n".join(texts)


def _unpacked(data):
    unpacker = zlib.decompressobj(-15)
    found = unpacker.decompress(data, MOST_SECTION)
    if unpacker.unconsumed_tail:
        raise Unread("풀면 지나치게 커지는 파일이라 읽지 않았습니다.")
    return found


def _paragraphs(data):
    """Return the text of the paragraph records of one section, one per line."""
    found, place = [], 0
    while place + 4 <= len(data):
        head = struct.unpack_from("<I", data, place)[0]
        place, size = place + 4, head >> 20
        if size == 0xFFF:
            size = struct.unpack_from("<I", data, place)[0]
            place += 4
        if head & 0x3FF == PARA_TEXT:
            found.append(_without_controls(data[place : place + size]))
        place += size
    return "\n".join(found)


def _without_controls(data):
    found, place = [], 0
    while place + 2 <= len(data):
        code = struct.unpack_from("<H", data, place)[0]
        if code >= 32:
            found.append(data[place : place + 2])
            place += 2
        else:
            found.append(b"\n\x00")
            place += 2 if code in SHORT_CONTROLS else 16
    return b"".join(found).decode("utf-16-le", errors="replace")


def xls_text(content):
    """Return the strings and whole numbers of an Excel 97 workbook, one per line."""
    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        name = next((n for n in ("Workbook", "Book") if ole.exists(n)), None)
        if name is None:
            raise Unread("Excel 97 형식이 아니라 읽지 못했습니다.")
        data = ole.openstream(name).read()
    found, place = [], 0
    while place + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, place)
        body = data[place + 4 : place + 4 + size]
        place += 4 + size
        if kind == FILEPASS:
            raise Unread("암호가 걸려 있어 읽지 못했습니다.")
        if kind == NUMBER and len(body) >= 14:
            value = struct.unpack_from("<d", body, 6)[0]
            found += [str(int(value))] if value.is_integer() and abs(value) < 1e15 else []
        elif kind in LABEL_LIKE:
            found += [run.decode("ascii") for run in RUNS.findall(body)]
            found += [run.decode("utf-16-le", "replace") for run in WIDE_RUNS.findall(body)]
    return "\n".join(found)
