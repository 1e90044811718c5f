"""The generation of the public pages: read by every cached answer, raised by whatever changes one."""

from django.db.models import F

from .models import PublicMark

BEYOND = 1_000_000  # more changes than are made between two backups


def changed_in_public():
    """Raise the number, inside the transaction that changes what citizens read."""
    if not PublicMark.objects.filter(pk=1).update(number=F("number") + 1):
        PublicMark.objects.get_or_create(pk=1, defaults={"number": 1})


def public_number():
    """Return the number that names what citizens read now; one query."""
    return PublicMark.objects.values_list("number", flat=True).first() or 0


def changed_beyond_doubt():
    """Raise the number past any that was ever given out, when an older database is brought back."""
    changed_in_public()
    PublicMark.objects.filter(pk=1).update(number=F("number") + BEYOND)
