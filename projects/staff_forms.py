"""The form of a change of plan (계획 변경)."""

import datetime

from django import forms

from reporting import clock
from reporting.fields import CleanTextField, FigureField, PartialDateFormField
from reporting.forms import date_input

from .models import Project
from .staff import words
from .staff.revising import REVISED

EARLIEST = datetime.date(1990, 1, 1)
MOST = 2_000_000_000  # 백만원


def _line(label, length):
    return CleanTextField(label=label, required=False, max_length=length, widget=forms.TextInput())


class RevisionForm(forms.Form):
    """The plan as it shall be, the day and the reason; remembers which version its page showed."""

    total_cost = FigureField(label="총사업비(백만원)", required=False, min_value=0, max_value=MOST)
    starts = PartialDateFormField(
        label="시작", required=False, max_length=20, help_text="예: 2019. 2."
    )
    ends = PartialDateFormField(
        label="끝", required=False, max_length=20, help_text="예: 2019. 12."
    )
    location = _line("위치", 200)
    scope = _line("규모·대상", 300)
    decided_on = forms.DateField(label="변경일", widget=date_input())
    reason = CleanTextField(
        label="변경 사유", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)

    def __init__(self, data=None, *, project):
        initial = {name: getattr(project, name) for name in REVISED}
        super().__init__(data, initial={**initial, "version": project.version})

    def clean_decided_on(self):
        """Refuse a day that is still to come, or that no plan of ours can have."""
        day = self.cleaned_data["decided_on"]
        if not EARLIEST <= day <= clock.today():
            raise forms.ValidationError("변경일은 오늘까지의 날짜로 적어 주세요.")
        return day

    def clean(self):
        """Refuse an end before the start, as a project's own card does."""
        cleaned = super().clean()
        if not self.errors:
            try:
                Project(starts=cleaned["starts"], ends=cleaned["ends"]).clean()
            except forms.ValidationError as error:
                self.add_error(None, error)
        return cleaned

    @property
    def values(self):
        """Return {field: value} of the plan as it shall be."""
        return {name: self.cleaned_data[name] for name in REVISED}

    def show_conflict(self, now):
        """Say what is stored now, and go on from there."""
        told = " · ".join(f"{label} {text or '비어 있음'}" for label, text in words(now).items())
        self.add_error(
            None,
            "그 사이 다른 사람이 먼저 저장했습니다. 아직 아무것도 바꾸지 않았습니다. "
            f"지금 저장된 계획: {told}. 확인하고 다시 저장해 주세요.",
        )
        self.data = self.data.copy()
        self.data["version"] = now.version
