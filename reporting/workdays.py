"""Korean working days: Monday to Friday without public holidays and their substitutes.

The holidays are those of the `holidays` library, days of election and 대체공휴일 among them; a day
that the government declares late comes with a newer release of the library.
"""

import datetime
from functools import cache

import holidays

DAY = datetime.timedelta(days=1)


@cache
def _korean():
    """Return the calendar, which works the years out as they are asked for."""
    return holidays.country_holidays("KR", language="ko")


def holiday_name(day):
    """Return what this day is called when it is a public holiday, else ""."""
    return _korean().get(day, "")


def is_working_day(day):
    """Say whether offices work on this day."""
    return day.weekday() < 5 and day not in _korean()


def working_day_before(day, count):
    """Return the working day that lies `count` working days before `day`; `day` itself is not counted."""
    return _step(day, count, -DAY)


def working_day_after(day, count):
    """Return the working day that lies `count` working days after `day`; `day` itself is not counted."""
    return _step(day, count, DAY)


def last_working_day(day):
    """Return the day itself, or the last working day before it."""
    return day if is_working_day(day) else working_day_before(day, 1)


def _step(day, count, step):
    while count:
        day += step
        count -= is_working_day(day)
    return day
