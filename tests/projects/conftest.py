"""The plan of 2019, and an open half year, for whoever asks for them."""

import pytest

from tests.plan_fixture import loaded_plan, plan_2019  # noqa: F401
from tests.projects.work_makers import make_works, open_half


@pytest.fixture
def half(people, departments):
    """Return 2019-h1, open, with what `make_works` makes."""
    make_works(departments)
    return open_half(people["strategy"])
