"""What the tests of pledges share."""

from tests.plan_fixture import loaded_plan, plan_2019  # noqa: F401
