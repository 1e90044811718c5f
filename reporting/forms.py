"""Forms of the office: decisions, periods, closing, publishing."""

from django import forms

from accounts.models import Department

from .fields import CleanTextField
from .models import Handover, Period
from .rules import span_end

DATES = ("opens_on", "due_on", "as_of")
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST = {"m": 12, "q": 4, "h": 2, "x": 99}  # spans of a cadence in one year


def date_input():
    """Return a date field's widget that browsers draw as a calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DecisionForm(forms.Form):
    """Approve, return or reopen: the version seen, words for the department, the day it is wanted back."""

    approval = None

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    comment = CleanTextField(
        label="부서에 남길 말",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="반려할 때는 무엇을 어떻게 고칠지 적어 주세요. 부서가 다시 낼 때까지 화면 맨 위에 보입니다.",
    )
    due_on = forms.DateField(
        label="다시 낼 기한",
        required=False,
        widget=date_input(),
        help_text="반려할 때만 씁니다. 원래 제출 기한보다 이르면 원래 기한을 그대로 둡니다.",
    )
    confirmed = forms.BooleanField(required=False)

    def __init__(self, *args, move=None, **kwargs):
        super().__init__(*args, **kwargs)
        if move:
            self.fields["comment"].required = move.needs_comment
            self.fields["due_on"].required = move.sets_due
            self.fields["comment"].error_messages["required"] = (
                f"'{move.label}'에는 사유를 적어야 합니다."
            )

    def confirms(self, approval):
        """Show the tick and the check list of what an approval confirms; None shows neither."""
        self.approval = approval
        # A form that was refused has drawn its fields' labels already.
        self["confirmed"].label = self.fields["confirmed"].label = approval.tick if approval else ""


class PeriodForm(forms.ModelForm):
    """A period's span and days; the as-of date before the end of the span needs a note (domain.md §1.6)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    year = forms.IntegerField(label="연도", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    note = CleanTextField(label="비고", required=False, max_length=200, widget=forms.TextInput())

    class Meta:
        model = Period
        fields = ["cadence", "year", "number", *DATES, "note"]
        widgets = {name: date_input() for name in DATES}

    def __init__(self, *args, propose=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        if self.instance.pk:
            for name in ("cadence", "year", "number"):
                self.fields[name].disabled = True
        elif propose and self.instance.year:
            end = span_end(self.instance.cadence, self.instance.year, self.instance.number)
            self.initial["as_of"] = end

    def clean(self):
        data = super().clean()
        opens, due, as_of = (data.get(name) for name in DATES)
        if opens and due and due < opens:
            self.add_error("due_on", "제출 기한이 입력 시작일보다 빠릅니다.")
        span = [data.get(name) for name in ("cadence", "year", "number")]
        if None in span or not data["cadence"]:
            return data
        last = MOST[data["cadence"]]
        if not 1 <= data["number"] <= last:
            self.add_error("number", f"1부터 {last}까지 적어 주세요.")
        elif as_of and (end := span_end(*span)) and as_of < end and not data.get("note"):
            self.add_error(
                "as_of", "기준일이 기간의 끝보다 빠릅니다. 맞다면 비고에 까닭을 적어 주세요."
            )
        return data

    def show_conflict(self, now):
        """Say what somebody else saved since, beside what was typed, and go on from there."""
        for name in (*DATES, "note"):
            theirs = getattr(now, name)
            if theirs != self.cleaned_data.get(name):
                self.add_error(
                    name,
                    f"그 사이 다른 사람이 '{theirs}'(으)로 고쳤습니다. 내 값을 쓰려면 다시 저장하세요.",
                )
        self.data = self.data.copy()
        self.data["version"] = now.version


class CloseForm(forms.Form):
    """Closing: a reason when something is left out."""

    missing_reason = CleanTextField(
        label="미보고로 두고 마감하는 사유",
        required=False,
        max_length=80,
        widget=forms.TextInput(),
        help_text="승인되지 않은 항목이 있을 때만 적습니다. 그 항목은 지난 기간의 값으로 '미보고' 표시되어 공표됩니다.",
    )


class PublishForm(forms.Form):
    """Publishing: the revision that the button meant, and a public reason for a correction."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = CleanTextField(
        label="무엇을 왜 바꾸었는지",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="정정 공표 때 적습니다. 시민 누리집에 그대로 보입니다.",
    )
    checked = forms.BooleanField(
        label="위 수치와 미리보기를 확인했습니다. 공표한 내용은 지울 수 없고 정정 공표로만 고칩니다.",
        error_messages={"required": "공표할 내용을 확인하고 표시해 주세요."},
    )

    def __init__(self, *args, needs_reason=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_reason:
            self.fields["reason"].widget = forms.HiddenInput()


class OverrideForm(forms.Form):
    """Letting findings pass: the digest of those that the page showed, and why."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = CleanTextField(
        label="그대로 공표하는 사유",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="이름과 함께 남습니다. 예: 공개에 동의한 위탁기관의 대표전화.",
        error_messages={"required": "그대로 공표하는 사유를 적어 주세요."},
    )


class WithdrawForm(forms.Form):
    """Taking a publication back: the revision that the page showed, a public reason, a second look."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = CleanTextField(
        label="거두어들이는 사유",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="시민 누리집에 그대로 보입니다.",
        error_messages={"required": "거두어들이는 사유를 적어 주세요. 누구나 보는 글입니다."},
    )
    checked = forms.BooleanField(
        label="시민이 이 판을 더는 볼 수 없게 됩니다. 다시 보이려면 새로 공표해야 합니다.",
        error_messages={"required": "거두어들이는 것이 맞는지 표시해 주세요."},
    )


class DeskFilter(forms.Form):
    """나의 할 일: of which period; blank is what can be done now."""

    ALL = "all"
    period = forms.ChoiceField(label="보고기간", required=False)

    def __init__(self, *args, periods, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [
            ("", "지금 할 일 (입력 중인 기간과 반려된 것)"),
            (self.ALL, "모든 기간"),
            *((period.code, period.name) for period in periods),
        ]


class ExtensionForm(forms.Form):
    """기한 연장: which department of this period, until when, why."""

    department = forms.ModelChoiceField(
        label="부서", queryset=Department.objects.none(), empty_label="고르세요"
    )
    due_on = forms.DateField(
        label="연장한 기한", widget=date_input(), help_text="이날 24시까지 낼 수 있습니다."
    )
    reason = CleanTextField(
        label="사유",
        max_length=300,
        widget=forms.TextInput(),
        help_text="부서의 '나의 할 일'에 그대로 보이고 기록에 남습니다.",
    )

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, prefix="extend", **kwargs)
        self.fields["department"].queryset = departments


class RemindForm(forms.Form):
    """Whom the office's button reminds: of everything unfinished or of what is late, all or one department."""

    scope = forms.ChoiceField(
        label="무엇을",
        required=False,
        choices=[("", "내지 않은 것 모두"), ("late", "기한이 지난 것만")],
    )
    department = forms.ModelChoiceField(
        label="부서", required=False, queryset=Department.objects.none(), empty_label="모든 부서"
    )

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments


class PersonChoice(forms.ModelChoiceField):
    """People with their department, so that two of one name differ."""

    def label_from_instance(self, person):
        return f"{person.department or '부서 없음'} · {person} {person.position}".strip()


class HandoverForm(forms.ModelForm):
    """업무 인계: who hands over to whom, from which day; the department is the successor's."""

    from_person = PersonChoice(label="넘기는 사람", queryset=None, empty_label="고르세요")
    successor = PersonChoice(label="넘겨받는 사람", queryset=None, empty_label="고르세요")
    note = CleanTextField(
        label="남기는 말",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="인계서 첫머리에 적힙니다.",
    )

    class Meta:
        model = Handover
        fields = ["from_person", "successor", "effective_on", "note"]
        widgets = {"effective_on": date_input()}
        help_texts = {"effective_on": "오늘이거나 지난 날이면 바로 넘깁니다."}

    def __init__(self, *args, people, successors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from_person"].queryset = people
        self.fields["successor"].queryset = successors

    def clean(self):
        data = super().clean()
        if successor := data.get("successor"):
            self.instance.department = successor.department
        return data
