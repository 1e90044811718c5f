"""Our answers to allauth: closed sign-up, true addresses, the access log, Korean sentences."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from . import actions, sessions
from .addresses import client_address
from .models import AccessLog

Action = AccessLog.Action


class AccountAdapter(DefaultAccountAdapter):
    """The one door: who logs in, out, or fails passes here, so no signal is needed to note it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "아이디 또는 비밀번호가 맞지 않습니다.",
        "too_many_login_attempts": "로그인 실패가 많아 잠시 막았습니다. 5분 뒤 다시 시도해 주세요.",
        "rate_limited": "요청이 너무 많습니다. 잠시 뒤에 다시 시도해 주세요.",
        "enter_current_password": "현재 비밀번호가 맞지 않습니다.",
        "incorrect_password": "비밀번호가 맞지 않습니다.",
        "incorrect_code": "인증 코드가 맞지 않습니다.",
        "account_inactive": "사용이 중지된 계정입니다.",
    }

    def is_open_for_signup(self, request):
        """Accounts are made by the operator only."""
        return False

    def is_safe_url(self, url):
        """Go only to paths of this very host, not to the other hosts that allauth would allow."""
        return (url or "").startswith("/") and url_has_allowed_host_and_scheme(
            url, allowed_hosts=None
        )

    def get_password_change_redirect_url(self, request):
        """After a new password, back to the account page."""
        return reverse("account")

    def pre_authenticate(self, request, **credentials):
        """Refuse when the account or the address failed too often; the refusal is noted."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._note_failure(request, credentials.get("username", ""), "실패 횟수 제한")
            raise

    def authentication_failed(self, request, **credentials):
        """Note a wrong name or password."""
        self._note_failure(request, credentials.get("username", ""), "비밀번호")

    def pre_login(self, request, user, **kwargs):
        """Turn away a disabled account, and note it."""
        response = super().pre_login(request, user, **kwargs)
        if response:
            self._note_failure(request, user.username, "사용이 중지된 계정")
        return response

    def login(self, request, user):
        """Log in under a new session key, start both session limits, note it."""
        super().login(request, user)
        sessions.start(request.session)
        actions.note_access(who=user.username, ip=client_address(request), action=Action.LOGIN)

    def logout(self, request):
        """Note who leaves, then flush the session."""
        actions.note_access(
            who=request.user.username, ip=client_address(request), action=Action.LOGOUT
        )
        super().logout(request)

    def _note_failure(self, request, username, what):
        actions.note_access(
            who=username, ip=client_address(request), action=Action.LOGIN_FAILED, what=what
        )

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Count failures by account alone.

        allauth counts by host as well, so a forged `Host: 127.0.0.1:1`, `:2`, … would start anew.
        """
        return credentials.get("username", "").lower()


class MFAAdapter(DefaultMFAAdapter):
    """Our words for the second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "인증 코드가 맞지 않습니다.",
        "cannot_generate_recovery_codes": "2단계 인증을 켠 뒤에 복구 코드를 만들 수 있습니다.",
    }
