"""Saving with history and version; what was kept is read by `accounts.history`."""

from django.db import connection
from django.db.models import F
from django.utils import timezone

BATCH = 500  # keys of one statement


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


def keep_many(model, keys, *, by, kind="~", reason=""):
    """Write one history line for each of many rows as they stand now; kind is "+" or "~".

    One statement copies them inside the database: as objects they cost more than the rows themselves.
    """
    history, quote = model.history.model, connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in history.tracked_fields)
    more = "history_date", "history_user_id", "history_change_reason", "history_type"
    told = [connection.ops.adapt_datetimefield_value(timezone.now()), by.pk, reason, kind]
    table, past = quote(model._meta.db_table), quote(history._meta.db_table)
    keys = list(keys)
    with connection.cursor() as cursor:
        for start in range(0, len(keys), BATCH):
            some = keys[start : start + BATCH]
            cursor.execute(
                f"INSERT INTO {past} ({columns}, {', '.join(map(quote, more))}) "
                f"SELECT {columns}, %s, %s, %s, %s FROM {table} "
                f"WHERE {quote(model._meta.pk.column)} IN ({', '.join(['%s'] * len(some))}) ORDER BY 1",
                [*told, *some],
            )


def remove(row, *, by, reason=""):
    """Delete a row; its history stays and says who and why."""
    row._history_user = by
    row._change_reason = reason
    row.delete()
