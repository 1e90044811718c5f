"""Login limits and the closed door; neither looks at the visitor of a public page."""

from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequired
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse

from . import actions, sessions, typing
from .addresses import client_address
from .models import AccessLog

ENDED = (
    "로그인이 끝났습니다. 적은 내용은 이 화면에 그대로 있으니, 저장을 누르고 다시 로그인해 주세요."
)


class SessionLimitsMiddleware:
    """End a login that was idle or lasted too long, keeping what was just typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Stamp the activity of a logged-in person, or send them to log in again."""
        if _is_public(view_func) or not request.user.is_authenticated:
            return None
        session = request.session
        if sessions.SINCE not in session:  # a login that did not pass our adapter (tests, console)
            sessions.start(session)
        if passed := sessions.limit_passed(session):
            return _end(request, passed)
        sessions.see(session)
        return None


class LoginRequiredMiddleware(DjangoLoginRequired):
    """Django's closed door, asked in an order that leaves public pages without `Vary: Cookie`."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Let public pages pass before anybody looks at the session; Django looks first."""
        if _is_public(view_func):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        """Answer a script in its own words; a page goes to the login, which keeps what was typed.

        CsrfViewMiddleware stands before this one, so what is kept came from a form of ours.
        """
        if refusal := _refusal(request):
            return refusal
        if kept := typing.keep(request):
            request.session[typing.KEY] = kept
        return super().handle_no_permission(request, view_func)


def _is_public(view_func):
    return not getattr(view_func, "login_required", True)


def _refusal(request):
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"error": ENDED}, status=401)
    return None


def _end(request, why):
    kept = typing.keep(request)
    actions.note_access(
        who=request.user.username,
        ip=client_address(request),
        action=AccessLog.Action.LOGOUT,
        what=why,
    )
    logout(request)
    if refusal := _refusal(request):
        return refusal
    if kept:
        request.session[typing.KEY] = kept
    return redirect_to_login(request.get_full_path())
