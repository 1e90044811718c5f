"""What is only added to stays so, in Python and in the database, for every such table."""

import datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from accounts import triggers
from accounts.models import AccessChange, AccessLog, AppendOnly

TABLES = sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, AppendOnly))


@pytest.fixture
def row():
    return AccessLog.objects.create(who="writer", action=AccessLog.Action.LOGIN)


@pytest.fixture
def guarded():
    """The table as it stands on a site: tests on SQLite run without the guard against DELETE."""
    with connection.cursor() as cursor:
        for statement in triggers.free("accounts_accesslog", connection.vendor) + triggers.guard(
            "accounts_accesslog", connection.vendor
        ):
            cursor.execute(statement)


def test_a_written_row_is_not_saved_again(row):
    row.who = "other"
    with pytest.raises(TypeError, match="덧붙이기만"):
        row.save()


def test_a_written_row_is_not_deleted(row):
    with pytest.raises(TypeError, match="지울 수 없습니다"):
        row.delete()


def refused(function, **kwargs):
    with pytest.raises(IntegrityError, match=triggers.SENTENCE), transaction.atomic():
        function(**kwargs)


def test_the_database_refuses_an_update(row):
    refused(AccessLog.objects.filter(pk=row.pk).update, who="other")


def test_the_database_refuses_a_deletion(row, guarded):
    refused(AccessLog.objects.filter(pk=row.pk).delete)


def test_a_change_of_rights_is_guarded_too(acc_writer):
    change = AccessChange.objects.create(whom=acc_writer, field="역할", reason="인사이동")
    refused(AccessChange.objects.filter(pk=change.pk).update, reason="다른 사유")


def test_the_guard_can_be_taken_away_again(row, guarded):
    with connection.cursor() as cursor:
        for statement in triggers.free("accounts_accesslog", connection.vendor):
            cursor.execute(statement)
    AccessLog.objects.filter(pk=row.pk).update(who="other")
    AccessLog.objects.filter(pk=row.pk).delete()
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("table", TABLES)
def test_every_append_only_table_has_its_trigger(table):
    """A later migration that rebuilds a table on SQLite loses its triggers; this notices."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
                [table],
            )
            expected = f"{table}_append_only"
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
            expected = f"{table}_no_update"
        assert expected in {name for (name,) in cursor.fetchall()}


def test_a_row_bears_the_time_it_was_written(row):
    assert datetime.datetime.now(datetime.UTC) - row.at < datetime.timedelta(minutes=1)


@pytest.mark.django_db(transaction=True)
def test_the_tables_can_be_emptied_between_tests(row):
    """A transactional test ends by emptying every table, these too."""
    assert AccessLog.objects.count() == 1
