"""The one clock by which opening days and deadlines are judged."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils import timezone

_held = ContextVar("office_day", default=None)


def today():
    """Return the office's date in Asia/Seoul; the demo may hold it at a day of 2019 (OFFICE_TODAY)."""
    return _held.get() or settings.OFFICE_TODAY or timezone.localdate()


@contextmanager
def on_day(day):
    """Judge by this day inside the block: for papers brought over (`load_plan`), never a view."""
    token = _held.set(day)
    try:
        yield
    finally:
        _held.reset(token)
