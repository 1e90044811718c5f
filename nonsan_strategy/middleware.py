"""Headers that every answer carries, errors and downloads included."""

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


def headers(get_response):
    """Add what neither Django nor django-csp sets; staff answers are never stored by a cache."""

    def middleware(request):
        response = get_response(request)
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
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
