"""Model and form fields for facts that are known only in part, and for figures as people type them."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from .formats import clean, partial

# Six digits that are a day of birth, a sign of the century, six more; any dash or none between.
RRN = re.compile(
    r"(?<!\d)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\s*[-\u2010-\u2015\u2212~]?\s*[1-8]\d{6}(?!\d)"
)
NO_RRN = "주민등록번호로 보이는 숫자가 있습니다. 지우고 다시 저장해 주세요."
PARTIAL = re.compile(r"(\d{4})(?:[.\-/]\s*(\d{1,2}))?(?:[.\-/]\s*(\d{1,2}))?[.\-/]?")


def has_rrn(text):
    """Say whether a text holds what looks like a resident registration number, full-width too."""
    return bool(RRN.search(unicodedata.normalize("NFKC", text)))


def refuse_rrn(text):
    """Raise ValidationError for a text with a resident registration number (personal data law)."""
    if has_rrn(text):
        raise ValidationError(NO_RRN)


def parse_partial(text):
    """Return `2019`, `2019-04` or `2019-04-25` for what a person writes (`2019. 4.`); "" for nothing.

    Raises ValidationError with a sentence for anything else.
    """
    text = unicodedata.normalize("NFKC", text or "").strip().replace(" ", "")
    if not text:
        return ""
    match = PARTIAL.fullmatch(text)
    year, month, day = match.groups() if match else (None, None, None)
    if not match or not (1900 <= int(year) <= 2100 and 1 <= int(month or 1) <= 12):
        raise ValidationError(
            f"'{text}'은(는) 날짜가 아닙니다. 2019. 4. 또는 2019. 4. 25.처럼 적어 주세요."
        )
    if day:
        try:
            forms.DateField().clean(f"{year}-{month}-{day}")
        except ValidationError:
            raise ValidationError(f"'{text}'은(는) 없는 날짜입니다.") from None
    return "-".join(
        part if len(part) == 4 else part.zfill(2) for part in (year, month, day) if part
    )


class PartialDateFormField(forms.CharField):
    """A year, a month or a day, written as Korean documents write it."""

    def to_python(self, value):
        return parse_partial(value)

    def prepare_value(self, value):
        try:
            return partial(parse_partial(value))
        except ValidationError:
            return value


class PartialDateField(models.CharField):
    """A date known to the year, month or day, kept as `2019`, `2019-04`, `2019-04-25`; sorts as text."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        return parse_partial(value) if isinstance(value, str) else value

    def in_words(self, value):
        """Return a stored value as the history tells it."""
        return partial(value)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})


class FigureField(forms.IntegerField):
    """A whole number as people type it: `1,234`, full-width digits; decimals and words get a sentence."""

    default_error_messages = {
        "invalid": "정수만 적어 주세요. % 기호와 소수점은 빼고, 쉼표는 세 자리마다 쓸 수 있습니다(예: 1,234)."
    }

    def __init__(self, **kwargs):
        unit = kwargs.pop("unit", "")
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)
        self.unit = unit

    def to_python(self, value):
        if isinstance(value, str):
            value = re.sub(r"(?<=\d),(?=\d{3}(\D|$))", "", unicodedata.normalize("NFKC", value))
        return super().to_python(value)


class CleanTextField(forms.CharField):
    """Long text in NFC without control characters; line ends as `\\n`, so that equal texts are equal.

    A text with a resident registration number is refused.
    """

    widget = forms.Textarea
    default_validators = [refuse_rrn]

    def to_python(self, value):
        return clean(super().to_python(value))
