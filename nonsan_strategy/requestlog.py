"""One line in the log for every request: which route, how it ended, how long it took; never what was in it."""

import logging
import re
import time
import uuid

from .logs import request_id

log = logging.getLogger("nonsan.request")
GIVEN = re.compile(r"[0-9a-f]{32}")  # nginx's $request_id
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
HEADER = "X-Request-ID"


def request_log(get_response):
    """Give the request its number, answer with it, and write the line; the visitor is only a number too."""

    def middleware(request):
        given = request.headers.get(HEADER, "")
        number = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        request_id.set(number)  # until this thread's next request: Django logs a refusal after us
        began = time.monotonic()
        response = get_response(request)
        response.headers[HEADER] = number
        log.info("request", extra=_facts(request, response, began))
        return response

    return middleware


def _facts(request, response, began):
    """Return what the line says; the person only when somebody has asked already (no cookie is read for it)."""
    match = getattr(request, "resolver_match", None)
    return {
        "method": request.method if request.method in METHODS else "OTHER",
        "route": f"/{match.route}" if match else "(none)",
        "status": response.status_code,
        "ms": round((time.monotonic() - began) * 1000),
        "user": getattr(getattr(request, "_cached_user", None), "pk", None),
    }
