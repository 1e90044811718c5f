"""The cast: two departments, the office, and one person for every role and for everyone who must stay out."""

import datetime

import pytest

from accounts.models import Department, Role, User

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


@pytest.fixture(autouse=True)
def office_clock(settings):
    """Hold the office's date at 3 July 2019, when the second quarter is being entered."""
    settings.OFFICE_TODAY = TODAY


@pytest.fixture
def departments(db):
    """Return {name: Department} of the cast."""
    names = ["전략기획실", "도로과", "복지과"]
    return {n: Department.objects.create(name=n, order=i, phone="041-000-0000") for i, n in enumerate(names)}


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
