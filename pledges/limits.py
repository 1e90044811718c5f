"""How often something may be done by one address and by all: counted in the database, which every process shares.

An address is never stored: what is counted is a digest under a key that changes every day.
"""

import datetime
import ipaddress

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Quota

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
# What: (whose count, span, how often in one span).
LIMITS = {
    "opinion": [("own", HOUR, 5), ("own", DAY, 20), ("all", HOUR, 300)],
    "follow": [("own", HOUR, 10), ("own", DAY, 30), ("all", HOUR, 500)],
    "follow-mail": [("own", DAY, 3)],
}


class TooMany(Exception):
    """The limit is reached; nothing was done."""


def use(what, who):
    """Count one doing of `what` by `who`, or raise `TooMany`; call it in the transaction of the doing.

    The WHERE clause is the lock: of two at the limit, the second finds no row.
    """
    now = timezone.now()
    for whose, span, limit in LIMITS[what]:
        start = int(now.timestamp() // span.total_seconds())
        name = _digest(who, now) if whose == "own" else "all"
        key = f"{what}:{int(span.total_seconds())}:{start}:{name}"
        Quota.objects.get_or_create(key=key, defaults={"ends_at": now + span})
        if not Quota.objects.filter(key=key, used__lt=limit).update(used=F("used") + 1):
            raise TooMany


def once(key):
    """Say whether this is the first time that a form with this key arrives (within a day)."""
    ends = timezone.now() + 2 * DAY
    _, made = Quota.objects.get_or_create(key=f"form:{key}", defaults={"ends_at": ends})
    return made


def purge():
    """Delete the counts of hours and days that are over; return how many."""
    return Quota.objects.filter(ends_at__lt=timezone.now()).delete()[0]


def network(address):
    """Return what of an address is one household's: IPv4 whole, IPv6 its first 64 bits."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _digest(who, now):
    """Return a digest of an address that nobody can match with the same address of another day."""
    day = timezone.localdate(now).isoformat()
    return salted_hmac(f"pledges.limits:{day}", who, algorithm="sha256").hexdigest()[:40]
