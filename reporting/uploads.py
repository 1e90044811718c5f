"""The verbs of the sheet that comes back: receive, judge, confirm, purge."""

import datetime
import hashlib

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from . import clock
from .cells.tables import tables_of
from .formats import clean
from .history import Stale
from .imports import parse, reader
from .imports.compare import judge
from .imports.zips import Unsafe
from .models import Period, Submission, Upload
from .permissions import brings_sheets, has_desk
from .subjects import all_subjects
from .workflow import Refused

KEEP_APPLIED = datetime.timedelta(days=1)
KEEP = datetime.timedelta(days=7)
NOT_YOURS = "엑셀은 부서 담당자만 올립니다."
REVISED = "그 사이 양식의 칸이 달라졌습니다. 엑셀을 다시 받아 적어 주세요."


def receive(file, *, by):
    """Read a workbook and keep it with what it says; return the `Upload`. Nothing else is written.

    Raises `Refused` with a sentence for a file that is hostile, broken, not ours, or another department's.
    """
    if not brings_sheets(by):
        raise PermissionDenied(NOT_YOURS)
    try:
        sheets = reader.read(file)
        meta = parse.meta_of(sheets)
        period = _period_of(meta, by)
        parse.refuse_rrn(sheets, file.name)
    except Unsafe as why:
        raise Refused(str(why)) from why
    found = parse.parse(sheets, meta.rows, tables_of(period))
    content = file.read()
    return Upload.objects.create(
        file=ContentFile(content, name="sheet"),
        name=clean(file.name)[-200:] or "이름 없는 파일",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        by=by,
        department=by.department,
        period=period,
        found=vars(found),
    )


def _period_of(meta, by):
    """Return the period a sheet was taken for, if this person's department still writes for it."""
    period = Period.objects.filter(code=meta.period).first()
    if meta.department != by.department_id:
        raise Unsafe("다른 부서의 양식입니다. 우리 부서의 엑셀을 받아 적어 주세요.")
    if period is None:
        raise Unsafe(f"보고기간 {meta.period}이(가) 없습니다. 엑셀을 다시 받아 주세요.")
    return period


def judged(upload):
    """Return how the workbook stands against what is stored now (`imports.compare.Judged`)."""
    return _judge(upload, _submissions(upload))


def _judge(upload, submissions):
    tables = tables_of(upload.period)
    found = parse.Found(**upload.found)
    columns = {(key, column.name) for key, table in tables.items() for column in table.columns}
    if any((table, name) not in columns for table, _, _, name, *_ in found.changes):
        raise Refused(REVISED)
    return judge(found, tables, submissions, upload.by, clock.today())


def _submissions(upload, *, lock=False):
    """Return {pk: submission} of the items that the workbook changes.

    To lock, all submissions first, by key, then the period: a save locks them in that order too.
    """
    pks = {change[1] for change in upload.found.get("changes", ())}
    rows = Submission.objects.filter(period=upload.period_id, department=upload.department_id)
    rows, period = rows.order_by("pk"), upload.period
    if lock:
        found = {s.pk: s for s in rows.filter(pk__in=pks).select_for_update()}
        period = Period.objects.select_for_update().get(pk=upload.period_id)
    else:
        found = {s.pk: s for s in rows if s.pk in pks}
    for submission in found.values():
        submission.period = period
    return found


@transaction.atomic
def confirm(upload, *, by):
    """Write every changed cell into the drafts, or none; return the `Upload`. A second click does nothing more.

    Everything is judged again on locked rows: deadline and state, and each cell three ways.
    """
    upload = (
        Upload.objects.select_for_update(of=("self",))
        .select_related("period", "by")
        .get(pk=upload.pk)
    )
    if upload.by_id != by.pk or not brings_sheets(by) or by.department_id != upload.department_id:
        raise PermissionDenied(NOT_YOURS)
    if upload.applied_at:
        return upload
    if upload.purged_at:
        raise Refused("보관 기간이 지나 파일을 지웠습니다. 다시 올려 주세요.")
    submissions = _submissions(upload, lock=True)
    result = _judge(upload, submissions)
    if result.errors:
        raise Refused("오류가 있어 아무것도 반영하지 않았습니다. 아래 칸을 고쳐 다시 올려 주세요.")
    if not result.cells:
        raise Refused("반영할 것이 없습니다. 지금 저장된 것과 같습니다.")
    _write(result, submissions, by)
    upload.written = {
        str(pk): [cell.place for cell in cells] for pk, cells in result.by_submission.items()
    }
    upload.applied_at = timezone.now()
    upload.save(update_fields=["written", "applied_at"])
    return upload


def _write(result, submissions, by):
    """Hand each subject its cells; put this person among the authors."""
    changed = {cell.change.submission for cell in result.cells}
    for subject in all_subjects():
        mine = {pk for pk in changed if submissions[pk].kind == subject.kind}
        if not mine:
            continue
        prefix = f"{subject.kind}."
        changes = [
            cell.change._replace(table=cell.change.table.removeprefix(prefix))
            for cell in result.cells
            if cell.change.submission in mine
        ]
        versions = {pk: result.versions[pk] for pk in mine}
        try:
            subject.apply_rows(changes, versions=versions, by=by)
        except Stale as stale:
            raise Refused("그 사이 다른 사람이 저장했습니다. 다시 눌러 주세요.") from stale
    authors = Submission.authors.through
    authors.objects.bulk_create(
        [authors(submission_id=pk, user_id=by.pk) for pk in sorted(changed)], ignore_conflicts=True
    )


def sheet_submissions(user, period):
    """Return the items of this person's department in a period, in order; PermissionDenied without a desk."""
    if not has_desk(user):
        raise PermissionDenied("엑셀은 부서가 정해진 담당자와 부서장만 받습니다.")
    owed = Submission.objects.visible_to(user).owed_by(user.department_id).filter(period=period)
    return list(owed.select_related("period").order_by("kind", "order", "pk"))


def purge(now=None):
    """Throw away files and texts a day after confirmation, or seven days after they came; return how many.

    The row stays and says who brought which file, and which cells were written.
    """
    now = now or timezone.now()
    kept = Upload.objects.with_file()
    done = kept.filter(applied_at__lt=now - KEEP_APPLIED) | kept.filter(created_at__lt=now - KEEP)
    count = 0
    for upload in done.order_by("pk"):
        count += _purge_one(upload.pk, now)
    return count


@transaction.atomic
def _purge_one(pk, now):
    upload = Upload.objects.select_for_update().get(pk=pk)
    if upload.purged_at:
        return 0
    file = upload.file.name
    storage = upload.file.storage
    upload.file, upload.found, upload.purged_at = "", {}, now
    upload.save(update_fields=["file", "found", "purged_at"])
    if file:
        transaction.on_commit(lambda: storage.delete(file))
    return 1
