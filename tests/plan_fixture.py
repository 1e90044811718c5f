"""The plan of 2019, loaded once per module and rolled back after it; a conftest imports these."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from accounts.models import User


@pytest.fixture(scope="module")
def loaded_plan(django_db_setup, django_db_blocker):
    """Load the plan with its demo logins; each test then works on a savepoint of its own.

    From its first use on, every test of that module sees the plan; others go elsewhere.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEMO=True):
            call_command("load_plan", 2019, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def plan_2019(loaded_plan, db):
    """Return {username: User} of the demo logins, with the whole plan in the database."""
    return {user.username: user for user in User.objects.select_related("department")}
