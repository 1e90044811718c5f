"""The forms of the jury: panel, juror with personal data apart, meeting, question, reply."""

import re
import uuid

from django import forms

from accounts.models import Role, User
from reporting.fields import CleanTextField
from reporting.forms import FIRST_YEAR, LAST_YEAR, date_input

from .models import Juror, JuryPanel, JuryQuestion, JuryReply, JurySession, Term

PHONE = re.compile(r"0\d{1,2}-\d{3,4}-\d{4}")


def _line(label, length, **more):
    return CleanTextField(label=label, max_length=length, widget=forms.TextInput(), **more)


def _text(label, rows=5, length=5000, **more):
    return CleanTextField(
        label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class PanelForm(forms.ModelForm):
    """A panel and its rule."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    term = forms.ModelChoiceField(label="임기", queryset=Term.objects.all())
    year = forms.IntegerField(label="연도", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    name = _line("이름", 80, help_text="예: 2019년 주민배심원단")
    recruited_by = _line(
        "모집", 120, required=False, help_text="예: ARS 무작위 추출(성별·연령·지역 비례)"
    )
    seats = forms.IntegerField(label="정원", min_value=1, max_value=1000)
    quorum_above = forms.IntegerField(
        label="성원(%)",
        min_value=0,
        max_value=99,
        initial=50,
        help_text="배심원의 몇 %를 넘게 나와야 회의가 되는지",
    )
    majority_above = forms.IntegerField(
        label="의결(%)",
        min_value=0,
        max_value=99,
        initial=50,
        help_text="출석한 배심원의 몇 %를 넘게 찬성해야 ‘조정 타당’인지",
    )

    class Meta:
        model = JuryPanel
        fields = [
            "term",
            "year",
            "name",
            "recruited_by",
            "seats",
            "quorum_above",
            "majority_above",
            "is_public",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version


class SessionForm(forms.ModelForm):
    """A meeting: when, about what, how many came, what was said."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    number = forms.IntegerField(label="차수", min_value=1, max_value=99)
    held_on = forms.DateField(label="날짜", widget=date_input())
    agenda = _text("안건", 4)
    attendance = forms.IntegerField(label="출석(명)", min_value=0, max_value=1000, required=False)
    minutes = _text(
        "회의 결과",
        6,
        required=False,
        help_text="시민에게 공개됩니다. 배심원의 이름을 적지 마세요.",
    )

    class Meta:
        model = JurySession
        fields = ["number", "held_on", "agenda", "attendance", "minutes"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def clean_number(self):
        """Refuse a number that another meeting of the panel has."""
        number, mine = self.cleaned_data["number"], self.instance
        others = JurySession.objects.filter(panel=mine.panel_id, number=number)
        if others.exclude(pk=mine.pk).exists():
            raise forms.ValidationError(f"{number}차 회의가 이미 있습니다.")
        return number


class JurorForm(forms.ModelForm):
    """A juror under a number, and apart from it who that is."""

    number = forms.IntegerField(label="번호", min_value=1, max_value=1000)
    district = _line("지역(읍·면·동)", 40)
    user = forms.ModelChoiceField(
        label="로그인 계정",
        queryset=User.objects.none(),
        required=False,
        help_text="전산 담당자가 역할 ‘주민배심원’으로 만든 계정. 성명 칸에는 이름 대신 번호를 적습니다.",
    )
    name = _line("성명", 40)
    phone = _line("전화", 20, help_text="예: 010-0000-0000")
    consent_on = forms.DateField(label="개인정보 수집 동의일", widget=date_input())
    keep_until = forms.DateField(
        label="보유기한", widget=date_input(), help_text="이날이 지나면 파기합니다."
    )

    class Meta:
        model = Juror
        fields = ["number", "sex", "age", "district", "user"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        free = User.objects.filter(role=Role.JUROR, juror=None, is_active=True)
        self.fields["user"].queryset = free.order_by("username")

    def clean_number(self):
        """Refuse a number that is taken in the panel."""
        number = self.cleaned_data["number"]
        if self.instance.panel.jurors.filter(number=number).exists():
            raise forms.ValidationError(f"배심원 {number}이(가) 이미 있습니다.")
        return number

    def clean_phone(self):
        """Refuse what is no telephone number."""
        phone = self.cleaned_data["phone"]
        if not PHONE.fullmatch(phone):
            raise forms.ValidationError("010-0000-0000처럼 적어 주세요.")
        return phone

    def clean(self):
        """Refuse a term of keeping that ends before the consent."""
        data = super().clean()
        since, until = data.get("consent_on"), data.get("keep_until")
        if since and until and until < since:
            self.add_error("keep_until", "보유기한이 동의일보다 빠릅니다.")
        return data

    @property
    def person(self):
        """Return the personal data of a valid form."""
        return {n: self.cleaned_data[n] for n in ("name", "phone", "consent_on", "keep_until")}


class RevealForm(forms.Form):
    """Why a juror's data is read in full."""

    reason = _line("열람하는 까닭", 100, help_text="접속기록에 남습니다.")


class AskForm(forms.Form):
    """A juror's question or opinion; the key makes the same form count once."""

    kind = forms.ChoiceField(
        label="종류", choices=JuryQuestion.Kind.choices, widget=forms.RadioSelect
    )
    text = _text(
        "내용",
        6,
        3000,
        help_text="이름과 연락처 같은 개인정보는 적지 마세요. 담당 부서와 전략기획실이 읽습니다.",
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class ReplyForm(forms.Form):
    """The answer to a juror: reflected or not and why; with a summary it goes to the public page."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1000)
    text = _text("답변", 5, 3000)
    reflected = forms.ChoiceField(
        label="반영 여부", choices=[("", "고르세요"), *JuryReply.Reflected.choices]
    )
    why = _text("반영하거나 하지 않는 까닭", 3, 2000, required=False)
    summary = _line(
        "공개할 요지",
        300,
        required=False,
        help_text="질의·의견의 요지를 담당자의 말로 적으면 시민 화면에 반영 여부와 까닭이 함께 공개됩니다. "
        "비우면 공개하지 않습니다.",
    )

    def clean(self):
        """Ask for the reason wherever something is reflected or not."""
        data = super().clean()
        reflected = data.get("reflected")
        if reflected and reflected != JuryReply.Reflected.NONE and not data.get("why"):
            self.add_error("why", "반영 여부에는 까닭을 적어 주세요.")
        return data
