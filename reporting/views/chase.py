"""독촉: what the period's page says of reminders and extensions, and the office's own reminder."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from .. import clock
from ..extensions import may_be_extended
from ..forms import ExtensionForm, RemindForm
from ..models import Period, Reminder
from ..notices import words_of
from ..permissions import runs_periods
from ..reminders import by_hand, letter_of, send_by_hand
from ..stages import HEAD
from ..workflow import Refused


def chase_of(period, asked="", form=None):
    """Return what the period's page shows of the chase; a fixed number of queries.

    `asked` is the department whose form a link of the page asked for.
    """
    departments = may_be_extended(period)
    rows = period.reminders.select_related("department", "person", "by", "mail")
    rows = sorted(rows, key=lambda row: (row.department.order, row.department.name))
    return {
        "extend_form": form
        or ExtensionForm(
            departments=departments,
            initial={"department": asked if asked.isdecimal() else ""},
        ),
        "extend_open": bool(form or asked),
        "extensions": period.extensions.select_related("department", "by"),
        "reminders": len(rows),
        "reminded": [(d, list(mine)) for d, mine in groupby(rows, lambda row: row.department)],
        "unreached": _unreached(rows, set(departments)),
    }


def _unreached(rows, owing):
    """Return [(department, who gets no mail)] of those that still owe: whom the office has to phone."""
    found = {}
    for row in rows:
        if row.why_not and row.department in owing:
            nobody = "부서장 없음" if row.stage == HEAD.code else "담당자 없음"
            who = f"{row.person} (메일 주소 없음)" if row.person else nobody
            found.setdefault(row.department, {})[who] = None
    return [(department, ", ".join(sorted(who))) for department, who in found.items()]


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request, pk):
    """Show who would be reminded of what; sent as a form, do it."""
    if not runs_periods(request.user):
        raise PermissionDenied("알림은 전략기획실만 보냅니다.")
    period = get_object_or_404(Period, pk=pk)
    asked = request.POST if request.method == "POST" else request.GET
    form = RemindForm(asked, departments=may_be_extended(period))
    if not form.is_valid():
        return _page(request, period, form, status=422)
    if request.method != "POST":
        return _page(request, period, form)
    try:
        tally = send_by_hand(period, by=request.user, **_chosen(form))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        _say(request, tally)
    return redirect("reporting:period", pk=pk)


def _chosen(form):
    department = form.cleaned_data["department"]
    return {
        "scope": form.cleaned_data["scope"],
        "department_id": department.pk if department else None,
    }


def _say(request, tally):
    sent, unreached = tally["보냄"], tally[Reminder.NO_ADDRESS]
    if sent:
        messages.success(request, f"{sent}명에게 알림을 보냈습니다.")
    if unreached:
        text = f"{unreached}명은 메일 주소가 없어 보내지 못했습니다. 전화로 알려 주세요."
        messages.warning(request, text)
    if not sent and not unreached:
        messages.info(request, "새로 보낼 알림이 없습니다. 오늘 이미 보냈거나 모두 냈습니다.")


def _page(request, period, form, status=200):
    calls, told = [], []
    if form.is_valid():
        calls, told = by_hand(period, clock.today(), **_chosen(form))
    words = words_of([item for call in calls for item in call.items])
    context = {
        "period": period,
        "form": form,
        "letters": [(call, letter_of(call, period, words)) for call in calls if call.person],
        "sendable": sum(bool(call.address) for call in calls),
        "recordable": any(call.person for call in calls),
        "without_address": sum(bool(call.person and not call.address) for call in calls),
        "nobody": [call for call in calls if not call.person],
        "told": told,
    }
    return render(request, "reporting/remind.html", context, status=status)
