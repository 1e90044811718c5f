"""What the year's work plan tells of pledges (domain.md §1.1): counts and tables of a published quarter."""

import calendar

from pledges import rates
from pledges.models import PublishedTerm, Status
from reporting import documents as d
from reporting import formats
from reporting.models import Publication

from . import figures, overview

UNKNOWN = "-"  # before the first publication
COUNTED = {
    "completed": Status.COMPLETED,
    "ongoing": Status.COMPLETED_ONGOING,
    "on-track": Status.ON_TRACK,
    "partial": Status.PARTIAL,
}
NAMES = ("total", "fields", "rate", "as-of", *COUNTED)
QUARTERS = (1, 2, 3, 4)


def _published(on):
    """Return the publications of quarters that count pledges, as-of date not after `on`, the newest first."""
    counted = PublishedTerm.objects.values("publication")
    return Publication.objects.current().filter(pk__in=counted, period__as_of__lte=on)


def book_on(on):
    """Return the `Book` of the last quarter published with an as-of date not after `on`, or None."""
    found = _published(on).first()
    return figures.book_of(found.period) if found else None


def plan_figures(year, on):
    """Return {key: text}: `pledges.rate` of the last quarter, `pledges.2019-q1.rate` of one quarter of the year.

    The names: total, fields, rate, as-of, completed, ongoing, on-track, partial.
    """
    found = {f"pledges.{name}": text for name, text in _told(book_on(on)).items()}
    quarters = {p.period.number: p.period for p in _published(on).filter(period__year=year)}
    for number in QUARTERS:
        book = figures.book_of(quarters[number]) if number in quarters else None
        told = _told(book).items()
        found |= {f"pledges.{year}-q{number}.{name}": text for name, text in told}
    return found


def _told(book):
    if book is None:
        return dict.fromkeys(NAMES, UNKNOWN)
    groups, counts = book.groups, figures.status_counts(book.rows)
    return {
        "total": str(groups.total),
        "fields": str(len(book.term.fields)),
        "rate": rates.show(groups.fulfilled_rate),
        "as-of": as_of(book.period.as_of),
        **{name: str(counts[status]) for name, status in COUNTED.items()},
    }


def as_of(day):
    """Return `2019. 4월말` of a month's last day, as the plan says it; another day as it is."""
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return f"{day.year}. {day.month}월말"
    return formats.day(day)


def plan_blocks(name, on):
    """Return the plan's tables of pledges: `pledges:fields` (분야별), `pledges:statuses` (이행도별)."""
    table = {"pledges:fields": overview.field_table, "pledges:statuses": overview.status_table}
    if name not in table:
        return []
    book = book_on(on)
    return [table[name](book) if book else d.Note("공표된 공약 이행 현황 없음")]
