"""Saving with history and version; what was kept is read by `accounts.history`."""

from django.db.models import F


class Stale(Exception):
    """Somebody else saved this row since the page was drawn; nothing was written."""


def keep(row, *, by, reason=""):
    """Save a row that has no version and write one history line for it."""
    row._history_user = by
    row._change_reason = reason
    row.save()
    return row


def keep_version(row, version, *, by, reason=""):
    """Save `row` if it still stands at `version`, raising `Stale` otherwise; must run in a transaction.

    The WHERE clause is the lock: of two saves of one version, the second finds no row.
    """
    here = type(row)._default_manager.filter(pk=row.pk, version=version)
    if not here.update(version=F("version") + 1):
        raise Stale
    row.version = version + 1
    return keep(row, by=by, reason=reason)


def remove(row, *, by, reason=""):
    """Delete a row; its history stays and says who and why."""
    row._history_user = by
    row._change_reason = reason
    row.delete()
