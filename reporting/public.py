"""Pages for everybody: no login, no cookie, and an ETag that changes with what is published.

The public mark grows with everything a public page can say (`marks.py`); with the code's own version
and the address it names the answer.
"""

import hashlib
from functools import cache, wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import condition, require_safe

from .finished import number_now

KINDS = {".py", ".html", ".css", ".js"}


@cache
def code_version():
    """Return a digest of the code and settings a page is made from, read once per process."""
    digest = hashlib.sha256()
    for path in sorted(_files()):
        digest.update(path.read_bytes())
    for name in ("DEMO", "OFFICE_TODAY", "OFFICIAL_BANNER", "OFFICE_NAME"):
        digest.update(f"{name}={getattr(settings, name)};".encode())
    return digest.hexdigest()[:16]


def _files():
    """Return the files a page is made from: our apps, the templates, the styles (not what is vendored)."""
    apps = [p.parent for p in settings.BASE_DIR.glob("*/__init__.py") if p.parent.name != "tests"]
    folders = [*apps, settings.BASE_DIR / "templates", *settings.BASE_DIR.glob("static/[cj]s*")]
    return [path for folder in folders for path in folder.rglob("*") if path.suffix in KINDS]


def etag(request, **_):
    """Return the ETag of a public address: public mark, code, address; at most one query."""
    place = hashlib.sha256(request.get_full_path().encode()).hexdigest()[:16]
    return f'"{number_now()}-{code_version()}-{place}"'


def public_page(view):
    """Open a view to everybody for reading; a browser that holds the answer gets 304."""
    held = condition(etag_func=etag)(view)

    @login_not_required
    @require_safe
    @wraps(view)
    def page(request, *args, **kwargs):
        response = held(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        # The one mark by which nginx may keep an answer, for a second (deploy/nginx/nonsan.conf).
        if response.status_code == 200:
            response.headers["X-Accel-Expires"] = "1"
        response.is_public_page = True  # the same for everybody: may be kept (finished.py)
        return response

    return page
