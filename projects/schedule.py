"""Whether a step is done, under way, late or to come: from its dates and what was reported, on a given day."""

import calendar
import datetime

from django.db import models

SOON = 30  # days before its end in which a step counts as soon due


class State(models.TextChoices):
    """How a step stands on a day."""

    DONE = "done", "완료"
    LATE = "late", "지연"
    SOON = "soon", "곧 기한"
    ONGOING = "ongoing", "추진 중"
    PLANNED = "planned", "예정"


def first_day(text):
    """Return the first day that a partial date can mean; None for nothing."""
    if not text:
        return None
    year, month, day = [*(int(part) for part in text.split("-")), 1, 1][:3]
    return datetime.date(year, month, day)


def last_day(text):
    """Return the last day that a partial date can mean; None for nothing."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return datetime.date(year, month, day)


def bounds(starts, ends="", is_open=False):
    """Return (first day, last day) of a step; an open one has no last day."""
    return first_day(starts), None if is_open else last_day(ends or starts)


def state(step, on):
    """Return the `State` of a step on a day; `step` is a dict of a snapshot (`snapshots.steps_of`).

    A step is done when a report says so; late when its last possible day is over; an open or
    undated one is never late.
    """
    if step["actual"]:
        return State.DONE
    first, last = bounds(step["starts"], step["ends"], step["is_open"])
    if last and last < on:
        return State.LATE
    if last and (last - on).days <= SOON:
        return State.SOON
    return State.ONGOING if first and first <= on else State.PLANNED


def tally(steps, on):
    """Return {State: count} of steps on a day, in the order of `State`."""
    found = dict.fromkeys(State, 0)
    for step in steps:
        found[state(step, on)] += 1
    return found
