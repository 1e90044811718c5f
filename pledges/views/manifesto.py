"""매니페스토 자체점검: what is there and what is missing by the published criteria, for the office."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting import clock

from ..editions import edition_of
from ..manifesto import self_check, tally
from ..models import ManifestoGradeScale, ManifestoItem, ManifestoResult
from .board_items import must_watch


@require_safe
def manifesto(request):
    """Show the check of the newest published quarter, and the published items and grade lines by year."""
    must_watch(request.user)
    edition = edition_of()
    groups = self_check(edition) if edition else []
    context = {
        "edition": edition,
        "groups": groups,
        "tally": tally(groups),
        "years": _years(),
        "coming": clock.today().year + 1,
    }
    return render(request, "pledges/manifesto.html", context)


def _years():
    """Return [(year, kind, items, grade lines, results)], the latest year first; three queries."""
    tables = (ManifestoItem, ManifestoGradeScale, ManifestoResult)
    rows = [list(table.objects.all()) for table in tables]
    found = sorted({(row.year, row.kind) for kind in rows for row in kind}, reverse=True)
    return [
        (
            year,
            _kind(rows, year, kind),
            *([r for r in many if (r.year, r.kind) == (year, kind)] for many in rows),
        )
        for year, kind in found
    ]


def _kind(rows, year, kind):
    return next(
        r.get_kind_display() for many in rows for r in many if (r.year, r.kind) == (year, kind)
    )
