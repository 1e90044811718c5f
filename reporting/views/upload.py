"""엑셀로 적기: take the department's sheet, bring it back, look at the differences, confirm."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import clock, uploads
from ..cells.tables import rows_of, tables_of
from ..exports.files import download, filename
from ..exports.sheets.entry import entry_sheet
from ..exports.sheets.handed_back import handed_back
from ..models import Period, Submission, Upload
from ..permissions import brings_sheets, has_desk, is_open_for_entry, writes
from ..rules import differences
from ..subjects import subject_of
from ..workflow import Refused

PAGE = 20  # items with their differences on a page
MOST_ERRORS = 200  # on the page; the workbook handed back has them all
RECENT = 10


def _must_have_desk(user):
    if not has_desk(user):
        raise PermissionDenied("엑셀은 부서가 정해진 담당자와 부서장만 받습니다.")


@require_safe
def sheet(request, code):
    """Send the department's sheet of a period; rows that cannot be written now are locked."""
    _must_have_desk(request.user)
    period = get_object_or_404(Period, code=code)
    tables = tables_of(period)
    submissions = uploads.sheet_submissions(request.user, period)
    if not tables or not submissions:
        raise Http404
    rows = rows_of(submissions, last=True)
    open_now = {s.pk for s in submissions if not is_open_for_entry(s, clock.today())}
    for row in rows:
        row.is_open = row.submission in open_now
    department = request.user.department
    content = entry_sheet(period, department, tables, rows)
    name = filename(f"{department}_{period}_입력표", period.as_of, "xlsx")
    return download(content, name, "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request):
    """Show which sheets can be taken and what was brought; read a workbook that is brought."""
    _must_have_desk(request.user)
    if request.method != "POST":
        return _page(request)
    if not brings_sheets(request.user):
        raise PermissionDenied(uploads.NOT_YOURS)
    file = request.FILES.get("file")
    if file is None:
        return _page(request, "올릴 엑셀 파일을 골라 주세요.")
    try:
        brought = uploads.receive(file, by=request.user)
    except Refused as refusal:
        return _page(request, str(refusal))
    return redirect("reporting:upload-item", key=brought.key)


def _page(request, refused=""):
    user = request.user
    recent = Upload.objects.visible_to(user).select_related("period")[:RECENT]
    context = {
        "department": user.department,
        "periods": _periods(user),
        "may_bring": brings_sheets(user),
        "refused": refused,
        "recent": recent,
    }
    return render(request, "reporting/upload.html", context, status=422 if refused else 200)


def _periods(user):
    """Return (period, items, items open now) of the periods of which this department can write something."""
    owed = Submission.objects.owed_by(user.department_id).unfinished().select_related("period")
    today, found = clock.today(), {}
    for submission in owed:
        if not is_open_for_entry(submission, today):
            found.setdefault(submission.period, []).append(submission)
    return [
        (period, period.submissions.filter(department=user.department_id).count(), len(items))
        for period, items in sorted(found.items(), key=lambda pair: pair[0].due_on)
    ]


def _mine(request, key):
    visible = Upload.objects.visible_to(request.user).select_related("period", "by", "department")
    return get_object_or_404(visible, key=key)


@require_safe
def item(request, key):
    """Show what a workbook would change, errors first; once confirmed, what it changed."""
    brought = _mine(request, key)
    if brought.applied_at or brought.purged_at:
        return _done(request, brought)
    return _preview(request, brought)


def _preview(request, brought, refused="", status=200):
    try:
        judged = uploads.judged(brought)
    except Refused as refusal:
        return render(
            request,
            "reporting/upload_done.html",
            {"upload": brought, "refused": str(refusal)},
            status=409,
        )
    by_submission = judged.by_submission
    page = Paginator(list(by_submission), PAGE).get_page(request.GET.get("page"))
    submissions = Submission.objects.in_bulk(page.object_list)
    rows = len({row[3] for row in brought.found["rows"]})
    context = {
        "upload": brought,
        "judged": judged,
        "errors": judged.errors[:MOST_ERRORS],
        "more_errors": max(len(judged.errors) - MOST_ERRORS, 0),
        "notes": brought.found["notes"],
        "changed": len(by_submission),
        "untouched": rows - len({change[1] for change in brought.found["changes"]}),
        "page_obj": page,
        "items": [_item(submissions[pk], by_submission[pk]) for pk in page.object_list],
        "refused": refused,
    }
    return render(request, "reporting/upload_preview.html", context, status=status)


def _item(submission, cells):
    """Return an item with its cells, each with the pieces that differ."""
    return submission, [(cell, differences(cell.before, cell.after)) for cell in cells]


def _done(request, brought):
    """Show what was written, with the way to each item."""
    written = {int(pk): refs for pk, refs in brought.written.items()}
    items = (
        Submission.objects.visible_to(request.user).filter(pk__in=written).order_by("order", "pk")
    )
    page = Paginator(items, PAGE).get_page(request.GET.get("page"))
    context = {
        "upload": brought,
        "count": len(written),
        "page_obj": page,
        "items": [(s, len(written[s.pk]), _warnings(s)) for s in page.object_list],
        "cells": sum(map(len, written.values())),
        "notes": brought.found.get("notes", ()),
        "writes": any(writes(request.user, s) for s in page.object_list),
    }
    return render(request, "reporting/upload_done.html", context)


def _warnings(submission):
    """Return what looks wrong and may still be handed in, as the entry page says it."""
    subject = subject_of(submission)
    return subject.warnings(subject.report(submission))


@require_POST
def confirm(request, key):
    """Write the differences into the drafts, all or none; a second click does nothing more."""
    brought = _mine(request, key)
    again = brought.applied_at is not None
    try:
        uploads.confirm(brought, by=request.user)
    except Refused as refusal:
        return _preview(request, brought, str(refusal), status=409)
    if again:
        messages.info(request, "이미 반영했습니다.")
    else:
        messages.success(request, "초안에 반영했습니다. 제출은 '나의 할 일'에서 합니다.")
    return redirect("reporting:upload-item", key=key)


@require_safe
def result(request, key):
    """Send the very workbook back with the verdict on each row."""
    brought = _mine(request, key)
    if brought.purged_at:
        raise Http404
    try:
        judged = None if brought.applied_at else uploads.judged(brought)
    except Refused:
        raise Http404 from None
    try:
        content = handed_back(brought, judged)
    except FileNotFoundError as lost:
        raise Http404 from lost
    if content is None:
        messages.error(
            request, "이 파일에는 결과를 적을 수 없습니다. 화면의 오류 목록을 봐 주세요."
        )
        return redirect("reporting:upload-item", key=key)
    name = filename(f"{brought.department}_{brought.period}_결과", brought.period.as_of, "xlsx")
    return download(content, name, "xlsx")
