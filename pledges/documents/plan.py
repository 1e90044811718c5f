"""What the year's work plan tells of pledges (domain.md §1.1): the counts of the last published quarter."""

from pledges import rates
from pledges.models import PublishedTerm, Status
from reporting.models import Publication

from . import figures

UNKNOWN = "-"  # before the first publication
COUNTED = {
    "completed": Status.COMPLETED,
    "ongoing": Status.COMPLETED_ONGOING,
    "on-track": Status.ON_TRACK,
    "partial": Status.PARTIAL,
}


def book_on(on):
    """Return the `Book` of the last quarter published with an as-of date not after `on`, or None."""
    counted = PublishedTerm.objects.values("publication")
    found = Publication.objects.current().filter(pk__in=counted, period__as_of__lte=on).first()
    return figures.book_of(found.period) if found else None


def plan_figures(on):
    """Return {key: text}: `pledges.total`, `.fields`, `.rate`, `.completed`, `.ongoing`, `.on-track`, `.partial`."""
    names = ("total", "fields", "rate", *COUNTED)
    book = book_on(on)
    if book is None:
        return {f"pledges.{name}": UNKNOWN for name in names}
    groups, counts = book.groups, figures.status_counts(book.rows)
    found = {
        "total": str(groups.total),
        "fields": str(len(book.term.fields)),
        "rate": rates.show(groups.fulfilled_rate),
        **{name: str(counts[status]) for name, status in COUNTED.items()},
    }
    return {f"pledges.{name}": text for name, text in found.items()}
