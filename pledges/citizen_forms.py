"""What citizens fill in, and what the office and the departments decide and answer."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from reporting.fields import CleanTextField
from reporting.open_forms import KEY, new_key

LONGEST = 1000  # letters of an opinion
PHONE = re.compile(r"(?<!\d)0\d{1,2}[-. )]{0,2}\d{3,4}[-. ]{0,2}\d{4}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
CONTACT = (
    "전화번호나 전자우편 주소로 보이는 글이 있습니다. 누구나 보는 글이므로 지워 주세요. "
    "그대로 내면 공개하지 않을 수 있습니다."
)
AGREE = "개인정보의 수집·이용에 동의합니다."


def has_contact(text):
    """Say whether a text holds what looks like a telephone number or a mail address, full-width too."""
    text = unicodedata.normalize("NFKC", text)
    return bool(PHONE.search(text) or EMAIL.search(text))


class OpenForm(forms.Form):
    """A form without a login: the page's key, consent, and a field that only robots fill in."""

    homepage = forms.CharField(label="비워 두세요", required=False)
    agree = forms.BooleanField(
        label=AGREE,
        error_messages={
            "required": "동의하지 않으면 받을 수 없습니다. 위 안내를 읽고 표시해 주세요."
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agree"].widget.attrs["aria-describedby"] = "consent"
        self.fields["homepage"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}
        self.order_fields([name for name in self.fields if name not in ("agree", "homepage")])
        self.key = self.data.get(KEY) or new_key()

    @property
    def shown_fields(self):
        """Return the fields that people see, the consent last."""
        return [field for field in self if field.name not in ("homepage", "agree")]

    def clean(self):
        data = super().clean()
        if data.get("homepage"):
            raise ValidationError(
                "사람이 아니라 프로그램이 채운 것으로 보여 받지 않았습니다. 화면을 새로 열어 다시 적어 주세요."
            )
        return data

    def renew(self):
        """Go on with a fresh key, keeping what was typed."""
        self.key = new_key()


class OpinionForm(OpenForm):
    """시민 의견: words, a name if the writer wants one, consent."""

    text = CleanTextField(
        label="의견",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"{LONGEST:,}자까지. 글자 그대로 실리며, 링크는 되지 않습니다. 이름, 전화번호, 주소는 적지 마세요.",
        error_messages={"required": "의견을 적어 주세요."},
    )
    nickname = CleanTextField(
        label="별명",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="적지 않아도 됩니다. 적으면 의견과 함께 보입니다.",
    )
    anyway = forms.BooleanField(
        label="전화번호나 전자우편 주소가 있지만 그대로 냅니다.", required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not (
            has_contact(self.data.get("text", "")) or has_contact(self.data.get("nickname", ""))
        ):
            del self.fields["anyway"]

    def clean(self):
        data = super().clean()
        if "anyway" in self.fields and not data.get("anyway"):
            self.add_error("text", CONTACT)
        return data


class FollowForm(OpenForm):
    """소식 받기: where to, and consent."""

    email = forms.CharField(
        label="전자우편 주소",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "전자우편 주소를 적어 주세요."},
    )

    def clean_email(self):
        """Return the address as it is written to; a sentence for what is none."""
        found = unicodedata.normalize("NFKC", self.cleaned_data["email"]).strip()
        try:
            validate_email(found)
        except ValidationError:
            raise ValidationError(
                "전자우편 주소가 아닙니다. name@example.kr처럼 적어 주세요."
            ) from None
        return found


class ReceiptForm(forms.Form):
    """Look an opinion up by the number that its writer was given."""

    receipt = forms.CharField(
        label="접수번호",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text="의견을 낸 뒤에 나온 12자리 글자. 예: 7K3F-9QXM-2PWT",
        error_messages={"required": "접수번호를 적어 주세요."},
    )


class DecideForm(forms.Form):
    """Show or hide: the version that was read, and why it is hidden."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    shown = forms.ChoiceField(choices=[("1", "공개"), ("0", "비공개")], widget=forms.HiddenInput)
    reason = CleanTextField(
        label="공개하지 않는 사유",
        required=False,
        max_length=300,
        widget=forms.TextInput(),
        help_text="비공개할 때 적습니다. 쓴 사람이 접수번호로 봅니다. 예: 다른 사람의 전화번호가 있음",
    )


class AnswerForm(forms.Form):
    """답변: the version that was read (0 for none) and the words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = CleanTextField(
        label="답변",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="의견이 공개되면 답변도 누구나 봅니다. 개인의 이름과 연락처는 적지 마세요.",
        error_messages={"required": "답변을 적어 주세요."},
    )
