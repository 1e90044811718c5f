"""증빙: the files of an entry, taken away or put aside, never from a public folder."""

import logging

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from ..actions import remove_file
from ..exports.files import TYPES
from ..models import Submission
from ..subjects import subject_of
from ..workflow import Refused

log = logging.getLogger(__name__)


def _shown(request, pk):
    return get_object_or_404(Submission.objects.visible_to(request.user), pk=pk)


@require_safe
def download(request, pk, file_pk):
    """Send one file of an item that this person may read, as an attachment of a type from our list."""
    submission = _shown(request, pk)
    subject = subject_of(submission)
    files = {row.pk: row for row in subject.files(subject.report(submission))}
    if file_pk not in files:
        raise Http404
    row = files[file_pk]
    try:
        content = row.file.open("rb")
    except FileNotFoundError as lost:
        log.error("증빙 %s의 파일이 저장소에 없습니다.", row.pk)
        raise Http404 from lost
    kind = row.name.rsplit(".", 1)[-1].lower()
    return FileResponse(
        content,
        as_attachment=True,
        filename=row.name,
        content_type=TYPES.get(kind, "application/octet-stream"),
        headers={"Cache-Control": "no-store"},
    )


@require_POST
def remove(request, pk, file_pk):
    """Take one file away while the entry may be written; its history stays."""
    try:
        name = remove_file(_shown(request, pk), file_pk, by=request.user)
    except Refused as refusal:
        messages.error(request, f"지우지 못했습니다. {refusal}")
    else:
        messages.success(
            request, f"'{name}'을(를) 지웠습니다." if name else "이미 지운 파일입니다."
        )
    return redirect("reporting:entry", pk=pk)
