"""The board of the real plan: every figure of both half years of 2019 leads to just that many rows."""

import pytest

from tests.projects.test_board import BOARD, get, walk


@pytest.mark.parametrize("code", ["2019-h1", "2019-h2"])
def test_the_plan_of_2019_counts_true(client, plan_2019, code):
    assert walk(client, get(client, plan_2019["strategy"], f"{BOARD}?period={code}")) > 40
