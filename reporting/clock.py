"""The one clock by which opening days and deadlines are judged."""

from django.conf import settings
from django.utils import timezone


def today():
    """Return the office's date in Asia/Seoul; the demo may hold it at a day of 2019 (OFFICE_TODAY)."""
    return settings.OFFICE_TODAY or timezone.localdate()
