"""The forms of a record with a version and of the rows that hang on it."""

from django import forms
from django.forms.models import BaseInlineFormSet

from ..fields import CleanTextField, FigureField
from ..formats import number

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
