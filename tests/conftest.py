"""The cast: two departments, the office, and one person for every role and for everyone who must stay out."""

import datetime

import pytest
from django.apps import apps
from django.db import connection

from accounts import triggers
from accounts.models import AppendOnly, Department, Role, User
from tests import factories

PASSWORD = "cast-password-19"  # for tests that log in through the page
TODAY = datetime.date(2019, 7, 3)
CAST = {
    # name: (department, role, further fields)
    "writer": ("도로과", Role.WRITER, {}),
    "colleague": ("도로과", Role.WRITER, {}),
    "stranger": ("복지과", Role.WRITER, {}),
    "head": ("도로과", Role.HEAD, {}),
    "strategy": ("전략기획실", Role.STRATEGY, {}),
    "strategy2": ("전략기획실", Role.STRATEGY, {}),
    "executive": (None, Role.EXECUTIVE, {}),
    "operator": (None, "", {"is_staff": True, "is_superuser": True}),
    "homeless": (None, Role.WRITER, {}),
    "disabled": ("도로과", Role.WRITER, {"is_active": False}),
}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let SQLite empty its tables between transactional tests: it does so by DELETE, row by row.

    PostgreSQL truncates, so there every test runs under the whole guard (accounts/triggers.py).
    """
    if connection.vendor != "sqlite":
        return
    guarded = [m._meta.db_table for m in apps.get_models() if issubclass(m, AppendOnly)]
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in guarded:
            for statement in triggers.free(table, connection.vendor, verbs=("DELETE",)):
                cursor.execute(statement)


@pytest.fixture(autouse=True)
def office_clock(settings):
    """Hold the office's date at 3 July 2019, when the second quarter is being entered."""
    settings.OFFICE_TODAY = TODAY


@pytest.fixture(scope="session")
def media_folder(tmp_path_factory):
    """Return a folder for the files that tests leave: never the site's own."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def media_of_tests(settings, media_folder):
    """Keep evidence and finished reports of tests out of the site's own folder."""
    settings.MEDIA_ROOT = media_folder


@pytest.fixture
def departments(db):
    """Return {name: Department} of the cast."""
    names = ["전략기획실", "도로과", "복지과"]
    return {
        n: Department.objects.create(name=n, order=i, phone="041-000-0000")
        for i, n in enumerate(names)
    }


@pytest.fixture
def people(departments):
    """Return {name: User} of the cast."""
    found = {}
    for name, (department, role, more) in CAST.items():
        found[name] = User(
            username=name, name=name, department=departments.get(department), role=role, **more
        )
        found[name].set_unusable_password()
        found[name].save()
    return found


@pytest.fixture
def quarter(people, departments):
    """Return 2019-q2, open after a published 2019-q1: two items of 도로과, one of 복지과."""
    return factories.make_quarters(people, departments)


@pytest.fixture
def item(quarter):
    """Return the first item of 도로과, untouched."""
    return quarter.submissions.get(code="1-1")
