"""Files of documents: long ones asked for and made by the worker, short ones by whoever first takes them; kept."""

import logging
from datetime import timedelta
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from .exports import RENDERERS, book, hwpx
from .exports.pdf import Refused
from .models import Publication, ReportFile
from .models.files import LOST
from .reports import all_reports

PREVIEW_DAYS = 7
State = ReportFile.State
log = logging.getLogger(__name__)


class Moved(Exception):
    """The period was published or corrected while its document was made."""


# --- reading ----------------------------------------------------------------------------------
def publication_of(period):
    """Return the period's publication that is read now, or None before the first."""
    return Publication.objects.current().filter(period=period).first()


def found(report, period, kind):
    """Return the row of this document as it would be made now, or None; it may be unfinished."""
    publication = publication_of(period)
    rows = ReportFile.objects.filter(name=report.name, kind=kind, period=period)
    return rows.filter(publication=publication).select_related("period", "made_by").first()


def is_fresh(row, report):
    """Say whether a finished file still says what the document says; a published one always does."""
    if row.state != State.DONE or not row.file.storage.exists(row.file.name):
        return False
    return bool(row.publication_id) or row.content == _content(report.build(row.period), row.kind)


def _content(document, kind):
    edition = hwpx.EDITION if kind == "hwpx" else book.edition()
    return sha256(f"{edition}{document!r}".encode(errors="replace")).hexdigest()


# --- asking -----------------------------------------------------------------------------------
def ask(report, period, kind, *, by):
    """Have this document made and return its row; asked twice, or finished already, it is made once."""
    row, is_new = found(report, period, kind), False
    if row is None:
        row, is_new = _first(report, period, kind, by)
    if is_new or (not is_fresh(row, report) and _again(row, by)):
        make.enqueue(row.pk)
        row.refresh_from_db()
    return row


def _first(report, period, kind, by):
    """Create the row, or find the one that another request created at the same moment."""
    publication = publication_of(period)
    same = {"name": report.name, "kind": kind, "period": period, "publication": publication}
    try:
        with transaction.atomic():
            return ReportFile.objects.create(**same, made_by=by), True
    except IntegrityError:
        return ReportFile.objects.get(**same), False


def _again(row, by):
    """Put a row back into the queue unless somebody is at it; say whether it was put."""
    now = timezone.now()
    rested = Q(state__in=(State.DONE, State.FAILED)) | Q(updated_at__lt=now - LOST)
    return ReportFile.objects.filter(rested, pk=row.pk, updated_at=row.updated_at).update(
        state=State.QUEUED,
        made_by=by,
        asked_at=now,
        updated_at=now,
        finished_at=None,
        done=0,
        doing="",
        error="",
    )


# --- short documents ----------------------------------------------------------------------------
def keep(report, period, kind, *, by):
    """Return the kept file of a published period's short document; the first who asks makes it.

    None where there is none to keep: the period is not published, another request is at the same file,
    or the making failed. The caller then makes the document for this once.
    """
    if publication_of(period) is None:
        return None
    row, is_new = _first(report, period, kind, by)
    if not is_new and is_fresh(row, report):
        return row
    if is_new or _again(row, by):
        make.call(row.pk)
        row = ReportFile.objects.select_related("period").get(pk=row.pk)
        if row.state == State.DONE:
            return row
        ReportFile.objects.filter(pk=row.pk, state=State.FAILED).delete()
    return None


# --- making -----------------------------------------------------------------------------------
@task()
def make(pk):
    """Make one document that waits; what went wrong stays on its row in a sentence."""
    now = timezone.now()
    if not ReportFile.objects.filter(pk=pk, state=State.QUEUED).update(
        state=State.RUNNING, started_at=now, updated_at=now, attempts=F("attempts") + 1
    ):
        return
    row = ReportFile.objects.select_related("period", "publication").get(pk=pk)
    try:
        _make(row)
    except Moved:
        _tell(
            row, state=State.FAILED, error="만드는 사이에 공표가 바뀌었습니다. 다시 만들어 주세요."
        )
    except Refused as refusal:
        _tell(row, state=State.FAILED, error=str(refusal)[:300])
    except Exception as error:
        log.exception("보고서 파일 %s을(를) 만들지 못했습니다.", pk)
        sentence = (
            f"뜻밖의 오류로 만들지 못했습니다({type(error).__name__}). 전산 담당자에게 알려 주세요."
        )
        _tell(row, state=State.FAILED, error=sentence)


def _make(row):
    document = _document(row)
    if row.kind == "pdf" and all_reports()[row.name].is_long("pdf"):
        made = book.make(document, lambda *far: _tell_far(row, *far))
        content, pages = made.content, made.pages
    else:
        _tell_far(row, 0, 1, f"만드는 중: {row.kind.upper()} 파일")
        content, pages = RENDERERS[row.kind](document), None
    old = row.file.name
    row.file.save(f"{row.name}-{row.period.code}.{row.kind}", ContentFile(content), save=False)
    mine = _tell(
        row,
        state=State.DONE,
        finished_at=timezone.now(),
        doing="",
        title=document.title,
        file=row.file.name,
        size=len(content),
        pages=pages,
        sha256=sha256(content).hexdigest(),
        content=_content(document, row.kind),
    )
    # Whoever was taken for dead and is not leaves what the other made alone.
    unused = old if mine else row.file.name
    if unused and not (mine and unused == row.file.name):
        row.file.storage.delete(unused)


def _document(row):
    """Return the document of exactly this publication: none may come out while it is put together."""
    if _read_now(row) != row.publication_id:
        raise Moved
    document = all_reports()[row.name].build(row.period)
    if _read_now(row) != row.publication_id:
        raise Moved
    return document


def _read_now(row):
    publication = publication_of(row.period)
    return publication.pk if publication else None


def _tell_far(row, done, total, doing):
    _tell(row, done=done, total=total, doing=doing[:200])


def _tell(row, **facts):
    """Write news of the making, unless another attempt has taken over; say whether it was written."""
    if facts.get("state") == State.FAILED:
        facts["finished_at"] = timezone.now()
    mine = ReportFile.objects.filter(pk=row.pk, attempts=row.attempts, state=State.RUNNING)
    return mine.update(updated_at=timezone.now(), **facts)


# --- clearing away ----------------------------------------------------------------------------
def purge(days=PREVIEW_DAYS):
    """Remove previews nobody needs any more and cards no book used for long; return how many of each."""
    limit = timezone.now() - timedelta(days=days)
    rows = list(ReportFile.objects.previews().filter(updated_at__lt=limit))
    for row in rows:
        if ReportFile.objects.filter(pk=row.pk, updated_at=row.updated_at).delete()[0] and row.file:
            row.file.storage.delete(row.file.name)
    return len(rows), book.purge()
