"""One item of the desk: the entry form, the page to read it, and the page of two texts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.typing import restores_typing

from .. import actions, clock
from ..history import Stale
from ..models import Submission
from ..permissions import is_open_for_entry, writes
from ..subjects import subject_of
from ..typing import (
    clashes,
    fillable,
    label_of,
    only_theirs,
    picks,
    prints,
    readable,
    resolved,
    stored,
    typed,
)
from ..workflow import Refused, WrongState, moves_for, take
from .desk import DESK_MOVES, already
from .kept import WAS, copied, keep_typing, number_of, unsaved_by

State = Submission.State


def _shown(request, pk):
    visible = Submission.objects.visible_to(request.user).select_related("period", "department")
    return get_object_or_404(visible, pk=pk)


@restores_typing
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request, pk):
    """Show or save one entry; who may not write it, or not now, reads it."""
    submission = _shown(request, pk)
    if request.method == "POST" and request.POST.get("then") == "copy":
        return _copy(request, submission)
    if request.method == "POST":
        return _save(request, submission)
    closed = is_open_for_entry(submission, clock.today())
    subject = subject_of(submission)
    report = subject.report(submission)
    unsaved = unsaved_by(request, submission, subject, report)
    if closed or not writes(request.user, submission):
        return _reading(request, submission, closed, unsaved)
    if unsaved:
        return _unsaved(request, submission, subject.form(report, initial=unsaved.fields), unsaved)
    form = subject.form(report)
    return _writing(request, submission, form, report.version, prints(form))


def _unsaved(request, submission, form, unsaved):
    return _writing(request, submission, form, unsaved.version, unsaved.was, unsaved=unsaved)


def _copy(request, submission):
    """Answer the page as it was typed, with last period's texts in its blank fields; nothing is saved."""
    if not writes(request.user, submission):
        raise PermissionDenied("다른 부서의 항목은 고칠 수 없습니다.")
    if closed := is_open_for_entry(submission, clock.today()):
        return _refused(request, submission, closed)
    subject = subject_of(submission)
    report = subject.report(submission)
    unsaved = copied(request, subject, report)
    return _unsaved(request, submission, subject.form(report, initial=unsaved.fields), unsaved)


def _common(request, submission):
    """Return what both the writing and the reading page show."""
    subject = subject_of(submission)
    report = subject.report(submission)
    transitions = list(submission.transitions.select_related("by"))
    back = [t for t in transitions if t.target == State.RETURNED]
    return {
        "submission": submission,
        "subject": subject,
        "report": report,
        "days": (submission.due_on - clock.today()).days,
        "words": back[-1] if back and submission.state == State.RETURNED else None,
        "authors": submission.authors.all(),
        "transitions": transitions,
        "history": subject.history(report),
        "files": subject.files(report),
        "flags": subject.flags(report),
        "facts": subject.facts(report),
        "moves": {
            name: move
            for name, move in moves_for(request.user, submission).items()
            if name in DESK_MOVES
        },
    }


def _writing(request, submission, form, version, was, *, unsaved=None, refused="", status=200):
    context = _common(request, submission)
    subject, report = context["subject"], context["report"]
    before = subject.previous(report)
    form.before = readable(subject.form(before)) if before else {}
    context |= {
        "form": form,
        "version": version,
        "was": was,
        "unsaved": unsaved,
        "refused": refused,
        "before": before,
        "may_copy": fillable(form, form.before),
        "missing": subject.problems(report) if report.version > 1 else [],
    }
    return render(request, "reporting/entry.html", context, status=status)


def _reading(request, submission, closed, unsaved):
    context = _common(request, submission)
    subject, report = context["subject"], context["report"]
    own = writes(request.user, submission)
    context |= {
        "lines": subject.lines(report).items(),
        "closed": closed if own else "",
        "unsaved": unsaved,
        "unsaved_lines": _lines(subject, report, unsaved) if unsaved else [],
    }
    return render(request, "reporting/entry_read.html", context)


def _lines(subject, report, unsaved):
    """Return (label, text) of unsaved typing that differs from what is stored."""
    now = stored(subject.form(report))
    form = subject.form(report, data=now | unsaved.fields)
    return [
        (form.fields[name].label, label_of(form.fields[name], text))
        for name, text in typed(form).items()
        if text != now[name]
    ]


def _save(request, submission):
    subject = subject_of(submission)
    data = request.POST

    def fill(report):
        nonlocal data
        if picks(request.POST):
            data = resolved(subject.form(report), request.POST)
        return subject.form(report, data=data, files=request.FILES)

    version = number_of(request.POST.get("version", ""))
    try:
        report, form = actions.save_entry(submission, version=version, by=request.user, fill=fill)
    except Stale:
        return _stale(request, submission, data)
    except Refused as refusal:
        return _refused(request, submission, str(refusal))
    if not form.is_valid():
        return _writing(request, submission, form, version, request.POST.get(WAS, ""), status=422)
    return _saved(request, submission, report)


def _saved(request, submission, report):
    """Say that it is saved; hand it in when that was the button."""
    if request.POST.get("then") != "submit":
        messages.success(request, "저장했습니다.")
        return redirect("reporting:entry", pk=submission.pk)
    try:
        take("submit", submission, by=request.user, seen=report.version)
    except WrongState as refusal:
        messages.error(request, str(refusal))
    except Refused as refusal:
        messages.warning(request, f"저장했습니다. 제출하려면: {refusal}")
    else:
        messages.success(request, f"{submission}: 저장하고 제출했습니다.")
        return redirect("reporting:desk")
    return redirect("reporting:entry", pk=submission.pk)


def _now(request, submission, data):
    """Return the form as sent, beside what is stored now."""
    subject = subject_of(submission)
    return subject.form(subject.report(submission), data=data, files=request.FILES)


def _stale(request, submission, data):
    """Answer a save that came second: done already, or the page with both texts."""
    form = _now(request, submission, data)
    if form.is_valid() and not form.is_news:
        return _saved(request, submission, subject_of(submission).report(submission))
    keep_typing(request, submission, form)
    was = request.POST.get(WAS, "")
    mine = clashes(form, was)
    if not mine and not request.FILES:
        messages.info(request, "새로 고친 칸이 없습니다. 그 사이 저장된 글을 보여 드립니다.")
        actions.discard_autosave(submission, by=request.user)
        return redirect("reporting:entry", pk=submission.pk)
    return _conflict(request, submission, form, mine, was)


def _conflict(request, submission, form, mine, was):
    last = next(iter(subject_of(submission).history(form.instance)), None)
    saved = form.instance.history.first()
    chosen = [clash for clash in mine if clash.both]
    now, kept = stored(form), {clash.field.name: clash for clash in mine if not clash.both}
    named = [
        (form.fields[n].label, label_of(form.fields[n], now[n])) for n in only_theirs(form, was)
    ]
    asked = {clash.field.name for clash in chosen}
    context = {
        "submission": submission,
        "last": last,
        "own": bool(saved) and saved.history_user_id == request.user.pk,
        "clashes": chosen,
        "mine": kept.values(),
        "theirs": named,
        "carried": [
            (name, kept[name].field.data if name in kept else text)
            for name, text in now.items()
            if name not in asked
        ],
        "version": subject_of(submission).report(submission).version,
        "was": prints(form),
        "had_file": bool(request.FILES),
        "then": request.POST.get("then", ""),
    }
    return render(request, "reporting/conflict.html", context, status=409)


def _refused(request, submission, why):
    """Show what was typed beside the reason; an item handed in by the first of two clicks is done."""
    submission = _shown(request, submission.pk)
    form = _now(request, submission, request.POST)
    done = already("submit", submission.pk, request.user)
    if done and form.is_valid() and not form.is_news:
        messages.info(request, done)
        return redirect("reporting:desk")
    keep_typing(request, submission, form)
    version, was = number_of(request.POST.get("version", "")), request.POST.get(WAS, "")
    return _writing(request, submission, form, version, was, refused=why, status=409)
