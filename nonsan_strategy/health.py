"""What the operator asks the site every day: is everything there, and does everything move."""

import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reporting.mail import MOST_ATTEMPTS
from reporting.models import Mail

from .backup import schema
from .backup.make import finished, made_at

LONGEST_WAIT = timedelta(minutes=5)  # a task that nobody took is a worker that stands still
LONGEST_WORK = timedelta(hours=1)
OLDEST_BACKUP = timedelta(hours=36)
LEAST_FREE_PCT = 10


class Finding(NamedTuple):
    """One thing looked at: its name, whether it is well, a sentence."""

    name: str
    ok: bool
    says: str


def look():
    """Return every finding; without a database only the files can be looked at."""
    first = _database()
    others = [_migrations, _cache, _worker, _failed, _mail] if first.ok else []
    return [first, *(_safely(question) for question in [*others, _media, _disk, _backup])]


def _safely(question):
    """Ask one question; an error is an answer too, without what the error says of its data."""
    try:
        return question()
    except (DatabaseError, OSError) as error:
        return Finding(
            question.__name__.strip("_"), False, f"확인하지 못했습니다: {type(error).__name__}"
        )


def _database():
    began = time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Finding("database", False, f"데이터베이스가 답하지 않습니다: {type(error).__name__}")
    spent = round((time.monotonic() - began) * 1000)
    return Finding("database", True, f"{connection.vendor}, {spent} ms")


def _migrations():
    left = schema.pending(connection)
    says = f"적용하지 않은 변경 {len(left)}개: {', '.join(left[:3])}" if left else "모두 적용됨"
    return Finding("migrations", not left, says)


def _cache():
    word = str(time.time_ns())
    cache.set("health", word, 60)
    same = cache.get("health") == word
    return Finding("cache", same, "쓰고 읽음" if same else "쓴 것을 다시 읽지 못함")


def _worker():
    now = timezone.now()
    ready = DBTaskResult.objects.ready()
    oldest = ready.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    stuck = DBTaskResult.objects.running().filter(started_at__lt=now - LONGEST_WORK).count()
    waited = now - oldest if oldest else timedelta(0)
    ok = waited < LONGEST_WAIT and not stuck
    minutes = int(waited.total_seconds() // 60)
    says = f"기다리는 일 {ready.count()}건(가장 오래 {minutes}분), 한 시간 넘게 끝나지 않은 일 {stuck}건"
    return Finding("worker", ok, says)


def _failed():
    since = timezone.now() - timedelta(days=1)
    count = DBTaskResult.objects.failed().filter(finished_at__gte=since).count()
    return Finding("tasks", not count, f"하루 사이 실패한 일 {count}건")


def _mail():
    waiting = Mail.objects.waiting()
    failing = waiting.filter(attempts__gt=0).count()
    given_up = waiting.filter(attempts__gte=MOST_ATTEMPTS).count()
    return Finding("mail", not failing, f"보내지 못한 메일 {failing}통(그만둔 것 {given_up}통)")


def _media():
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=root) as file:
        file.write(b"x")
    return Finding("media", True, "쓸 수 있음")


def _disk():
    shares = {}
    for name in ("MEDIA_ROOT", "BACKUP_ROOT"):
        path = Path(getattr(settings, name))
        usage = shutil.disk_usage(path if path.exists() else path.parent)
        shares[name] = usage.free * 100 // usage.total
    says = ", ".join(f"{name} {share}% 남음" for name, share in shares.items())
    return Finding("disk", min(shares.values()) >= LEAST_FREE_PCT, says)


def _backup():
    there = finished(settings.BACKUP_ROOT)
    if not there:
        return Finding("backup", False, "백업이 없습니다.")
    age = timezone.now() - made_at(there[-1])
    hours = int(age.total_seconds() // 3600)
    return Finding(
        "backup", age < OLDEST_BACKUP, f"{there[-1].name}({hours}시간 전), 모두 {len(there)}개"
    )
