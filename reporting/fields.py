"""Model and form fields for facts that are known only in part, and for figures as people type them."""

import hashlib
import re
import unicodedata

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from .formats import clean, partial

# Six digits that are a day of birth, a sign of the century, six more; any dash or none between.
RRN = re.compile(
    r"(?<!\d)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\s*[-\u2010-\u2015\u2212~]?\s*[1-8]\d{6}(?!\d)"
)
NO_RRN = "주민등록번호로 보이는 숫자가 있습니다. 지우고 다시 저장해 주세요."
EVIDENCE_TYPES = ("pdf", "hwp", "hwpx", "xlsx", "xls", "docx", "pptx", "png", "jpg", "jpeg", "zip")
MAGIC = {
    "pdf": (b"%PDF",),
    "png": (b"\x89PNG",),
    "jpg": (b"\xff\xd8",),
    "jpeg": (b"\xff\xd8",),
    "hwp": (b"\xd0\xcf\x11\xe0",),
    "xls": (b"\xd0\xcf\x11\xe0",),
}
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


class EvidenceField(forms.FileField):
    """One evidence file of a type on our list, under the size limit, whose first bytes match its name."""

    def __init__(self, **kwargs):
        most = settings.EVIDENCE_MAX_BYTES // (1024 * 1024)
        kwargs.setdefault("label", "증빙 파일 더하기")
        kwargs.setdefault("help_text", f"{', '.join(EVIDENCE_TYPES)} · {most}MB까지")
        super().__init__(**{"required": False, **kwargs})

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload:
            return None
        upload.name = clean(upload.name)  # a Mac sends its Hangul in pieces (NFD)
        kind = upload.name.rsplit(".", 1)[-1].lower() if "." in upload.name else ""
        if kind not in EVIDENCE_TYPES:
            raise forms.ValidationError(
                f"'{kind}' 파일은 받지 않습니다. 쓸 수 있는 종류: {', '.join(EVIDENCE_TYPES)}"
            )
        if upload.size > settings.EVIDENCE_MAX_BYTES:
            limit = settings.EVIDENCE_MAX_BYTES // (1024 * 1024)
            raise forms.ValidationError(f"{limit}MB를 넘는 파일은 받지 않습니다.")
        head = upload.read(8)
        upload.seek(0)
        if not head.startswith(MAGIC.get(kind, (b"PK\x03\x04",))):
            raise forms.ValidationError(f"파일 내용이 {kind} 형식이 아닙니다.")
        if has_rrn(upload.name):
            raise forms.ValidationError("파일 이름에 주민등록번호로 보이는 숫자가 있습니다.")
        return upload


def digest(upload):
    """Return the SHA-256 of an uploaded file, which is read and rewound."""
    found = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    return found
