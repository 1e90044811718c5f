"""공약 조정: a department's request, its way through office, jury and mayor, and its moves as buttons."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting.history import Stale
from reporting.lists import ListPage
from reporting.workflow import Refused, WrongState

from ..change_forms import AdjustmentForm, ChoiceForm, MoveForm
from ..changes import applying, wording
from ..changes.requests import rewrite, start
from ..changes.workflow import MOVES, moves_for, take
from ..filters import AdjustmentFilter
from ..models import OVER, Adjustment, Pledge
from ..permissions import (
    adjusts_for,
    follows_changes,
    keeps_jury,
    reads_jury,
    requests,
    rules_changes,
    wrote_change,
)
from ..tables import AdjustmentTable

NEEDS = {  # which fields of the form a move reads, for the page
    "accept": ["session"],
    "judge": ["votes_for", "votes_against", "votes_abstain"],
    "decide": ["decided_on", "document"],
    "refuse": ["decided_on", "document"],
}


def _must_follow(user):
    if not follows_changes(user):
        raise PermissionDenied(
            "공약 조정은 부서가 정해진 담당자와 부서장, 전략기획실, 관리자가 봅니다."
        )


def _shown(request, pk):
    _must_follow(request.user)
    visible = Adjustment.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("pledge", "department", "session"), pk=pk)


@method_decorator(require_safe, name="dispatch")
class AdjustmentList(ListPage):
    """공약 조정: what this person may see, the latest first."""

    model = Adjustment
    table_class = AdjustmentTable
    filterset_class = AdjustmentFilter
    template_name = "pledges/adjustments.html"
    row_template = "pledges/adjustment_row.html"
    title = "공약 조정"

    def get(self, request, *args, **kwargs):
        """Refuse whoever has nothing to do with adjustments."""
        _must_follow(request.user)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        """Return the rows with what the page names."""
        return super().get_queryset().select_related("pledge", "department", "record")

    def get_context_data(self, **more):
        """Say where a request begins, for those who may make one."""
        user = self.request.user
        more |= {"may_request": adjusts_for(user, user.department_id), "jury": reads_jury(user)}
        return super().get_context_data(**more) | {"panels": keeps_jury(user)}


def _mine(user):
    """Return the pledges that this person's department may ask to adjust."""
    found = Pledge.objects.active().filter(lead_department=user.department_id)
    return found.select_related("field", "term").in_order()


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Choose a pledge and a kind, then write; what is already on its way is shown instead."""
    user = request.user
    if not adjusts_for(user, user.department_id):
        raise PermissionDenied("조정은 부서의 담당자가 요청합니다.")
    choice = ChoiceForm(request.GET or None, pledges=_mine(user))
    if not choice.is_valid():
        if set(request.GET) == {"pledge"}:
            choice = ChoiceForm(initial={"pledge": request.GET["pledge"]}, pledges=_mine(user))
        return render(request, "pledges/adjustment_choice.html", {"form": choice})
    pledge, kind = choice.cleaned_data["pledge"], choice.cleaned_data["kind"]
    if found := Adjustment.objects.open().filter(pledge=pledge, department=user.department_id):
        messages.info(request, "이 공약에는 진행 중인 조정이 있습니다.")
        return redirect("pledges:adjustment", pk=found[0].pk)
    return _write_new(request, pledge, kind)


def _write_new(request, pledge, kind):
    before = wording.wording_with(pledge, [])
    initial = AdjustmentForm.initial_of(before, {})
    sent = request.POST if request.method == "POST" else None
    form = AdjustmentForm(sent, kind=kind, pledge=pledge, before=before, initial=initial)
    context = {"form": form, "pledge": pledge, "kind": Adjustment.Kind(kind)}
    if request.method == "POST" and form.is_valid():
        try:
            row = start(pledge, kind=kind, by=request.user, **form.values())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return render(request, "pledges/adjustment_form.html", context, status=409)
        return _then(request, row)
    return render(request, "pledges/adjustment_form.html", context, status=_status(form))


def _status(form):
    return 422 if form.is_bound and not form.is_valid() else 200


def _then(request, row):
    """Request right away if that was the button, and go on to the page."""
    if request.POST.get("then") == "request":
        try:
            take("request", row, by=request.user)
            messages.success(request, "조정을 요청했습니다.")
        except WrongState as refusal:
            again = _already("request", row.pk, request.user)
            (messages.info if again else messages.error)(request, again or str(refusal))
        except Refused as refusal:
            messages.warning(request, f"저장했으나 요청하지 못했습니다. {refusal}")
    else:
        messages.success(request, "저장했습니다. 다 쓰면 ‘요청’을 눌러 주세요.")
    return redirect("pledges:adjustment", pk=row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    """Go on writing a request that is still, or again, in the department's hands."""
    row = _shown(request, pk)
    if not requests(request.user, row):
        raise PermissionDenied("요청한 부서의 담당자만 고칠 수 있습니다.")
    if not row.is_editable_state:
        messages.error(request, f"'{row.get_state_display()}' 상태에서는 고칠 수 없습니다.")
        return redirect("pledges:adjustment", pk=pk)
    before = wording.wording_with(row.pledge, row.absorbed.all())
    initial = AdjustmentForm.initial_of(before, row.after)
    initial |= {"reason": row.reason, "evidence": row.evidence, "version": row.version}
    form = AdjustmentForm(
        request.POST if request.method == "POST" else None,
        kind=row.kind,
        pledge=row.pledge,
        before=before,
        initial=initial,
    )
    context = {
        "form": form,
        "pledge": row.pledge,
        "kind": Adjustment.Kind(row.kind),
        "adjustment": row,
    }
    if request.method == "POST" and form.is_valid():
        return _save(request, row, form, context)
    return render(request, "pledges/adjustment_form.html", context, status=_status(form))


def _save(request, row, form, context):
    version = form.cleaned_data["version"] or 0
    try:
        row = rewrite(row, version=version, by=request.user, **form.values())
    except Stale:
        now = Adjustment.objects.get(pk=row.pk)
        form.data = form.data.copy()
        form.data["version"] = now.version
        theirs = wording.lines(now.kind, now.before, now.after)
        context |= {"theirs": theirs, "now": now}
        return render(request, "pledges/adjustment_form.html", context, status=409)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "pledges/adjustment_form.html", context, status=409)
    return _then(request, row)


@require_safe
def adjustment(request, pk):
    """Show one adjustment: 당초 beside 변경, how far it is, its moves, its history."""
    row = _shown(request, pk)
    form = MoveForm(adjustment=row, initial={"seen": row.version})
    return _page(request, row, form)


def _page(request, row, form, status=200):
    moves = moves_for(request.user, row)
    needed = {name for move in moves for name in NEEDS.get(move, [])}
    context = {
        "adjustment": row,
        "lines": wording.lines(row.kind, row.before, row.after),
        "missing": wording.problems(row) if row.is_editable_state else [],
        "stale": wording.stale(row) if row.state not in OVER else [],
        "moves": moves,
        "fields": [form[name] for name in form.fields if name in needed],
        "form": form,
        "may_edit": requests(request.user, row) and row.is_editable_state,
        "is_author": wrote_change(request.user, row),
        "decides": rules_changes(request.user),
        "open_items": applying.open_items(row) if row.state == row.State.DECIDED else [],
        "steps": row.moves.select_related("by"),
        "record": getattr(row, "record", None),
    }
    return render(request, "pledges/adjustment.html", context, status=status)


@require_POST
def move(request, pk):
    """Take one move of the adjustment as it was shown; the same click twice has one effect."""
    row, name = _shown(request, pk), request.POST.get("move", "")
    if name not in MOVES:
        messages.error(request, "무엇을 할지 골라 주세요.")
        return redirect("pledges:adjustment", pk=pk)
    form = MoveForm(request.POST, adjustment=row)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        take(name, row, by=request.user, **form.values())
    except WrongState as refusal:
        if again := _already(name, pk, request.user):
            messages.info(request, again)
            return redirect("pledges:adjustment", pk=pk)
        form.add_error(None, str(refusal))
        return _page(request, _shown(request, pk), form, status=409)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _shown(request, pk), form, status=409)
    messages.success(request, f"{row}: {MOVES[name].label} 처리했습니다.")
    return redirect("pledges:adjustment", pk=pk)


def _already(name, pk, user):
    """Return a sentence when this very move was the last one and mine; else ""."""
    row = Adjustment.objects.get(pk=pk)
    last = row.moves.order_by("pk").last()
    same = last and (last.move, last.by_id, last.target) == (name, user.pk, row.state)
    return f"이미 {MOVES[name].label} 처리했습니다." if same else ""
