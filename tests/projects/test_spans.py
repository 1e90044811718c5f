"""How spans and money are printed, and how a step stands on a day."""

import datetime

import pytest

from projects import formats, schedule
from projects.schedule import State

ON = datetime.date(2019, 6, 15)


@pytest.mark.parametrize(
    ("starts", "ends", "is_open", "printed"),
    [
        ("2019-04", "", False, "2019. 4."),
        ("2019-03-22", "", False, "2019. 3. 22."),
        ("2019-06", "2019-12", False, "2019. 6. ~ 12."),
        ("2019-12", "2020-03", False, "2019. 12. ~ 2020. 3."),
        ("2019-04-01", "2019-05-03", False, "2019. 4. 1. ~ 5. 3."),
        ("2018", "2020", False, "2018. ~ 2020."),
        ("2019-01", "2019", False, "2019. 1. ~ 2019."),
        ("2019-01", "", True, "2019. 1. ~"),
        ("2019-04", "2019-04", False, "2019. 4."),
        ("", "", False, ""),
    ],
)
def test_a_span(starts, ends, is_open, printed):
    assert formats.span(starts, ends, is_open) == printed


def test_one_step_on_several_dates_says_a_year_once():
    dates = [("2019-07", "", False), ("2019-10", "", False), ("2019-12", "", False)]
    assert formats.several(dates) == "2019. 7. / 10. / 12."
    assert formats.several([*dates, ("2020-01", "", False)]) == "2019. 7. / 10. / 12. / 2020. 1."


@pytest.mark.parametrize(
    ("starts", "ends", "printed"),
    [
        ("2018", "2020", "2018. ~ 2020. (3년간)"),
        ("2021", "2025", "2021. ~ 2025. (5년간)"),
        ("2019-02", "2019-12", "2019. 2. ~ 12."),
    ],
)
def test_a_period_in_years_says_how_many(starts, ends, printed):
    assert formats.period(starts, ends) == printed


@pytest.mark.parametrize(
    ("total", "shares", "printed"),
    [
        (600, [("국비", 300), ("도비", 300)], "600백만원(국비 300, 도비 300)"),
        (50, [("시비", 50)], "50백만원(시비)"),
        (11000, [], "11,000백만원"),
        (None, [], ""),
    ],
)
def test_money_with_its_sources(total, shares, printed):
    assert formats.money(total, shares) == printed


def step(starts, ends="", is_open=False, actual=""):
    return {"starts": starts, "ends": ends, "is_open": is_open, "actual": actual}


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (step("2019-01", actual="2019-02"), State.DONE),
        (step("2019-05"), State.LATE),
        (step("2019-06-14"), State.LATE),
        (step("2019-06-15"), State.SOON),
        (step("2019-06"), State.SOON),  # the month's last day counts
        (step("2019-07"), State.PLANNED),
        (step("2019-06", "2019-12"), State.ONGOING),
        (step("2019"), State.ONGOING),
        (step("2019-01", is_open=True), State.ONGOING),
        (step("2018-01", is_open=True), State.ONGOING),  # an open step is never late
        (step(""), State.PLANNED),
    ],
)
def test_how_a_step_stands(given, state):
    assert schedule.state(given, ON) == state


def test_the_last_day_of_a_month_knows_leap_years():
    assert schedule.last_day("2020-02") == datetime.date(2020, 2, 29)
    assert schedule.bounds("2019-06", "2019-10") == (
        datetime.date(2019, 6, 1),
        datetime.date(2019, 10, 31),
    )


def test_a_tally_names_every_state():
    found = schedule.tally([step("2019-05"), step("2019-01", actual="2019-01")], ON)
    assert found == {
        State.DONE: 1,
        State.LATE: 1,
        State.SOON: 0,
        State.ONGOING: 0,
        State.PLANNED: 0,
    }
