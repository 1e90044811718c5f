"""Forms of a complex: its facts, facilities, stages, agreement, changes, users, and rates."""

from django import forms

from accounts.models import Department
from reporting.fields import CleanTextField, FigureField
from reporting.forms import FIRST_YEAR, LAST_YEAR, date_input

from ..models import (
    FacilityType,
    InvestmentAgreement,
    LivingSocComplex,
    SocChange,
    SocStep,
    SubsidyRate,
)
from ..regional_rules import soc as rules

MOST = 2_000_000_000
LENGTHS = {"operator": 100, "title": 200, "document": 200, "note": 300, "parties": 200}
DATED = ("site_secured_on", "applied_on", "opened_on")


def line(label, length, required=False, help_text=""):
    """Return a field for one line of clean text."""
    return CleanTextField(
        label=label,
        max_length=length,
        required=required,
        widget=forms.TextInput(),
        help_text=help_text,
    )


def money(label, **more):
    """Return a field for 백만원; blank is unknown, 0 is none."""
    return FigureField(label=label, min_value=0, max_value=MOST, required=False, **more)


def day(label, required=True, help_text=""):
    """Return a field for a day between 2000 and 2100."""
    return DayField(label=label, required=required, widget=date_input(), help_text=help_text)


class DayField(forms.DateField):
    """A day in the years that this office works with."""

    def clean(self, value):
        found = super().clean(value)
        if found and not FIRST_YEAR <= found.year < LAST_YEAR:
            raise forms.ValidationError(f"{FIRST_YEAR}년부터 {LAST_YEAR - 1}년까지 적어 주세요.")
        return found


def area(label, required=False):
    """Return a field for ㎡ with two places."""
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


class ComplexForm(forms.ModelForm):
    """The complex's own facts; what is not known stays blank."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    operator = line("운영주체", LENGTHS["operator"])
    operating_cost = money("연간 운영비(백만원)")
    site_secured_on = day("부지 확보일", required=False)
    applied_on = day(
        "신청일", required=False, help_text="시설유형이 대상인지 이날을 기준으로 봅니다."
    )
    opened_on = day("개관일", required=False)

    class Meta:
        model = LivingSocComplex
        fields = ["platform", "operator", "operating_cost", *DATED]


class NewComplexForm(ComplexForm):
    """A complex and the project behind it."""

    title = line("사업명", LENGTHS["title"], required=True)
    department = forms.ModelChoiceField(label="부서", queryset=Department.objects.all())
    field_order = ["title", "department"]


class FacilityForm(forms.Form):
    """One facility type with its area; ticking takes it out."""

    facility_type = forms.ModelChoiceField(label="시설유형", queryset=FacilityType.objects.all())
    area = area("면적(㎡)")
    drop = forms.BooleanField(label="이 시설을 구성에서 뺍니다.", required=False)

    def clean_area(self):
        """Refuse an area of zero: blank is unknown."""
        found = self.cleaned_data["area"]
        if found == 0:
            raise forms.ValidationError("0보다 큰 면적을 적거나, 모르면 비워 주세요.")
        return found


class StepForm(forms.Form):
    """What became of a stage: the day, the document, the outcome and the reason."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST)
    stage = forms.ChoiceField(label="단계", choices=SocStep.Stage.choices)
    outcome = forms.ChoiceField(label="결과", choices=SocStep.Outcome.choices)
    on = day("일자")
    document = line("문서", LENGTHS["document"], help_text="예: 전략기획실-1234(2019. 8. 1.)")
    note = line(
        "사유·내용", LENGTHS["note"], help_text="건너뛰거나 탈락한 단계에는 꼭 적어 주세요."
    )


class AgreementForm(forms.ModelForm):
    """지역발전투자협약: signed when, holds from when to when, between whom."""

    signed_on = day("체결일")
    starts_on = day("협약기간 시작")
    ends_on = day("협약기간 끝")
    parties = line("협약 당사자", LENGTHS["parties"], help_text="예: 지자체, 균형위, 관련부처")

    class Meta:
        model = InvestmentAgreement
        fields = ["signed_on", "starts_on", "ends_on", "parties"]

    def clean(self):
        """Refuse an end that does not come after the start."""
        data = super().clean()
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", "협약기간의 끝은 시작보다 늦어야 합니다.")
        return data


class ChangeForm(forms.Form):
    """A change before it is written: first computed and shown, then recorded."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST)
    decided_on = day("변경일")
    cost_before = money("총사업비 당초(백만원)")
    cost_after = money("총사업비 변경(백만원)")
    area_before = area("연면적 당초(㎡)")
    area_after = area("연면적 변경(㎡)")
    months_before = FigureField(
        label="사업기간 당초(개월)", min_value=0, max_value=600, required=False
    )
    months_after = FigureField(
        label="사업기간 변경(개월)", min_value=0, max_value=600, required=False
    )
    reason = line("사유", 300, required=True)

    def clean(self):
        """Ask for both sides of what changes, and for at least one of them."""
        data = super().clean()
        pairs = [("cost", "총사업비"), ("area", "연면적"), ("months", "사업기간")]
        whole = 0
        for name, label in pairs:
            known = [data.get(f"{name}_{side}") is not None for side in ("before", "after")]
            whole += all(known)
            if any(known) and not all(known):
                self.add_error(f"{name}_after", f"{label}은(는) 당초와 변경을 함께 적어 주세요.")
        if not whole and not self.errors:
            raise forms.ValidationError(
                "총사업비, 연면적, 사업기간 가운데 바뀌는 것을 적어 주세요."
            )
        return data

    def facts(self):
        """Return what `record_change` takes from a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def reasons(self):
        """Return why this change is major (균형위), [] when it is not; of a valid form."""
        return rules.major_reasons(SocChange(**self.facts()))


class UsageForm(forms.Form):
    """Users of one month."""

    year = FigureField(label="연도", min_value=2019, max_value=2100)
    month = FigureField(label="월", min_value=1, max_value=12)
    users = FigureField(label="이용자(명)", min_value=0, max_value=MOST)


class RateForm(forms.ModelForm):
    """기본 보조율 of a facility type in a year."""

    year = FigureField(label="연도", min_value=2000, max_value=2100)
    base_rate = FigureField(label="기본 보조율(%)", min_value=0, max_value=100)

    class Meta:
        model = SubsidyRate
        fields = ["facility_type", "year", "base_rate"]
