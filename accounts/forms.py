"""The forms of login, allauth's own with our words and our log, and those of the operator."""

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as SecondReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    UserChangeForm,
    UserCreationForm,
)
from django.core.exceptions import ValidationError

from . import actions
from .addresses import client_address
from .models import AccessLog, User


class Plain:
    """A form without placeholders: one that repeats the label is only noise, and vanishes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginForm(Plain, AllauthLoginForm):
    """Name and password."""


class ChangePasswordForm(Plain, AllauthChangePasswordForm):
    """The old password and twice the new one."""


class ReauthenticateForm(Plain, AllauthReauthenticateForm):
    """The password once more, before the account's security is changed."""


class ActivateCodeForm(Plain, ActivateTOTPForm):
    """The first code, which shows that the app is set up."""


class CodeAgainForm(Plain, SecondReauthenticateForm):
    """A code once more, before the account's security is changed."""


class SecondFactorForm(Plain, AuthenticateForm):
    """The code of the second factor at login; a wrong one is noted like a wrong password."""

    def clean_code(self):
        """Check the code, noting a failure in the access log."""
        try:
            return super().clean_code()
        except ValidationError:
            actions.note_access(
                who=self.user.username,
                ip=client_address(context.request),
                action=AccessLog.Action.LOGIN_FAILED,
                what="2단계 인증 코드",
            )
            raise


class PersonForm(UserChangeForm):
    """A person as the operator sees them; what they may do changes only with a reason."""

    remove_second_factor = forms.BooleanField(
        label="2단계 인증 해제",
        required=False,
        help_text="휴대전화를 잃어버려 로그인하지 못하는 사람만 해제합니다.",
    )
    reason = forms.CharField(
        label="변경 사유",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="부서·역할·사용 상태·관리 권한·2단계 인증을 바꿀 때 적습니다.",
    )
    asking = None  # set by the admin: the operator

    def clean(self):
        """Ask for the reason, and keep the operator from locking themselves out."""
        cleaned = super().clean()
        changed = set(self.changed_data) & {*actions.WATCHED, "remove_second_factor"}
        if changed and not cleaned.get("reason", "").strip():
            self.add_error("reason", "변경 사유를 적어 주세요.")
        for name in changed & {"is_active", "is_staff", "is_superuser"}:
            if self.instance == self.asking and not cleaned[name]:
                self.add_error(name, "자기 계정의 사용 상태나 관리 권한은 스스로 끌 수 없습니다.")
        return cleaned


class PersonAddForm(UserCreationForm):
    """A new person, with a first password given by the operator."""

    asking = None

    class Meta(UserCreationForm.Meta):
        model = User


class PersonPasswordForm(AdminPasswordChangeForm):
    """A new password set by the operator; an account is closed by `is_active`, not from here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for name in ("password1", "password2"):
            self.fields[name].required = True
