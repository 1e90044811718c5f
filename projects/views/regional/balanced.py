"""균형발전: phases as in the plan's table, one district with its ladder, the call for projects."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.history import changes, changes_in, newest_first
from reporting import clock
from reporting.lists import ListPage

from ...models import BalancedPhase, BalancedProject, FundingStep, Proposal, Source
from ...regional import balanced as verbs
from ...regional import balanced_forms as forms
from ...regional.lists import ProposalFilter, ProposalTable
from ...regional_rights import edits_facts, keeps_regional, proposes
from ...regional_rules import balanced as rules
from .common import STALE, handle, must_edit, must_follow, must_keep, refuse_with

LIST, CALL = "균형발전사업", "균형발전 사업 제안"
WRITE = require_http_methods(["GET", "HEAD", "POST"])
Step = FundingStep.Step


@require_safe
def overview(request):
    """Show every phase: the plan's table with its groups, whether it adds up, and the ladder of its money."""
    must_follow(request.user)
    phases = BalancedPhase.objects.select_related("programme").prefetch_related(
        "programme__funding"
    )
    mine = set(BalancedProject.objects.visible_to(request.user).values_list("pk", flat=True))
    return render(
        request,
        "projects/regional/balanced.html",
        {"phases": [_phase(phase, mine) for phase in phases], "has_menu": Proposal.Menu.choices},
    )


def _phase(phase, mine):
    districts = list(
        phase.districts.select_related("project__department").prefetch_related("project__lines")
    )
    for district in districts:
        district.is_mine = district.pk in mine
    groups = []
    for fund in BalancedProject.Fund:
        rows = [d for d in districts if d.fund_group == fund]
        if rows:
            groups.append((fund.label, rules.subtotal(rows, fund), rows))
    rungs = list(FundingStep.objects.filter(district__in=districts))
    lines = rules.lines_of(phase)
    return {
        "phase": phase,
        "programme": phase.programme,
        "groups": groups,
        "count": len(districts),
        "lines": lines,
        "problems": rules.phase_problems(str(phase), lines),
        "bars": _bars(rungs),
    }


def _bars(rungs):
    """Return (label, 백만원 or None) of each rung over the given amounts; unknown is no bar."""
    found = []
    for step in Step:
        amounts = [row.amount for row in rungs if row.step == step]
        found.append((step.label, sum(amounts) if amounts else None))
    return found


def _district(request, pk):
    must_follow(request.user)
    visible = BalancedProject.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("project__department", "phase"), pk=pk)


def _trail(district=None):
    above = [(LIST, reverse("regional:balanced"))]
    if district:
        above.append((str(district), reverse("regional:district", args=[district.pk])))
    return above


@require_safe
def district(request, pk):
    """Show one district: its facts and the ladder of every year and source."""
    row = _district(request, pk)
    rungs = list(row.ladder.all())
    keys = sorted(
        {(r.year, r.source) for r in rungs}, key=lambda k: (k[0], Source.values.index(k[1]))
    )
    amounts = {(r.year, r.source, r.step): r.amount for r in rungs}
    labels = dict(Source.choices)
    table = [
        (year, labels[source], [amounts.get((year, source, step.value)) for step in Step])
        for year, source in keys
    ]
    history = newest_first(
        changes(row),
        changes_in(
            FundingStep.history.filter(district=row),
            label=lambda r: str(r.instance),
            first=("amount",),
        ),
    )
    context = {
        "district": row,
        "project": row.project,
        "funding": row.project.funding.all(),
        "steps": list(Step),
        "table": table,
        "bars": _bars(rungs),
        "warnings": rules.ladder_warnings(rungs),
        "may_edit": edits_facts(request.user, row.project.department_id),
        "keeps": keeps_regional(request.user),
        "history": history,
    }
    return render(request, "projects/regional/district.html", context)


@WRITE
def rung(request, pk):
    """Write one amount of the ladder."""
    row = _district(request, pk)
    must_edit(request.user, row.project.department_id)
    sent = request.POST if request.method == "POST" else None
    form = forms.RungForm(sent, district=row, initial={"year": clock.today().year})

    def act(form):
        verbs.set_rung(row, by=request.user, **form.cleaned_data)

    return handle(request, form, "재원 단계 적기", _trail(row), act, "금액을 저장했습니다.")


@WRITE
def district_edit(request, pk):
    """Change a district's number and fund group."""
    row = _district(request, pk)
    must_keep(request.user)
    form = forms.DistrictForm(request.POST if request.method == "POST" else None, instance=row)

    def act(form):
        verbs.set_district(form.instance, by=request.user)

    return handle(request, form, "지구 고치기", _trail(row), act, "저장했습니다.")


# --- the call for projects --------------------------------------------------------------------
@method_decorator(require_safe, name="dispatch")
class ProposalList(ListPage):
    """균형발전 사업 제안: the proposals that this person may see."""

    model = Proposal
    table_class = ProposalTable
    filterset_class = ProposalFilter
    template_name = "projects/regional/proposals.html"
    row_template = "projects/regional/proposal_row.html"
    title = CALL

    def get(self, request, *args, **kwargs):
        """Refuse whoever has nothing to do with these projects."""
        must_follow(request.user)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        """Return the rows with what the page names."""
        return super().get_queryset().select_related("department", "phase")

    def get_context_data(self, **more):
        """Say whether this person may bring a proposal."""
        return super().get_context_data(**more) | {"proposes": proposes(self.request.user)}


def _proposal(request, pk):
    must_follow(request.user)
    visible = Proposal.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("department", "phase"), pk=pk)


def _call(row=None):
    above = [(CALL, reverse("regional:proposals"))]
    return above + ([(str(row), reverse("regional:proposal", args=[row.pk]))] if row else [])


@WRITE
def proposal_new(request):
    """Bring a proposal for one's own department."""
    must_follow(request.user)
    refuse_with(proposes(request.user), "제안은 부서의 담당자가 합니다.")
    coming = BalancedPhase.objects.filter(starts__gt=clock.today().year).first()
    form = forms.ProposalForm(
        request.POST if request.method == "POST" else None,
        instance=Proposal(department=request.user.department),
        initial={"phase": coming},
    )

    def act(form):
        row = verbs.propose(form.instance, by=request.user)
        return reverse("regional:proposal", args=[row.pk])

    return handle(request, form, "사업 제안하기", _call(), act, "제안을 저장했습니다.")


@WRITE
def proposal_edit(request, pk):
    """Go on writing a proposal that is still in the department's hands."""
    row = _proposal(request, pk)
    must_edit(request.user, row.department_id)
    form = forms.ProposalForm(
        request.POST if request.method == "POST" else None,
        instance=row,
        initial={"version": row.version},
    )

    def act(form):
        verbs.rewrite(form.instance, version=form.cleaned_data["version"] or 0, by=request.user)

    return handle(request, form, "제안 고치기", _call(row), act, "저장했습니다.")


def _page(request, row, form, status=200):
    may_edit = edits_facts(request.user, row.department_id) and row.state in rules.EDITABLE
    context = {
        "proposal": row,
        "form": form,
        "moves": verbs.moves_for(request.user, row),
        "may_edit": may_edit,
        "steps": row.moves.select_related("by"),
        "history": newest_first(changes(row)),
    }
    return render(request, "projects/regional/proposal.html", context, status=status)


@require_safe
def proposal(request, pk):
    """Show one proposal, its moves as buttons, its way so far."""
    row = _proposal(request, pk)
    return _page(request, row, forms.MoveForm(initial={"seen": row.version}))


@require_POST
def proposal_move(request, pk):
    """Take one move of the proposal as it was shown; the same click twice has one effect."""
    row = _proposal(request, pk)
    name, form = request.POST.get("move", ""), forms.MoveForm(request.POST)
    if name not in rules.MOVES:
        form.add_error(None, "무엇을 할지 골라 주세요.")
    if not form.is_valid():
        return _page(request, row, form, status=422)
    data = form.cleaned_data
    try:
        verbs.take(name, row, seen=data["seen"], comment=data["comment"], by=request.user)
    except verbs.Stale:
        form.add_error(None, STALE)
        return _page(request, row, form, status=409)
    except verbs.Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, row, form, status=409)
    return redirect("regional:proposal", pk=pk)
