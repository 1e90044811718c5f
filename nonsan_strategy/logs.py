"""What the log says, one JSON object a line, and what it leaves out: whatever tells who somebody is.

Knows nothing of Django, so that gunicorn can write its own lines the same way (deploy/gunicorn.conf.py).
"""

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

request_id = ContextVar("request_id", default="")  # set by nonsan_strategy.requestlog
HOME = f"{Path(__file__).resolve().parent.parent}/"
# What a caller may add with `extra=`; anything else stays out.
KEPT = ("method", "route", "status", "ms", "user")
# In this order: a longer pattern first, or its rest would stay.
PERSONAL = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*"), "‹메일›"),
    (re.compile(r"(?<!\d)\d{6}[-\s]?[1-8]\d{6}(?!\d)"), "‹주민번호›"),
    (re.compile(r"(?<!\d)(?:\+82[-\s]?|0)\d{1,2}[-\s.)]*\d{3,4}[-\s.]*\d{4}(?!\d)"), "‹전화›"),
    (re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"), "‹주소›"),
    (re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F:]*"), "‹주소›"),
    (re.compile(r"\?\S*=\S*"), "?…"),
)
# A database and Python quote the value that they refuse.
QUOTED = (
    (re.compile(r"\n?(?:DETAIL|CONTEXT|Failing row|Key \().*", re.S), " …"),
    (re.compile(r"""(["'])(?:\\.|(?!\1).)*\1""", re.S), r"\1…\1"),
)


def scrub(text, patterns=PERSONAL):
    """Return the text without addresses, numbers and queries of people."""
    for pattern, instead in patterns:
        text = pattern.sub(instead, text)
    return text


class OneLine(logging.Filter):
    """Log the sentence without the traceback, and without what the visitor sent in it."""

    def filter(self, record):
        """Shorten the record; it is always logged."""
        record.msg, record.args, record.exc_info = (
            "A request for a host not in ALLOWED_HOSTS.",
            (),
            None,
        )
        return True


class JsonLines(logging.Formatter):
    """One line for a machine to read: time, level, logger, event, request id, and what failed where."""

    def format(self, record):
        """Return the record as JSON in one line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": _event(record),
            "request": getattr(record, "request_id", "") or request_id.get(),
            **{name: getattr(record, name) for name in KEPT if hasattr(record, name)},
        }
        if record.exc_info and record.exc_info[1]:
            line["errors"] = errors(record.exc_info[1])
        return json.dumps(
            {k: v for k, v in line.items() if v not in ("", None)}, ensure_ascii=False
        )


def _event(record):
    """Return the message; of a line about a request only what happened, the route says where.

    Django and gunicorn write the address, which may hold a name that was searched or a secret link.
    """
    if record.name == "gunicorn.error" and record.exc_info:
        return "Error handling request"
    if getattr(record, "request", None) is not None or record.name.startswith("django.security"):
        path = getattr(getattr(record, "request", None), "path", None)
        args = record.args if isinstance(record.args, tuple) else ()
        kept = [str(arg) for arg in args if arg != path and not str(arg).startswith("/")]
        return scrub(" ".join(kept) or str(record.msg).partition(":")[0], PERSONAL + QUOTED)
    return scrub(record.getMessage())


def errors(error):
    """Return the error and what caused it: type, scrubbed words, `file:line function`; no values."""
    found = []
    while error is not None and len(found) < 5:
        words = scrub(str(error), (*QUOTED, *PERSONAL))[:500]
        found.append({"type": type(error).__qualname__, "words": words, "at": _places(error)})
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _places(error):
    """Return where it went wrong, innermost last, at most 15 places."""
    places, step = [], error.__traceback__
    while step:
        code = step.tb_frame.f_code
        name = code.co_filename.removeprefix(HOME).rpartition("site-packages/")[2]
        places.append(f"{name}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return places[-15:]


def crashed(kind, error, trace):
    """Log what ended a command, where Python would print it with every value in its words."""
    if not issubclass(kind, Exception):  # Ctrl-C
        return sys.__excepthook__(kind, error, trace)
    return logging.getLogger("nonsan.crash").critical("ended", exc_info=(kind, error, trace))
