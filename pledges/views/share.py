"""What leaves the site: the picture of a shared address, and the summary that other sites frame."""

from functools import wraps

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from reporting import formats
from reporting.public import public_page

from .. import rates, share
from ..lists import counts_of, list_url
from .public import asked_edition, found

ANYWHERE = {"frame-ancestors": ["*"]}


def _picture(card):
    return HttpResponse(share.png(card), content_type="image/png")


@public_page
def front(request):
    """Draw the picture of the first page and of the list: the rate and the counts of a quarter."""
    edition = asked_edition(request)
    if edition is None:
        return _picture(
            share.Card("시민과의 약속", "아직 공표한 자료가 없습니다", office=settings.OFFICE_NAME)
        )
    groups = counts_of(edition).groups
    card = share.Card(
        kicker=f"{edition.term.name} {edition.term.programme}".strip(),
        title=f"전체 공약 {groups.total}건 가운데 {groups.fulfilled}건 완료",
        status="공약이행률",
        token="completed",
        progress=rates.whole(groups.fulfilled_rate),
        said=rates.show(groups.fulfilled_rate),
        facts=_facts(edition),
        office=settings.OFFICE_NAME,
    )
    return _picture(card)


@public_page
def pledge(request, number):
    """Draw the picture of one pledge: its number, title, status, progress, and the rate of the whole."""
    edition, row = found(request, number)
    groups = counts_of(edition).groups
    card = share.Card(
        kicker=f"공약 {row.number} · {row.field_name}",
        title=row.title,
        status=row.get_status_display() or "미보고",
        token=row.status or "neutral",
        progress=row.progress_pct,
        rate=rates.show(groups.fulfilled_rate),
        facts=f"{_facts(edition)} · {row.department_name}",
        office=settings.OFFICE_NAME,
    )
    return _picture(card)


def _facts(edition):
    return f"{edition.period} · {formats.day(edition.period.as_of)} 현재"


def framed(view):
    """Let any site frame this page: the one address for which that is meant."""

    @xframe_options_exempt
    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return page


@framed
@csp_replace(ANYWHERE)
@public_page
def embed(request):
    """Show the rate and four counts for other sites to frame; `?field=` is one field's."""
    edition = asked_edition(request)
    if edition is None:
        return render(request, "pledges/embed.html")
    counts = counts_of(edition)
    field = _field(edition, request.GET.get("field", ""))
    if field is None:
        groups, more = counts.groups, {}
    else:
        statuses = edition.rows.filter(field_order=field["order"]).values_list("status", flat=True)
        groups, more = rates.groups(statuses, edition.rounding), {"field": field["order"]}
    context = {
        "edition": edition,
        "field": field,
        "groups": groups,
        "others": groups.set_aside + groups.unreported,
        "href": list_url(edition, **more),
    }
    return render(request, "pledges/embed.html", context)


def _field(edition, asked):
    """Return the field that is asked for, None for all; 404 for one that the term does not have."""
    if not asked:
        return None
    for field in edition.term.fields:
        if str(field["order"]) == asked:
            return field
    raise Http404("그런 분야가 없습니다.")
