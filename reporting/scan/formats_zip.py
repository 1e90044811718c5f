"""Archives and the office formats that are one: looked at before a byte is unpacked (safety.md)."""

import io
import zipfile

from defusedxml.ElementTree import iterparse

OFFICE = ("xlsx", "docx", "pptx", "hwpx")
MOST_MEMBERS = 3000
MOST_UNPACKED = 200 * 1024 * 1024  # bytes in all
MOST_XML = 60 * 1024 * 1024  # bytes of one part of a document
RATIO, SMALL = 200, 1024 * 1024  # text packs well; only above a megabyte is the ratio a sign
MOST_TEXT = 4_000_000
# The ends of elements that end a stretch of text: paragraph, cell, shared string, comment, slide text.
STOPS = {"p", "c", "si", "comment", "text", "lpwstr"}


class Unread(Exception):
    """Why a file cannot be read, as a sentence."""


def check_archive(stream):
    """Return the opened archive, or raise `Unread` for what is encrypted, broken or made to burst."""
    try:
        archive = zipfile.ZipFile(stream)
    except zipfile.BadZipFile as error:
        raise Unread("압축이 깨져 있어 읽지 못했습니다.") from error
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Unread(f"안에 든 파일이 {len(members):,}개라 읽지 않았습니다.")
    if any(member.flag_bits & 1 for member in members):
        raise Unread("암호가 걸려 있어 읽지 못했습니다.")
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked > RATIO * max(packed, 1)):
        raise Unread("풀면 지나치게 커지는 파일이라 읽지 않았습니다.")
    return archive


def archive_members(archive):
    """Yield (name, bytes) of the files in a checked archive; sizes are those found, not those told."""
    left = MOST_UNPACKED
    for member in archive.infolist():
        if member.is_dir():
            continue
        with archive.open(member) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise Unread("풀면 지나치게 커지는 파일이라 읽지 않았습니다.")
        yield _named(member), content


def _named(member):
    """Return the member's name; old Korean archives write it in CP949 without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("cp949")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def office_text(content):
    """Return the text of every XML part of an office document, comments and link targets too."""
    archive = check_archive(io.BytesIO(content))
    found, size = [], 0
    for member in archive.infolist():
        if not member.filename.lower().endswith((".xml", ".rels")):
            continue
        if member.file_size > MOST_XML:
            raise Unread("표나 글이 지나치게 커서 읽지 않았습니다.")
        for text in _texts(archive, member):
            found.append(text)
            size += len(text) + 1
            if size > MOST_TEXT:
                raise Unread("표나 글이 지나치게 커서 읽지 않았습니다.")
    return "\n".join(found)


def _texts(archive, member):
    """Yield the stretches of text of one part; a number split over several runs stays one."""
    root = None
    with archive.open(member) as stream:
        for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                root = element if root is None else root
                continue
            name = element.tag.rpartition("}")[2]
            if name == "Relationship":
                yield element.get("Target", "")
            if name in STOPS:
                text = "".join(element.itertext())
                element.clear()
                if text.strip():
                    yield text
        rest = "\n".join(part for part in root.itertext() if part.strip())
        if rest:
            yield rest
