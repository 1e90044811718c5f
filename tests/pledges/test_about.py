"""How the rates are counted: every number of the page has its list, and the rounding is said in words."""

import re

import pytest

from pledges import rates
from pledges.editions import edition_of
from pledges.models import Status
from tests.pledges.test_public import count_of, text_of

pytestmark = pytest.mark.usefixtures("plan_2019")


@pytest.fixture
def answer(client):
    """Return the page."""
    return client.get("/pledges/about/")


def test_every_official_rate_has_its_formula_numbers_and_what_is_left_out(answer):
    page = text_of(answer)
    edition = edition_of()
    official = rates.official_rates(list(edition.rows), edition.rounding)
    assert len(official) == 5
    for rate in official:
        for words in (rate.label, rate.formula, rates.show(rate.value), rate.excluded):
            assert words in page


def test_the_lists_behind_the_numbers_hold_what_was_counted(client, answer):
    for rate, above, below in answer.context["rates"]:
        if rate.unit == "건":
            assert count_of(client.get(above)) == rate.numerator
        if rate.unit in ("건", "%p"):
            assert count_of(client.get(below)) == rate.denominator
        if rate.unit == "백만원":
            assert count_of(client.get(below)) == 66 - int(
                re.search(r"(\d+)건", rate.excluded).group(1)
            )


def test_the_rounding_of_the_plan_is_explained(answer):
    page = text_of(answer)
    assert "소수 1자리까지 버림" in page
    assert re.search(r"26 ÷ 66 × 100 = 39\.3939… → 39\.3%", page)
    assert "100 − 39.3 = 60.7%" in page
    assert "40 ÷ 66 × 100은 60.6060…입니다" in page


def test_six_statuses_are_explained_with_their_group(answer):
    found = {s["label"]: s["group"] for s in answer.context["statuses"]}
    assert list(found) == Status.labels
    assert list(found.values()) == [
        "완료",
        "완료",
        "추진중",
        "추진중",
        "어느 쪽도 아님",
        "어느 쪽도 아님",
    ]


def test_the_reference_date_is_told_apart_from_the_quarter(answer):
    page = text_of(answer)
    assert "2019년 1분기 점검의 기준일은 2019. 4. 30." in page
    assert "분기 끝과 기준일 사이" in page
