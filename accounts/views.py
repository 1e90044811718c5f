"""A person's own account page, and doors in front of allauth's pages."""

from allauth.account.views import password_change
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .models import AccessLog

RECENT = 5


@require_safe
def account(request):
    """Show who I am here, my last logins, and the way to password and second factor."""
    action = AccessLog.Action
    logins = AccessLog.objects.filter(
        who=request.user.username, action__in=[action.LOGIN, action.LOGIN_FAILED]
    )
    second_factor = request.user.authenticator_set.filter(type="totp").exists()
    context = {"logins": logins[:RECENT], "second_factor": second_factor}
    return render(request, "accounts/account.html", context)


def change_password(request):
    """Change one's password; an account without one is refused, as only the operator can set it."""
    if not request.user.has_usable_password():
        raise PermissionDenied("비밀번호가 없는 계정입니다. 전산 담당자에게 문의해 주세요.")
    return password_change(request)
