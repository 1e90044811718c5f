"""What is typed into an entry form and not saved yet: kept, brought back, thrown away."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.typing import take_kept

from .. import actions, formats
from ..fields import NO_RRN, has_rrn
from ..models import Autosave, Submission
from ..permissions import writes
from ..subjects import subject_of
from ..typing import fillable, sent, stored
from ..workflow import Refused

LIMIT = 200 * 1024  # bytes of typing that are kept
WAS = "was"  # marks of the texts that stood when the person began to type
NOTES = {
    "login": "로그인 전에 쓰던 글을 되살렸습니다. 아직 저장되지 않았습니다.",
    "copy": "지난 기간 글을 빈 칸에 가져왔습니다. 아직 저장되지 않았으니, 고쳐 쓴 뒤 저장해 주세요.",
    "nothing": "가져올 빈 칸이 없습니다. 쓰신 글은 그대로 있고, 아직 저장되지 않았습니다.",
}


@dataclass(frozen=True)
class Unsaved:
    """What was typed and not saved: the texts, the version it began from, and how it survived."""

    fields: dict
    version: int
    was: str
    note: str
    source: str  # login, draft or copy


def _shown(request, pk):
    visible = Submission.objects.visible_to(request.user).select_related("period")
    return get_object_or_404(visible, pk=pk)


def number_of(text):
    """Return a version sent by a form; 0, which no row has, for anything that is none."""
    return int(text) if text.isdecimal() and len(text) <= 9 else 0


def ticked(post):
    """Return {submission pk: version seen} of the ticked rows, which a page sends as `pk:version`."""
    pairs = [value.partition(":") for value in post.getlist("pick")]
    found = {number_of(pk): number_of(version) for pk, _, version in pairs}
    return {pk: version for pk, version in found.items() if pk and version}


def unsaved_by(request, submission, subject, report):
    """Return what this person typed here before and has not saved, or None."""
    if not writes(request.user, submission):
        return None
    kept = take_kept(request)
    draft = Autosave.objects.filter(submission=submission, user=request.user).first()
    blank = subject.form(report)
    if kept is not None:
        version, was = number_of(kept.get("version", "")), kept.get(WAS, "")
        return Unsaved(sent(blank, kept), version, was, NOTES["login"], "login")
    if draft and subject.form(report, data=stored(blank) | draft.fields).has_changed():
        when = timezone.localtime(draft.saved_at)
        note = f"자동 저장된 글({formats.moment(when)})을 불러왔습니다. 아직 저장되지 않았습니다."
        return Unsaved(
            sent(blank, draft.fields), draft.version, draft.fields.get(WAS, ""), note, "draft"
        )
    return None


def copied(request, subject, report):
    """Return what was just typed, with the long texts of the period before where it is blank."""
    fields = sent(subject.form(report), request.POST)
    before = subject.previous(report)
    old = stored(subject.form(before)) if before else {}
    texts = fillable(subject.form(report, initial=fields), old)
    version, was = number_of(request.POST.get("version", "")), request.POST.get(WAS, "")
    note = NOTES["copy" if texts else "nothing"]
    return Unsaved(fields | texts, version, was, note, "copy")


def keep_typing(request, submission, form):
    """Keep what could not be saved, so that closing the page loses nothing; where that is refused, skip."""
    try:
        _autosave(request, submission, form)
    except Refused:
        return


def _autosave(request, submission, form):
    """Keep the typed texts of the form; raises Refused with a sentence."""
    fields = sent(form, request.POST)
    size = sum(len(text.encode(errors="replace")) for text in fields.values())
    if size > LIMIT:
        raise Refused(
            "글이 너무 길어 자동 저장하지 못합니다. 나누어 적거나 증빙 파일로 올려 주세요."
        )
    if any(map(has_rrn, fields.values())):
        raise Refused(NO_RRN)
    report = subject_of(submission).report(submission)
    version = min(number_of(request.POST.get("version", "")), report.version)
    fields[WAS] = request.POST.get(WAS, "").replace("\x00", "")[:4000]
    row = actions.autosave(submission, by=request.user, fields=fields, version=version)
    subject = subject_of(submission)
    whole = stored(form) | fields
    if not subject.form(subject.report(submission), data=whole).has_changed():
        actions.discard_autosave(submission, by=request.user)  # typed, and taken back again
    return row


@require_POST
def autosave(request, pk):
    """Keep what is being typed; answers the script in JSON."""
    submission = _shown(request, pk)
    subject = subject_of(submission)
    try:
        row = _autosave(request, submission, subject.form(subject.report(submission)))
    except PermissionDenied as refusal:
        return JsonResponse({"error": str(refusal)}, status=403)
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=409)
    return JsonResponse({"saved_at": f"{timezone.localtime(row.saved_at):%H:%M}"})


@require_POST
def discard(request, pk):
    """Throw away what was typed and not saved, and show what is stored."""
    submission = _shown(request, pk)
    actions.discard_autosave(submission, by=request.user)
    messages.info(request, "저장하지 않은 글을 버렸습니다. 저장된 글을 보여 드립니다.")
    return redirect("reporting:entry", pk=pk)
