"""The plan of 2019, for whoever asks for it."""

from tests.plan_fixture import loaded_plan, plan_2019  # noqa: F401
