"""Korean working days, and the stage of a reminder that holds on each of them."""

import datetime

import pytest

from reporting.stages import STAGES, reached
from reporting.workdays import (
    holiday_name,
    is_working_day,
    last_working_day,
    working_day_after,
    working_day_before,
)


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2019-05-03", True),
        ("2019-05-04", False),  # Saturday
        ("2019-05-05", False),  # 어린이날, a Sunday
        ("2019-05-06", False),  # its 대체공휴일
        ("2019-05-07", True),
        ("2019-06-06", False),  # 현충일
        ("2019-09-12", False),  # 추석 전날
        ("2019-09-13", False),  # 추석
        ("2019-09-16", True),
        ("2019-02-05", False),  # 설날
        ("2020-04-15", False),  # 제21대 국회의원 선거일
        ("2020-08-17", False),  # 임시공휴일
        ("2026-03-02", False),  # 삼일절 대체공휴일
    ],
)
def test_which_days_are_worked(text, works):
    assert is_working_day(day(text)) is works


def test_a_day_off_has_a_name():
    assert "어린이날" in holiday_name(day("2019-05-06"))
    assert holiday_name(day("2019-05-07")) == ""


@pytest.mark.parametrize(
    ("count", "text"), [(1, "2019-05-07"), (3, "2019-05-09"), (5, "2019-05-13")]
)
def test_counting_forward_passes_over_days_off(count, text):
    assert working_day_after(day("2019-05-03"), count) == day(text)


def test_counting_back_passes_over_days_off():
    assert working_day_before(day("2019-05-07"), 3) == day(
        "2019-05-01"
    )  # offices work on 근로자의 날
    assert last_working_day(day("2019-05-06")) == day("2019-05-03")
    assert last_working_day(day("2019-05-07")) == day("2019-05-07")


# deadline: the first days of before, due, overdue, head, office
STARTS = {
    # A Wednesday in July.
    "2019-07-10": ["2019-07-05", "2019-07-10", "2019-07-11", "2019-07-15", "2019-07-17"],
    # The substitute of 어린이날: the last working day before it is the day.
    "2019-05-06": ["2019-05-01", "2019-05-03", "2019-05-07", "2019-05-09", "2019-05-13"],
    # 추석 from Thursday to Saturday, then a Sunday.
    "2019-09-11": ["2019-09-06", "2019-09-11", "2019-09-16", "2019-09-18", "2019-09-20"],
    # A Saturday.
    "2019-08-10": ["2019-08-07", "2019-08-09", "2019-08-12", "2019-08-14", "2019-08-19"],
}


@pytest.mark.parametrize("due", STARTS)
def test_the_table_of_stages(due):
    assert [stage.day(day(due)).isoformat() for stage in STAGES] == STARTS[due]


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        ("2019-07-04", []),
        ("2019-07-05", ["before"]),
        ("2019-07-09", ["before"]),  # a missed day is made good
        ("2019-07-10", ["due"]),
        ("2019-07-11", ["overdue"]),
        ("2019-07-15", ["overdue", "head"]),
        ("2019-07-31", ["overdue", "head", "office"]),
    ],
)
def test_each_audience_has_the_latest_stage_that_has_come(today, codes):
    assert [stage.code for stage in reached(day("2019-07-10"), day(today))] == codes
