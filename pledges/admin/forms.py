"""The forms of a term, of a pledge card and of the rows that hang on them."""

from django import forms

from reporting.master import AmountField, MasterForm, RowForm

from ..models import AnnualTarget, Funding, Milestone, Pledge, RatePolicy, Term

AMOUNTS = ("planned", "secured", "spent")


class TargetForm(RowForm):
    """What is to be reached in one year."""

    class Meta:
        model = AnnualTarget
        fields = ["year", "text", "amount", "unit"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("amount", "unit"):
            self.fields[name].widget.attrs["class"] = "short"
        self.fields["text"].widget.attrs |= {"rows": 2, "cols": 40}


class FundingForm(RowForm):
    """One source in one year; amounts in 백만원."""

    planned = AmountField(label="계획(백만원)")
    secured = AmountField(label="확보(백만원)")
    spent = AmountField(label="집행(백만원)")

    class Meta:
        model = Funding
        fields = ["year", "source", *AMOUNTS]


class MilestoneForm(RowForm):
    """One step."""

    class Meta:
        model = Milestone
        fields = ["order", "title", "planned", "done_before"]


class RatePolicyForm(RowForm):
    """How rates are rounded from a day on."""

    class Meta:
        model = RatePolicy
        fields = ["valid_from", "mode", "places"]

    places = forms.TypedChoiceField(
        label="소수 자릿수", coerce=int, choices=[(n, f"{n}자리") for n in range(5)], initial=1
    )


class TermForm(MasterForm):
    """A mayor's term."""

    class Meta:
        model = Term
        fields = ["no", "name", "programme", "starts_on", "ends_on"]

    def clean(self):
        """Refuse an end that is not after the start."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", "임기 끝이 임기 시작보다 뒤여야 합니다.")
        return cleaned


class PledgeForm(MasterForm):
    """The pledge card; field, number and serial fit its term."""

    class Meta:
        model = Pledge
        exclude = []

    def clean(self):
        """Hold the card to its term: the field is one of it, number and serial are free there."""
        cleaned = super().clean()
        term, field = cleaned.get("term"), cleaned.get("field")
        if term and field and field.term_id != term.pk:
            self.add_error("field", f"'{field}'은(는) {term}의 분야가 아닙니다.")
        if term and self._taken(term=term, number=cleaned.get("number")):
            self.add_error(
                "number", f"{term}에 관리번호 {cleaned['number']}인 공약이 이미 있습니다."
            )
        if field and self._taken(field=field, serial=cleaned.get("serial")):
            self.add_error(
                "serial", f"'{field}' 분야에 순번 {cleaned['serial']}인 공약이 이미 있습니다."
            )
        return cleaned

    def _taken(self, **where):
        known = all(value is not None for value in where.values())
        return known and Pledge.objects.filter(**where).exclude(pk=self.instance.pk).exists()
