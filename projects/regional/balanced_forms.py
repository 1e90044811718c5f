"""Forms of balanced development: a rung of the ladder, a district, a proposal and its move."""

from django import forms

from reporting.fields import CleanTextField, FigureField

from ..models import BalancedProject, FundingStep, Proposal, Source
from ..regional_rules import balanced as rules
from .soc_forms import MOST, line, money


class RungForm(forms.Form):
    """One amount of the ladder, in 백만원."""

    year = FigureField(label="연도", min_value=2008, max_value=2100)
    source = forms.ChoiceField(label="재원", choices=Source.choices)
    step = forms.ChoiceField(label="단계", choices=FundingStep.Step.choices)
    amount = FigureField(label="금액(백만원)", min_value=0, max_value=MOST)

    def __init__(self, *args, district, **kwargs):
        super().__init__(*args, **kwargs)
        self.district = district

    def clean(self):
        """Refuse national money for a 순도비 project (domain.md §6)."""
        data = super().clean()
        if refusal := rules.national_refusal(
            self.district.fund_group, data.get("source"), data.get("amount")
        ):
            self.add_error("source", refusal)
        return data


class DistrictForm(forms.ModelForm):
    """The number and fund group of a district."""

    number = FigureField(label="번호", min_value=1, max_value=999)

    class Meta:
        model = BalancedProject
        fields = ["number", "fund_group"]

    def clean(self):
        """Refuse 순도비 where the project holds national money, and a number that is taken."""
        data = super().clean()
        national = rules.has_national_money(self.instance.project)
        if data.get("fund_group") == BalancedProject.Fund.PROVINCE_ONLY and national:
            self.add_error("fund_group", rules.NO_NATIONAL)
        others = BalancedProject.objects.filter(phase=self.instance.phase_id)
        if others.filter(number=data.get("number")).exclude(pk=self.instance.pk).exists():
            self.add_error("number", "이 번호의 지구가 이미 있습니다.")
        return data


class ProposalForm(forms.ModelForm):
    """A proposal as its department writes it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    title = line("사업명", 200, required=True)
    summary = CleanTextField(
        label="내용", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    amount = money("사업비(백만원)", help_text="모르면 비웁니다.")

    class Meta:
        model = Proposal
        fields = ["phase", "title", "menu", "summary", "amount"]


class MoveForm(forms.Form):
    """Words for a move of a proposal and the version that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)
    comment = line("남길 말", 300, help_text="보완 요구와 탈락에는 까닭을 적어 주세요.")
