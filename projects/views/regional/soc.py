"""생활SOC 복합화: the list of complexes, one complex, and the forms of its parts."""

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from accounts.history import changes, changes_in, newest_first
from reporting import clock
from reporting.lists import ListPage

from ...models import (
    FacilityType,
    InvestmentAgreement,
    LivingSocComplex,
    SocStep,
    SubsidyRate,
    SubsidyUplift,
)
from ...regional import soc as verbs
from ...regional import soc_forms as forms
from ...regional.lists import ComplexFilter, ComplexTable
from ...regional_rights import edits_facts, keeps_regional
from ...regional_rules import soc as rules
from .common import form_page, handle, must_edit, must_follow, must_keep

LIST = "생활SOC 복합화"
WRITE = require_http_methods(["GET", "HEAD", "POST"])


@method_decorator(require_safe, name="dispatch")
class ComplexList(ListPage):
    """생활SOC 복합화: the complexes that this person may see."""

    model = LivingSocComplex
    table_class = ComplexTable
    filterset_class = ComplexFilter
    template_name = "projects/regional/complexes.html"
    row_template = "projects/regional/complex_row.html"
    title = LIST

    def get(self, request, *args, **kwargs):
        """Refuse whoever has nothing to do with these projects."""
        must_follow(request.user)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        """Return the rows with what the page names."""
        rows = super().get_queryset().select_related("project__department")
        return rows.annotate(facility_count=Count("facilities")).order_by("project__order", "pk")

    def get_context_data(self, **more):
        """Say whether this person may add a complex."""
        return super().get_context_data(**more) | {"keeps": keeps_regional(self.request.user)}


def _shown(request, pk):
    must_follow(request.user)
    visible = LivingSocComplex.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("project__department"), pk=pk)


def _trail(row=None):
    above = [(LIST, reverse("regional:soc"))]
    return above + ([(str(row), reverse("regional:complex", args=[row.pk]))] if row else [])


@WRITE
def new(request):
    """Add a complex with the project behind it."""
    must_follow(request.user)
    must_keep(request.user)
    form = forms.NewComplexForm(request.POST if request.method == "POST" else None)

    def act(form):
        data = {n: v for n, v in form.cleaned_data.items() if n != "version"}
        row = verbs.start_complex(by=request.user, **data)
        return reverse("regional:complex", args=[row.pk])

    return handle(request, form, "복합시설 더하기", _trail(), act, "복합시설을 더했습니다.")


@require_safe
def one(request, pk):
    """Show one complex: facilities with rates, stages, agreement, changes, users, history."""
    row = _shown(request, pk)
    day = row.applied_on or clock.today()
    facilities = list(row.facilities.select_related("facility_type"))
    steps = list(row.steps.select_related("by"))
    latest = rules.latest(steps)
    agreement = InvestmentAgreement.objects.filter(complex=row).first()
    context = {
        "complex": row,
        "day": day,
        "facilities": [(f, rules.effective_rate(f.facility_type, day)) for f in facilities],
        "problems": rules.type_problems([f.facility_type for f in facilities], day),
        "window": rules.uplift_window(day),
        "stages": [(stage, latest.get(stage.value)) for stage in SocStep.Stage],
        "steps": steps,
        "next": rules.next_stage(steps),
        "agreement": agreement,
        "warning": agreement and rules.agreement_warning(agreement.starts_on, agreement.ends_on),
        "changes": [(c, rules.major_reasons(c)) for c in row.changes.select_related("by")],
        "usage": row.usage.all(),
        "may_edit": edits_facts(request.user, row.project.department_id),
        "keeps": keeps_regional(request.user),
        "history": _history(row),
    }
    return render(request, "projects/regional/complex.html", context)


def _history(row):
    def rows(model):
        return changes_in(model.history.filter(complex=row), label=lambda r: str(r.instance))

    agreement = InvestmentAgreement.history.filter(complex=row)
    return newest_first(
        changes(row),
        rows(row.facilities.model),
        rows(row.usage.model),
        changes_in(agreement, label=lambda r: "지역발전투자협약"),
    )


# --- the forms of a complex -------------------------------------------------------------------
@WRITE
def part(request, pk, name):
    """Show and take one form of a complex; an unknown one is a page that is not there."""
    row = _shown(request, pk)
    if name not in PARTS:
        raise Http404
    title, office_only, build, act, done = PARTS[name]
    must_edit(request.user, row.project.department_id)
    if office_only:
        must_keep(request.user)
    form = build(request.POST if request.method == "POST" else None, row)
    if name == "change" and form.is_bound and "record" not in request.POST and form.is_valid():
        return form_page(
            request, form, title, _trail(row), reasons=form.reasons(), computed=True, asks=True
        )
    return handle(
        request,
        form,
        title,
        _trail(row),
        lambda form: act(form, row, request.user),
        done,
        asks=name == "change",
    )


def _facts_form(sent, row):
    return forms.ComplexForm(sent, instance=row, initial={"version": row.version})


def _save_facts(form, row, user):
    verbs.rewrite(form.instance, version=form.cleaned_data["version"] or 0, by=user)


def _save_facility(form, row, user):
    data = form.cleaned_data
    if data["drop"]:
        verbs.drop_facility(row, facility_type=data["facility_type"], by=user)
    else:
        verbs.set_facility(row, facility_type=data["facility_type"], area=data["area"], by=user)


def _step_form(sent, row):
    steps = list(row.steps.all())
    stage = rules.next_stage(steps)
    initial = {"seen": len(steps), "on": clock.today(), "stage": stage}
    return forms.StepForm(sent, initial=initial)


def _save_step(form, row, user):
    verbs.enter_step(row, by=user, **form.cleaned_data)


def _agreement_form(sent, row):
    return forms.AgreementForm(
        sent, instance=InvestmentAgreement.objects.filter(complex=row).first()
    )


def _save_agreement(form, row, user):
    verbs.set_agreement(row, form.save(commit=False), by=user)


def _change_form(sent, row):
    initial = {"seen": row.changes.count(), "decided_on": clock.today()}
    initial |= {"cost_before": row.project.total_cost}
    return forms.ChangeForm(sent, initial=initial)


def _save_change(form, row, user):
    verbs.record_change(row, seen=form.cleaned_data["seen"], by=user, **form.facts())


def _usage_form(sent, row):
    return forms.UsageForm(sent)


def _save_usage(form, row, user):
    verbs.set_usage(row, by=user, **form.cleaned_data)


PARTS = {  # name: (title, the office alone, form, act, what was done)
    "facts": ("복합시설 고치기", False, _facts_form, _save_facts, "저장했습니다."),
    "facility": (
        "시설 구성",
        False,
        lambda sent, row: forms.FacilityForm(sent),
        _save_facility,
        "시설 구성을 저장했습니다.",
    ),
    "step": ("신청 단계 기록", True, _step_form, _save_step, "단계를 기록했습니다."),
    "agreement": (
        "지역발전투자협약",
        True,
        _agreement_form,
        _save_agreement,
        "협약을 저장했습니다.",
    ),
    "change": ("협약 변경 기록", True, _change_form, _save_change, "변경을 기록했습니다."),
    "usage": ("이용자 적기", False, _usage_form, _save_usage, "이용자를 저장했습니다."),
}


@WRITE
def rates(request):
    """Show facility types by date, uplift and base rates; the office enters a rate once it is known."""
    must_follow(request.user)
    if request.method == "POST":
        must_keep(request.user)
    form = forms.RateForm(
        request.POST if request.method == "POST" else None, initial={"year": clock.today().year}
    )
    more = {
        "types": FacilityType.objects.all(),
        "uplifts": SubsidyUplift.objects.all(),
        "rates": SubsidyRate.objects.select_related("facility_type"),
        "keeps": keeps_regional(request.user),
        "page": "projects/regional/rates.html",
    }
    if request.method == "POST" and form.is_valid():
        return handle(
            request,
            form,
            "시설유형과 보조율",
            [*_trail(), ("시설유형과 보조율", reverse("regional:rates"))],
            lambda form: verbs.set_rate(form.instance, by=request.user) and None,
            "기본 보조율을 저장했습니다.",
        )
    status = 422 if form.errors else 200
    return render(request, more.pop("page"), {**more, "form": form}, status=status)
