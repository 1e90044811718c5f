"""What people at work need: one truth on two machines, nothing of theirs in the cache, their files."""

import os
import re
import struct
import zlib

from browser import SCRATCH, Visitor
from telling import TYPED, check, missing_in, quietly, shell


def two_machines():
    """One session, one count of failed logins, one truth on both machines."""
    a = Visitor("A")
    check("A에서 로그인", a.login("writer").status == 302)
    b = Visitor("B")
    b.cookies = a.cookies
    desk = b.get("/desk/?period=2019-q2")
    check(
        "같은 세션으로 B에서 나의 할 일",
        desk.status == 200 and "나의 할 일" in desk.text,
        desk.status,
    )
    item = re.search(r"/desk/\d+/", desk.text).group()
    saved = a.send(item, {**ENTRY, "done": f"{TYPED} 1", "then": "save"})
    check("A에서 저장", saved.status == 302, saved.status)
    check("B에서 읽음", f"{TYPED} 1" in b.get(item).text)
    check("그 세션은 nginx로도", through(a).get("/desk/").status == 200)
    for _ in range(5):
        wrong = Visitor("A").login("executive", "not-the-password")
    check("A에서 다섯 번 틀림", wrong.status in (200, 422), wrong.status)
    refused = Visitor("B").login("executive")
    check(
        "B에서도 막음",
        refused.status != 302 and "로그인 실패가 많아" in refused.text,
        refused.status,
    )
    return a, item


ENTRY = {"status": "on_track", "progress_pct": "45", "done": TYPED, "next_plans": "실시설계 착수"}


def through(visitor):
    """Return the same person, coming through nginx."""
    other = Visitor()
    other.cookies = dict(visitor.cookies)
    return other


def staff_is_never_stored(person):
    """No page of somebody who is logged in, and no login page, is in the cache."""
    me = through(person)
    for path in ("/desk/", "/account/", "/pledges/"):
        found = [me.get(path) for _ in range(3)]
        check(f"직원의 {path}: 캐시를 지나침", {f.cache for f in found} == {"BYPASS"})
    check("직원 화면은 no-store", me.get("/desk/").headers.get("cache-control") == "no-store")
    for path in ("/login/", "/desk/", "/nowhere/"):
        found = {Visitor().get(path).cache for _ in range(4)}
        check(f"로그인 전 {path}: 담지 않음", found == {"MISS"}, " ".join(found))
    public = ("/", "/pledges")
    for path in ("/", "/pledges/"):
        Visitor().get(path)
    files = [path for path in (SCRATCH / "cache").rglob("*") if path.is_file()]
    stored = [content for path in files if (content := quietly(path.read_bytes))]
    keys = [
        re.search(rb"KEY: https\|[^|]*\|([^|]*)\|", content).group(1).decode() for content in stored
    ]
    wrong = [key for key in keys if key != "/" and not key.startswith(public[1])]
    check(
        "캐시 폴더에는 공개 주소만", not wrong and keys, f"{len(keys)}개 {' '.join(wrong)}".strip()
    )
    check(
        "캐시 폴더에 직원의 글이 없음",
        not any("나의 할 일".encode() in c or b"csrfmiddleware" in c for c in stored),
    )


def picture(megabytes):
    """Return a PNG of noise, about so large."""
    width = 1000
    height = megabytes * 1_000_000 // (3 * width)
    rows = b"".join(b"\0" + os.urandom(3 * width) for _ in range(height))

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 0))
        + chunk(b"IEND", b"")
    )


def uploads(person, item):
    """Near the limit is accepted, above it a sentence in Korean."""
    me = through(person)
    fits = me.send(item, {**ENTRY, "then": "save"}, {"evidence": ("현장 사진.png", picture(19))})
    check(
        "증빙 19MB를 받음", fits.status == 302 and "현장 사진.png" in me.get(item).text, fits.status
    )
    large = me.send(item, {**ENTRY, "then": "save"}, {"evidence": ("큰 사진.png", picture(25))})
    check(
        "증빙 25MB는 문장으로 거절",
        large.status == 422 and "20MB를 넘는" in large.text,
        large.status,
    )
    huge = me.send(item, {**ENTRY, "then": "save"}, {"evidence": ("더 큰 사진.png", picture(33))})
    check(
        "33MB는 nginx가 문장으로 거절",
        huge.status == 413 and "파일이 너무 큽니다" in huge.text,
        huge.status,
    )
    missing = missing_in(huge)
    check("보안 머리글: 413", not missing, " ".join(missing))


def worker():
    """What was put into the queue is done by the worker."""
    said = shell(
        "import time\n"
        "from reporting import mail\n"
        "from reporting.models import Mail\n"
        "row = mail.post(to='citizen@example.org', kind='trial', subject='시험', body='시험')\n"
        "ends = time.monotonic() + 20\n"
        "while time.monotonic() < ends and not Mail.objects.filter(pk=row.pk, sent_at__isnull=False):\n"
        "    time.sleep(0.2)\n"
        "print(Mail.objects.get(pk=row.pk).sent_at is not None)\n"
    )
    sent = any("citizen@example.org" in p.read_text() for p in (SCRATCH / "mail").iterdir())
    check("작업자가 메일을 보냄", said == "True" and sent, said)
