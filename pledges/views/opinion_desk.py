"""시민 의견 처리: the queue of the office and of the departments, and one opinion with its decisions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.history import changes
from reporting.history import Stale
from reporting.lists import ListPage
from reporting.workflow import Refused

from .. import opinions
from ..citizen_forms import AnswerForm, DecideForm, has_contact
from ..models import LATE_AFTER, Opinion
from ..opinion_lists import OPEN, OpinionFilter, OpinionTable
from ..permissions import answers, moderates, reads_opinions

FASTER = "그 사이 다른 사람이 먼저 처리했습니다. 지금 내용을 보고 다시 해 주세요."


def _must_read(user):
    if not reads_opinions(user):
        raise PermissionDenied("시민 의견은 전략기획실과 주관부서가 봅니다.")


class OpinionList(ListPage):
    """What citizens wrote: first what waits, the oldest on top."""

    model = Opinion
    table_class = OpinionTable
    filterset_class = OpinionFilter
    template_name = "pledges/opinion_desk.html"
    row_template = "pledges/opinion_row.html"
    title = "시민 의견"

    def get(self, request, *args, **kwargs):
        """Refuse a person who has nothing to do with opinions."""
        _must_read(request.user)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        """Return what this person may read, the oldest first."""
        rows = super().get_queryset().select_related("pledge__lead_department", "answer")
        return rows.order_by("written_at", "pk")

    def get_filterset_kwargs(self, filterset_class):
        """Show what waits unless another state is asked for."""
        kwargs = super().get_filterset_kwargs(filterset_class)
        data = self.request.GET.copy()
        data.setdefault("state", OPEN)
        return {**kwargs, "data": data}

    def get_context_data(self, **more):
        """Add how many wait, how many for too long, and since when the oldest does."""
        context = super().get_context_data(**more)
        mine = Opinion.objects.visible_to(self.request.user)
        oldest = mine.unhandled().order_by("written_at").first()
        return {
            **context,
            "unread": mine.unread().count(),
            "unanswered": mine.unanswered().count(),
            "late": mine.unhandled().written_before(LATE_AFTER).count(),
            "oldest": oldest,
            "late_after": LATE_AFTER,
        }


def _seen(request, pk):
    _must_read(request.user)
    rows = Opinion.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("pledge__lead_department", "answer"), pk=pk)


@require_safe
def item(request, pk):
    """Show one opinion: its words, its pledge, decisions, the answer and its history."""
    return _page(request, _seen(request, pk))


def _page(request, opinion, status=200, **forms):
    answer = getattr(opinion, "answer", None)
    erased = opinion.state == Opinion.State.ERASED
    context = {
        "opinion": opinion,
        "answer": answer,
        "decisions": opinion.decisions.select_related("by"),
        "history": changes(answer) if answer else [],
        "has_contact": has_contact(f"{opinion.text} {opinion.nickname}"),
        "may_decide": moderates(request.user) and not erased,
        "may_answer": answers(request.user, opinion) and not erased,
        "decide_form": DecideForm(),
        "answer_form": AnswerForm(
            initial={
                "text": answer.text if answer else "",
                "version": answer.version if answer else 0,
            }
        ),
        **forms,
    }
    return render(request, "pledges/opinion_item.html", context, status=status)


@require_POST
def decide(request, pk):
    """Show an opinion or hide it with a reason."""
    opinion = _seen(request, pk)
    if not moderates(request.user):
        raise PermissionDenied("의견의 공개는 전략기획실만 정합니다.")
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _page(request, opinion, 422, decide_form=form)
    data = form.cleaned_data
    shown = data["shown"] == "1"
    try:
        opinions.decide(
            opinion, shown=shown, reason=data["reason"], version=data["version"], by=request.user
        )
    except Refused as refusal:
        form.add_error("reason", str(refusal))
        return _page(request, opinion, 409, decide_form=form)
    except Stale:
        messages.error(request, FASTER)
        return redirect("pledges:opinion-item", pk=pk)
    messages.success(request, "공개했습니다." if shown else "공개하지 않기로 했습니다.")
    return redirect("pledges:opinion-item", pk=pk)


@require_POST
def answer(request, pk):
    """Answer for the department, or correct the answer."""
    opinion = _seen(request, pk)
    if not answers(request.user, opinion):
        raise PermissionDenied("답변은 공약의 주관부서만 씁니다.")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, opinion, 422, answer_form=form)
    data = form.cleaned_data
    try:
        opinions.answer(opinion, text=data["text"], version=data["version"], by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, opinion, 409, answer_form=form)
    except Stale:
        now = _seen(request, pk)
        form.add_error(None, f"{FASTER} 내가 적은 것은 아래 칸에 그대로 있습니다.")
        form.data = form.data.copy()
        form.data["version"] = now.answer.version if hasattr(now, "answer") else 0
        return _page(request, now, 409, answer_form=form)
    messages.success(request, "답변을 저장했습니다.")
    return redirect("pledges:opinion-item", pk=pk)
