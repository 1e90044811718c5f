"""Finding personal numbers in a text: each hit masked, with a keyed digest instead of the value."""

import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import salted_hmac

from ..fields import RRN

RRN_KIND, PHONE, MAIL, UNREAD = "rrn", "phone", "mail", "unread"
LABELS = {
    RRN_KIND: "주민등록번호",
    PHONE: "전화번호",
    MAIL: "이메일",
    UNREAD: "읽지 못한 파일",
}
_GAP = r"[\s.)\-\u2010-\u2015\u2212~·/]{0,2}"
# Mobile numbers and those of a region or the internet; +82 as well. Bounded, so that time stays linear.
PHONES = re.compile(
    rf"(?<![\d.,])(?:\+82{_GAP}\(?0?|\(?0)(?:1[016789]|2|[3-6][1-5]|70|50\d?){_GAP}\d{{3,4}}{_GAP}\d{{4}}(?!\d)"
)
MAILS = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,6}[A-Za-z]{2,24}"
)


@dataclass(frozen=True)
class Hit:
    """One personal number: its kind, its masked form, and a digest by which equal values are equal."""

    kind: str
    masked: str
    digest: str


def find(text):
    """Return the distinct `Hit`s of a text in the order they stand in, full-width digits too."""
    text = unicodedata.normalize("NFKC", text)
    found = [
        *((m.start(), _rrn(m.group())) for m in RRN.finditer(text)),
        *((m.start(), _phone(m.group())) for m in PHONES.finditer(text)),
        *((m.start(), _mail(m.group())) for m in MAILS.finditer(text)),
    ]
    return list(dict.fromkeys(hit for _, hit in sorted(found, key=lambda pair: pair[0])))


def private(hits, *, known=frozenset()):
    """Return the hits that belong to no office: no known phone (by digest), no official mail domain."""
    return [hit for hit in hits if hit.digest not in known and not _is_official(hit)]


def phones_of(texts):
    """Return the digests of the phones in these texts, e.g. of the departments' own numbers."""
    return frozenset(hit.digest for text in texts for hit in find(text) if hit.kind == PHONE)


def _is_official(hit):
    if hit.kind != MAIL:
        return False
    domain = hit.masked.rpartition("@")[2]
    return any(
        domain == known or domain.endswith(f".{known}") for known in settings.OFFICIAL_MAIL_DOMAINS
    )


def _rrn(text):
    digits = re.sub(r"\D", "", text)
    return Hit(RRN_KIND, f"{digits[0]}*****-{digits[6]}******", digest(digits))


def _phone(text):
    digits = re.sub(r"\D", "", text)
    if digits.startswith("82"):
        digits = "0" + digits[2:].lstrip("0")
    area = digits[:2] if digits.startswith("02") else digits[:3]
    return Hit(PHONE, f"{area}-****-{digits[-4:]}", digest(digits))


def _mail(text):
    name, _, domain = text.lower().partition("@")
    return Hit(MAIL, f"{name[0]}***@{domain}", digest(text.lower()))


def digest(value):
    """Return a keyed digest: without the site's secret a number cannot be guessed back from it."""
    return salted_hmac("reporting.scan", value, algorithm="sha256").hexdigest()[:32]
