"""The forms of login; allauth's own, with our words and our log."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from django.core.exceptions import ValidationError

from . import actions
from .adapters import client_address
from .models import AccessLog


class LoginForm(AllauthLoginForm):
    """Name and password, labelled; a placeholder that repeats the label is only noise."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "아이디"
        self.fields["password"].label = "비밀번호"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""


class SecondFactorForm(AuthenticateForm):
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
