"""The stages of a reminder as one table: on which day, to whom, in which words.

A day is reckoned from a deadline in Korean working days (`workdays`). Whoever is reminded gets the
latest stage of their own that has come: a run that was missed is made good without a pile of mails.
"""

from collections.abc import Callable
from typing import NamedTuple

from .workdays import last_working_day, working_day_after, working_day_before

OFFICERS, HEADS, OFFICE = "officers", "heads", "office"
MANUAL = "manual"


class Stage(NamedTuple):
    """One row of the table: its code, its name, who is written to, from which day on, what the mail says."""

    code: str
    label: str
    audience: str
    day: Callable  # (deadline) -> the day from which it holds
    sentence: str


BEFORE = Stage(
    "before",
    "기한 3일 전",
    OFFICERS,
    lambda due: working_day_before(due, 3),
    "제출 기한이 다가옵니다. 아래 항목을 아직 내지 않았습니다.",
)
DUE = Stage(
    "due",
    "기한 당일",
    OFFICERS,
    last_working_day,
    "기한 안의 마지막 근무일입니다. 아래 항목을 오늘 안에 내 주세요.",
)
OVERDUE = Stage(
    "overdue",
    "기한 지남",
    OFFICERS,
    lambda due: working_day_after(due, 1),
    "제출 기한이 지나 입력 화면이 닫혔습니다. "
    "전략기획실에 알려 기한을 연장받은 뒤 아래 항목을 내 주세요.",
)
HEAD = Stage(
    "head",
    "부서장 알림",
    HEADS,
    lambda due: working_day_after(due, 3),
    "제출 기한이 3근무일 지났습니다. 부서에서 아래 항목을 아직 내지 않았습니다.",
)
TO_OFFICE = Stage(
    "office",
    "전략기획실 알림",
    OFFICE,
    lambda due: working_day_after(due, 5),
    "제출 기한이 5근무일 지났습니다. 아래 부서가 아직 내지 않았으니 전화로 확인해 주세요.",
)
BY_HAND = Stage(
    MANUAL,
    "직접 알림",
    OFFICERS,
    lambda due: due,
    "전략기획실에서 알려 드립니다. 아래 항목을 아직 내지 않았습니다.",
)
STAGES = (BEFORE, DUE, OVERDUE, HEAD, TO_OFFICE)  # by itself, in the order of time
CHOICES = [(stage.code, stage.label) for stage in (*STAGES, BY_HAND)]


def reached(due_on, today):
    """Return the stages that hold today, one for each audience: the latest of its own that has come."""
    latest = {stage.audience: stage for stage in STAGES if stage.day(due_on) <= today}
    return list(latest.values())
