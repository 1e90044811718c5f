"""Headers that every answer carries, errors and downloads included; finished public answers before all."""

from django.db import DatabaseError

from reporting import finished

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


def kept_answers(get_response):
    """Give a public page's finished answer again while nothing of it can have changed.

    It stands before all others, so what is kept has all their headers and costs none of their time.
    """

    def middleware(request):
        key = _key(request)
        answer = finished.ANSWERS.get(key) if key else None
        if answer:
            return finished.answered(request, answer)
        response = get_response(request)
        if key and request.method == "GET" and getattr(response, "is_public_page", False):
            return _kept(request, response, key)
        return response

    return middleware


def _key(request):
    """Return the key of a request's answer, or None; a database that is gone is found out further in."""
    place = finished.place_of(request)
    try:
        return place and (finished.number_now(), *place)
    except DatabaseError:
        return None


def _kept(request, response, key):
    answer = finished.finished(response)
    if answer is None:
        return response
    finished.ANSWERS.put(key, answer, answer.weight)
    return finished.answered(request, answer)


def headers(get_response):
    """Add what neither Django nor django-csp sets; staff answers are never stored by a cache."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers.setdefault("Cache-Control", "no-store")
        if response.cookies or "Cookie" in response.headers.get("Vary", ""):
            response.headers.pop("X-Accel-Expires", None)  # about a visitor: no cache may keep it
        return _without_body(response) if request.method == "HEAD" else response

    return middleware


def _without_body(response):
    """Keep the headers alone: a server may pass a body on, which breaks the connection's next answer."""
    if response.streaming:
        response.streaming_content = ()
    else:
        length = response.headers.get("Content-Length", str(len(response.content)))
        response.content = b""
        response.headers["Content-Length"] = length
    return response
