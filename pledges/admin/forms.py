"""The forms of a term, of a pledge card and of the rows that hang on them."""

from django import forms
from django.forms.models import BaseInlineFormSet

from reporting.fields import CleanTextField, FigureField
from reporting.formats import number

from ..models import AnnualTarget, Funding, Milestone, Pledge, RatePolicy, Term

AMOUNTS = ("planned", "secured", "spent")
STALE = (
    "그 사이 다른 사람이 먼저 저장했습니다. 아직 아무것도 덮어쓰지 않았습니다. "
    "위의 비교를 보고, 칸을 고친 뒤 다시 저장해 주세요."
)


class AmountField(FigureField):
    """백만원 as people type and read it: with commas; blank is unknown, 0 is none."""

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=2_000_000_000, required=False, **kwargs)
        self.widget.attrs |= {"class": "vTextField amount", "autocomplete": "off"}

    def prepare_value(self, value):
        return number(value) if isinstance(value, int) else value


class RowForm(forms.ModelForm):
    """A row of a card. All its keys lie inside the card, so the formset sees every clash."""

    def validate_unique(self):
        """Leave it to the formset, which also knows what is deleted or moved in the same save."""

    def validate_constraints(self):
        """Leave it to the formset."""


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


class RowFormSet(BaseInlineFormSet):
    """The rows of a card; two with the same key are refused in the office's words."""

    twice = "같은 줄이 두 번 있습니다. 한 줄만 남겨 주세요."

    def add_fields(self, form, index):
        """Name every control for a screen reader: in a table only its column's head would say it."""
        super().add_fields(form, index)
        place = "새 줄" if index is None else f"{index + 1}번째 줄"
        kind = self.model._meta.verbose_name
        for name, field in form.fields.items():
            if name not in (self._pk_field.name, self.fk.name):
                field.widget.attrs["aria-label"] = f"{kind} {place} {field.label}"

    def get_unique_error_message(self, unique_check):
        return self.twice

    def get_form_error(self):
        return self.twice

    @property
    def freed(self):
        """Return the changed rows whose place another row of the same save may take."""
        key = self.key
        return [f.instance.pk for f in self.initial_forms if key in f.changed_data]


class MasterForm(forms.ModelForm):
    """A record with a version: a stale save is refused; why it was changed goes into the history."""

    reason = CleanTextField(
        label="변경 사유",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="변경 이력에 함께 남습니다.",
    )
    stale = False  # set by the admin for a save that came second

    def clean(self):
        """Refuse a save that came second."""
        cleaned = super().clean()
        if self.stale:
            raise forms.ValidationError(STALE, code="stale")
        return cleaned

    @property
    def told(self):
        """Return the names of the fields that are told by the record, so all but the reason."""
        return [name for name in self.fields if name != "reason"]

    @property
    def is_news(self):
        """Say whether anything but the reason differs from what is stored."""
        return any(name != "reason" for name in self.changed_data)


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
