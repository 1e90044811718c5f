"""The juror's own pages: my panel, its meetings and agenda, the pledges, my questions and the answers."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from reporting.workflow import Refused

from .. import jury
from ..changes.wording import lines
from ..jury_forms import AskForm
from ..models import Adjustment, AdjustmentState, Juror, JuryQuestion, Pledge
from ..permissions import sits_on_jury

SEEN = (  # what a juror sees of the agenda: from its acceptance on
    AdjustmentState.AGENDA,
    AdjustmentState.JUDGED,
    AdjustmentState.DECIDED,
    AdjustmentState.APPLIED,
)


def _seat(user):
    """Return the juror that this person is; nobody else comes in."""
    if not sits_on_jury(user):
        raise PermissionDenied("주민배심원만 보는 화면입니다.")
    row = Juror.objects.select_related("panel__term").filter(user=user).first()
    if row is None:
        raise PermissionDenied(
            "이 계정에 배심원단이 정해지지 않았습니다. 전략기획실에 알려 주세요."
        )
    return row


def _agenda(panel):
    found = Adjustment.objects.filter(session__panel=panel, state__in=SEEN)
    return found.select_related("pledge", "department", "session").order_by("session", "pk")


def _pledges(panel):
    return Pledge.objects.filter(term=panel.term_id).select_related("field", "lead_department")


@require_safe
def seat(request):
    """Show my panel: meetings, what is on the agenda, and every pledge to ask about."""
    me = _seat(request.user)
    mine = JuryQuestion.objects.visible_to(request.user)
    asked = Counter(mine.values_list("pledge", flat=True))
    pledges = [(p, asked[p.pk]) for p in _pledges(me.panel).active().in_order()]
    context = {
        "me": me,
        "panel": me.panel,
        "sessions": me.panel.sessions.all(),
        "agenda": _agenda(me.panel),
        "pledges": pledges,
    }
    return render(request, "pledges/jury_seat.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_pledge(request, number):
    """Show one pledge with the change that is asked for; ask about it, or say what I think."""
    me = _seat(request.user)
    pledge = get_object_or_404(_pledges(me.panel), number=number.replace("\x00", ""))
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            jury.ask(me, pledge, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "남겼습니다. 답이 오면 이 화면에 보입니다.")
            return redirect("pledges:jury-pledge", number=number)
    mine = JuryQuestion.objects.visible_to(request.user).filter(pledge=pledge)
    agenda = _agenda(me.panel).filter(pledge=pledge)
    context = {
        "pledge": pledge,
        "form": form,
        "agenda": [(row, lines(row.kind, row.before, row.after)) for row in agenda],
        "questions": mine.prefetch_related("replies"),
    }
    return render(request, "pledges/jury_pledge.html", context, status=422 if form.errors else 200)
