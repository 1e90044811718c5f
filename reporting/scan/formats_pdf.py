"""The text of a PDF; pages that are pictures only are told."""

import io

from pypdf import PdfReader

from .formats_zip import Unread

MOST_PAGES = 1000


def pdf_text(content):
    """Return (text, unread sentences) of a PDF; an encrypted one is tried without a password."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unread("암호가 걸려 있어 읽지 못했습니다.")
    pages = list(reader.pages[:MOST_PAGES])
    texts = [page.extract_text() or "" for page in pages]
    blank = sum(not text.strip() for text in texts)
    unread = [f"{len(pages)}쪽 가운데 {blank}쪽에 글이 없습니다(그림이나 스캔본)."] if blank else []
    if len(reader.pages) > MOST_PAGES:
        unread.append(f"{MOST_PAGES}쪽까지만 읽었습니다.")
    return "\n".join([*texts, *_links(pages)]), unread


def _links(pages):
    """Yield the addresses behind links, where a mail address may hide."""
    for page in pages:
        for note in page.get("/Annots") or []:
            action = note.get_object().get("/A")
            if action and "/URI" in action.get_object():
                yield str(action.get_object()["/URI"])
