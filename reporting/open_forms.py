"""Forms for everybody: no login, no cookie, works without JavaScript.

A form carries a signed key instead of a cookie: it says that the page was ours and when it was drawn,
and names the form, so that what is sent twice has one effect. There is no login that another site could
misuse, and a browser that names another site as the sender is refused.
"""

import secrets
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

SALT = "reporting.open_forms"
KEY = "form_key"  # the name of the hidden field
OLDEST = 24 * 60 * 60  # seconds for which a drawn form can be sent


class TooOld(Exception):
    """The form was drawn too long ago; draw it anew with what was typed."""


def new_key():
    """Return the key of a form that is drawn now."""
    return signing.dumps(secrets.token_urlsafe(12), salt=SALT)


def key_of(request):
    """Return the name of the form that was sent; PermissionDenied for a key that is not ours."""
    sent = request.POST.get(KEY, "")
    try:
        return signing.loads(sent, salt=SALT, max_age=OLDEST)
    except signing.SignatureExpired as error:
        raise TooOld from error
    except signing.BadSignature as error:
        raise PermissionDenied("이 누리집의 화면에서 보낸 것이 아닙니다.") from error


def open_form(view):
    """Open a view with a form to everybody; what another site's page sends is refused."""

    @csrf_exempt
    @login_not_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request, *args, **kwargs):
        if request.method == "POST" and _from_elsewhere(request):
            raise PermissionDenied("다른 누리집에서 보낸 것은 받지 않습니다.")
        return view(request, *args, **kwargs)

    return page


def _from_elsewhere(request):
    """Say whether the browser names another site as the sender; old browsers name none."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site in ("cross-site", "same-site"):
        return True
    origin = request.headers.get("Origin", "")
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return bool(origin) and origin not in ours
