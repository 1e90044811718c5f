"""검토: the strategy office's queue, and one item beside the period before."""

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from .. import clock, formats
from ..actions import approve_many
from ..filters import SubmissionFilter
from ..forms import DecisionForm
from ..models import Submission
from ..permissions import reviews_any, wrote
from ..rules import differences
from ..subjects import briefs_of, compare, subject_of
from ..workflow import MOVES, Refused, moves_for, take
from .kept import ticked

PAGE = 50
DAYS_TO_ANSWER = 3


def _must_review(user):
    if not reviews_any(user):
        raise PermissionDenied("검토는 전략기획실만 합니다.")


@require_safe
def queue(request):
    """List what waits for a decision, narrowed by filters; several can be approved at once."""
    _must_review(request.user)
    data = request.GET.copy()
    data.setdefault("state", Submission.State.SUBMITTED)
    rows = (
        Submission.objects.visible_to(request.user)
        .select_related("period", "department")
        .order_by("-period__year", "-period__number", "order", "pk")
    )
    found = SubmissionFilter(data, queryset=rows)
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    submissions = list(page.object_list)
    briefs = briefs_of(submissions)
    mine = set(
        request.user.authored.filter(pk__in=[s.pk for s in submissions]).values_list(
            "pk", flat=True
        )
    )
    context = {
        "filter": found,
        "page_obj": page,
        "rows": [(s, briefs.get(s.pk), _may_tick(s, mine)) for s in submissions],
        "any_to_tick": any(_may_tick(s, mine) for s in submissions),
        "back": request.get_full_path(),
    }
    return render(request, "reporting/review_queue.html", context)


def _may_tick(submission, mine):
    return submission.state == Submission.State.SUBMITTED and submission.pk not in mine


@require_POST
def approve_ticked(request):
    """Approve every ticked row at the version that the page showed."""
    _must_review(request.user)
    seen = ticked(request.POST)
    done, refused = approve_many(seen, by=request.user)
    if done:
        messages.success(request, f"{done}건을 승인했습니다.")
    for submission, why in refused:
        messages.error(request, f"{submission}: {why}")
    if not seen:
        messages.warning(request, "승인할 항목을 골라 주세요.")
    return redirect(_safe_back(request))


def _safe_back(request):
    """Return to the queue as it was filtered; only addresses of the queue itself are followed."""
    back = request.POST.get("back", "")
    queue_url = reverse("reporting:review")
    return back if back == queue_url or back.startswith(f"{queue_url}?") else queue_url


def _shown(request, pk):
    _must_review(request.user)
    visible = Submission.objects.visible_to(request.user).select_related("period", "department")
    return get_object_or_404(visible, pk=pk)


@require_safe
def item(request, pk):
    """Show one item: last period beside this one with differences marked, files, history, decisions."""
    return _page(request, _shown(request, pk), DecisionForm(initial={"due_on": _default_due()}))


def _default_due():
    return clock.today() + datetime.timedelta(days=DAYS_TO_ANSWER)


def _page(request, submission, form, status=200):
    subject = subject_of(submission)
    report = subject.report(submission)
    before = subject.previous(report)
    form.confirms(subject.approval(report))
    lines = compare(subject.lines(before) if before else {}, subject.lines(report))
    context = {
        "submission": submission,
        "subject": subject,
        "report": report,
        "before_name": before.submission.period if before else None,
        "lines": [
            (line, differences(line.before, line.after))
            for line in lines
            if line.before or line.after
        ],
        "blank": [line.label for line in lines if not (line.before or line.after)],
        "facts": subject.facts(report),
        "flags": subject.flags(report),
        "changed": sum(line.changed for line in lines),
        "files": subject.files(report),
        "history": subject.history(report),
        "transitions": submission.transitions.select_related("by"),
        "moves": moves_for(request.user, submission),
        "is_author": wrote(request.user, submission),
        "authors": submission.authors.all(),
        "form": form,
        "neighbours": _neighbours(request.user, submission),
    }
    return render(request, "reporting/review_item.html", context, status=status)


def _waiting(user, submission):
    """Return the queue of the same period that this person may decide on, in order."""
    return (
        Submission.objects.visible_to(user)
        .waiting()
        .filter(period=submission.period_id)
        .exclude(authors=user)
        .order_by("order", "pk")
    )


def _neighbours(user, submission):
    """Return how many wait in this period, and the next one after this."""
    waiting = _waiting(user, submission).exclude(pk=submission.pk)
    after = waiting.filter(order__gte=submission.order).first()
    return {"count": waiting.count(), "next": after or waiting.first()}


@require_POST
def decide(request, pk):
    """Approve, return or reopen the item as it was shown, then go on to the next one that waits."""
    submission = _shown(request, pk)
    name = request.POST.get("move", "")
    if name not in ("approve", "return", "reopen"):
        messages.error(request, "무엇을 할지 골라 주세요.")
        return redirect("reporting:review-item", pk=pk)
    form = DecisionForm(request.POST, move=MOVES[name])
    if not form.is_valid():
        return _page(request, submission, form, status=422)
    try:
        moved = take(name, submission, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _shown(request, pk), form, status=409)
    due = f" 다시 낼 기한은 {formats.day(moved.due_on)}입니다." if moved.due_on else ""
    messages.success(request, f"{submission}: {MOVES[name].label} 처리했습니다.{due}")
    following = _waiting(request.user, submission).filter(order__gte=submission.order).first()
    following = following or _waiting(request.user, submission).first()
    if following:
        return redirect("reporting:review-item", pk=following.pk)
    return redirect(
        f"{reverse('reporting:review')}?{urlencode({'period': submission.period.code})}"
    )
