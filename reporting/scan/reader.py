"""Getting the text out of one file, in a process of its own with limits of memory and time.

python -m reporting.scan.reader KIND < FILE     prints {"text": …, "unread": […]} as JSON
"""

import io
import json
import resource
import sys

from .formats_ole import hwp_text, xls_text
from .formats_pdf import pdf_text
from .formats_zip import OFFICE, Unread, archive_members, check_archive, office_text

MEMORY = 1024 * 1024 * 1024  # bytes of address space
SECONDS = 20  # of processor time
MOST_TEXT = 4_000_000  # characters; about 2,000 pages
DEPTH = 2  # an archive in an archive is opened, one deeper is not
PICTURES = ("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp")


def text_of(kind, content, depth=0):
    """Return (text, sentences on what could not be read) of a file's bytes."""
    try:
        if kind == "zip":
            return _archive(content, depth)
        text, unread = _plain(kind, content)
    except Unread as why:
        return "", [str(why)]
    except MemoryError:
        return "", ["읽기에 너무 큽니다."]
    except Exception:
        return "", ["깨져 있거나 모르는 형식이라 읽지 못했습니다."]
    return (text, unread) if len(text) <= MOST_TEXT else (text[:MOST_TEXT], [*unread, TOO_LONG])


TOO_LONG = "글이 너무 길어 앞부분만 읽었습니다."


def _plain(kind, content):
    """Return (text, unread) of a file that is no archive of files."""
    if kind in PICTURES:
        raise Unread("그림이라 글을 읽지 못합니다.")
    if kind == "pdf":
        return pdf_text(content)
    if kind in OFFICE:
        return office_text(content), []
    if kind in ("hwp", "xls"):
        return (hwp_text if kind == "hwp" else xls_text)(content), []
    if kind in ("txt", "csv"):
        return _decoded(content), []
    raise Unread(f"{kind or '이름에 종류가 없는'} 파일은 읽을 줄 모릅니다.")


def _decoded(content):
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", errors="replace")


def _archive(content, depth):
    """Return the texts of the members one below the other, with the names of those not read."""
    if depth >= DEPTH:
        raise Unread("압축 안에 압축이 여러 겹이라 읽지 않았습니다.")
    texts, unread = [], []
    for name, member in archive_members(check_archive(io.BytesIO(content))):
        kind = name.rpartition(".")[2].lower() if "." in name else ""
        text, why = text_of(kind, member, depth + 1)
        texts += [name, text]
        unread += [f"{name}: {sentence}" for sentence in why]
        if sum(map(len, texts)) > MOST_TEXT:
            return "\n".join(texts), [*unread, TOO_LONG]
    return "\n".join(texts), unread


def main():
    """Read standard input under limits and print what was found as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    text, unread = text_of(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(
        json.dumps({"text": text[: 2 * MOST_TEXT], "unread": unread}).encode("ascii")
    )


if __name__ == "__main__":
    main()
