"""Finished answers of the public pages, kept in this process: plain and gzip, by what they can say.

The key is our own: public number, code version, scheme, host and the whole address. Only answers that are
the same for everybody get in, so no cookie, no error and nothing that varies on a visitor; what was once
published is at most `PUBLIC_NUMBER_SECONDS` out of date.
"""

import gzip
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, HttpResponseNotModified

LONGEST = 400  # letters of an address that is kept
SMALLEST = 400  # bytes from which gzip pays
PRESSED = ("text/", "application/json", "application/xml", "image/svg+xml", "application/atom+xml")


class Kept:
    """Values by key, the least used thrown away first once they weigh more than a limit."""

    def __init__(self, limit):
        self._limit, self._weight = limit, 0
        self._found = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key):
        """Return the value kept under a key, or None."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key][0]
        return None

    def put(self, key, value, weight=1):
        """Keep a value; one that is heavier than a sixteenth of the room is not kept at all."""
        if weight > self._limit() / 16:
            return
        with self._lock:
            self._weight += weight - self._found.pop(key, (None, 0))[1]
            self._found[key] = (value, weight)
            while self._weight > self._limit():
                self._weight -= self._found.popitem(last=False)[1][1]

    def clear(self):
        """Forget everything."""
        with self._lock:
            self._found.clear()
            self._weight = 0


@dataclass(frozen=True)
class Answer:
    """One finished answer: its headers, its bytes, and its gzip bytes, made when first asked for."""

    headers: tuple
    content: bytes
    etag: str
    kind: str

    @cached_property
    def pressed(self):
        """Return the gzip bytes, or None where pressing does not pay."""
        if len(self.content) < SMALLEST or not self.kind.startswith(PRESSED):
            return None
        return gzip.compress(self.content, 6, mtime=0)

    @property
    def weight(self):
        """Return about how many bytes it takes, its gzip bytes included."""
        return len(self.content) * 5 // 4 + 2000


PIECES_AT_MOST = 256  # of a page, or of what it is made from


def piece(key, make):
    """Return what `make()` gives for a key, made once per public number in this process.

    For what many pages share, such as the head of a list that people narrow in a thousand ways.
    """
    if not settings.PUBLIC_KEPT_BYTES:
        return make()
    key = (number_now(), *key)
    found = PIECES.get(key)
    if found is None:
        found = make()
        PIECES.put(key, found)
    return found


PIECES = Kept(lambda: PIECES_AT_MOST)
ANSWERS = Kept(lambda: settings.PUBLIC_KEPT_BYTES)
_number = (0.0, -1)  # when it was read, and what


def forget():
    """Forget every answer and the number; for tests, which turn the database back."""
    global _number
    ANSWERS.clear()
    PIECES.clear()
    _number = (0.0, -1)


def number_now():
    """Return the public number, read at most every `PUBLIC_NUMBER_SECONDS` in one process."""
    global _number
    now = time.monotonic()
    if now - _number[0] >= settings.PUBLIC_NUMBER_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM reporting_publicmark")
            row = cursor.fetchone()
        _number = (now, row[0] if row else 0)
    return _number[1]


def place_of(request):
    """Return (scheme, host, address) of a request whose answer may be a kept one, else None."""
    if request.method not in ("GET", "HEAD") or not settings.PUBLIC_KEPT_BYTES:
        return None
    if settings.SESSION_COOKIE_NAME in request.META.get("HTTP_COOKIE", ""):
        return None
    address = f"{request.META.get('PATH_INFO', '')}?{request.META.get('QUERY_STRING', '')}"
    host = request.META.get("HTTP_HOST", "")
    return (request.scheme, host, address) if len(address) <= LONGEST else None


def finished(response):
    """Return the `Answer` of a response that is the same for everybody, else None."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return None
    headers = dict(response.headers)
    varies = {name.strip().lower() for name in headers.pop("Vary", "").split(",")}
    if varies - {"", "accept-encoding"} or "ETag" not in headers or "Content-Encoding" in headers:
        return None
    etag = headers.pop("ETag")
    headers.pop("Content-Length", None)
    kind = headers.get("Content-Type", "")
    return Answer(tuple(headers.items()), response.content, etag, kind)


def answered(request, answer):
    """Return the response a request gets from a finished answer: 304, gzip or plain; HEAD without body."""
    pressed = answer.pressed if _takes_gzip(request) else None
    etag = f"W/{answer.etag}" if pressed else answer.etag
    if _holds(request, answer.etag):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(answer.content if pressed is None else pressed)
        response.headers["Content-Length"] = str(len(response.content))
        if pressed:
            response.headers["Content-Encoding"] = "gzip"
    for name, value in answer.headers:
        if response.status_code == 200 or name != "Content-Type":
            response.headers[name] = value
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Accept-Encoding"
    if request.method == "HEAD":
        response.content = b""
    return response


def _takes_gzip(request):
    """Say whether the browser takes gzip; `gzip;q=0` is a no."""
    for part in request.META.get("HTTP_ACCEPT_ENCODING", "").split(","):
        name, _, weight = part.partition(";")
        if name.strip().lower() == "gzip":
            return weight.replace(" ", "").rstrip("0.") != "q="
    return False


def _holds(request, etag):
    """Say whether the browser names this answer among those it holds."""
    held = request.META.get("HTTP_IF_NONE_MATCH", "")
    if not held:
        return False
    names = (name.strip().removeprefix("W/") for name in held.split(","))
    return held.strip() == "*" or etag in names
