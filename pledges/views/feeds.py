"""Atom: what every publication changed, for all pledges and for one; no cookie, absolute addresses."""

from collections import defaultdict

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.html import escape

from reporting.mail import link
from reporting.models import Publication
from reporting.public import public_page

from .. import rates
from ..editions import changes_between
from ..models import PublishedPledge, PublishedTerm
from .public import found

AT_MOST = 20  # publications, the newest first
NAMED = 10  # pledges that an entry names
TOLD = ("publication_id", "pledge_id", "term_no", "number", "title", "status")


class _Feed(Feed):
    """What the two feeds share."""

    feed_type = Atom1Feed
    author_name = settings.OFFICE_NAME
    item_author_name = settings.OFFICE_NAME
    language = "ko"

    def item_title(self, item):
        """Return the head of an entry."""
        return item["title"]

    def item_description(self, item):
        """Return the text of an entry, which Atom takes for HTML."""
        return escape(item["text"]).replace("\n", "<br>")

    def item_link(self, item):
        """Return the page of an entry."""
        return item["link"]

    def item_guid(self, item):
        """Return a name that stays when pages move."""
        return item["guid"]

    def item_pubdate(self, item):
        """Return when it was published."""
        return item["at"]

    item_updateddate = item_pubdate


class Publications(_Feed):
    """All publications: the rate, the statuses that changed, and why something was corrected."""

    title = "논산시 공약 공표 소식"
    subtitle = "분기마다 공표한 공약 이행현황과 정정"

    def link(self, obj):
        """Return the page that the feed is about."""
        return link(reverse("pledges:list"))

    def feed_url(self, obj):
        """Return the feed's own address."""
        return link(reverse("pledges:feed"))

    feed_guid = link

    def items(self):
        """Return one entry for each publication of pledges; a fixed number of queries."""
        every = list(_publications())
        publications, before = every[:AT_MOST], _befores(every)
        terms, rows = _of({pk for p in publications for pk in (p.pk, before.get(p.pk)) if pk})
        return [
            {
                "title": f"{_name(p)} 공약 이행현황",
                "text": _whole(p, terms[p.pk], rows[p.pk], rows[before.get(p.pk)]),
                "link": link(f"{reverse('pledges:list')}?period={p.period.code}"),
                "guid": get_tag_uri(link(f"/publications/{p.pk}"), p.at),
                "at": p.at,
            }
            for p in publications
        ]


class OfPledge(_Feed):
    """One pledge: what every publication changed of it."""

    def get_object(self, request, number):
        """Return the published row of the address."""
        return found(request, number)[1]

    def title(self, row):
        """Return the name of the feed."""
        return f"논산시 공약 {row} 소식"

    def subtitle(self, row):
        """Return what the feed tells."""
        return f"{row.department_name}. 공표할 때마다 이 공약에서 달라진 것"

    def link(self, row):
        """Return the page of the pledge; a number may stand for another pledge in a later term."""
        return link(f"{reverse('pledges:detail', args=[row.number])}?term={row.term_no}")

    feed_guid = link

    def feed_url(self, row):
        """Return the feed's own address."""
        return link(f"{reverse('pledges:feed-pledge', args=[row.number])}?term={row.term_no}")

    def items(self, row):
        """Return one entry for each publication that has the pledge."""
        rows = PublishedPledge.objects.visible_to(None).filter(pledge=row.pledge_id)
        rows = rows.select_related("publication__period").defer("card", "search")
        held = {one.publication_id: one for one in rows}
        publications = sorted((one.publication for one in rows), key=lambda p: -p.pk)
        before = _befores(publications)
        return [
            {
                "title": f"{row.number} {held[p.pk].title}, {_name(p)}",
                "text": _of_one(p, held[p.pk], held.get(before.get(p.pk))),
                "link": f"{self.link(row)}&period={p.period.code}",
                "guid": get_tag_uri(link(f"/publications/{p.pk}/{row.pledge_id}"), p.at),
                "at": p.at,
            }
            for p in publications[:AT_MOST]
        ]


def _publications():
    """Return the publications of pledges, the newest first."""
    found = Publication.objects.filter(terms__isnull=False).distinct().select_related("period")
    return found.order_by("-pk")


def _of(publications):
    """Return ({publication pk: terms}, {publication pk: {pledge pk: row}}); two queries."""
    terms, rows = defaultdict(list), defaultdict(dict)
    for term in PublishedTerm.objects.filter(publication__in=publications).order_by("-no"):
        terms[term.publication_id].append(term)
    found = PublishedPledge.objects.visible_to(None).filter(publication__in=publications)
    for row in found.only(*TOLD).order_by("term_no", "order"):
        rows[row.publication_id][row.pledge_id] = row
    return terms, rows


def _befores(publications):
    """Return {publication pk: pk of what was read before it}: its last revision, else the period before."""
    found = {}
    for p in publications:
        older = [o for o in publications if o.pk < p.pk]
        same = [o for o in older if o.period_id == p.period_id]
        earlier = [o for o in older if o.period.as_of < p.period.as_of]
        earlier.sort(key=lambda o: (o.period.as_of, o.revision))
        last = max(same, key=lambda o: o.revision, default=None) or (earlier or [None])[-1]
        if last:
            found[p.pk] = last.pk
    return found


def _name(publication):
    again = f" 정정(제{publication.revision}판)" if publication.revision > 1 else ""
    return f"{publication.period}{again}"


def _whole(publication, terms, rows, before):
    """Say a publication: the reason of a correction, the rate of every term, the statuses that changed."""
    parts = [f"정정 사유: {publication.reason}"] if publication.reason else []
    for term in terms:
        statuses = [row.status for row in rows.values() if row.term_no == term.no]
        groups = rates.groups(statuses, rates.Rounding(term.rate_mode, term.rate_places))
        parts.append(
            f"{term.name} 공약 {groups.total}건, 공약이행률 {rates.show(groups.fulfilled_rate)}, "
            f"완료 {groups.fulfilled}건, 추진중 {groups.in_progress}건."
        )
    if before:
        moved = [
            f"{row} ({_status(before[pk])} → {_status(row)})"
            for pk, row in rows.items()
            if pk in before and before[pk].status != row.status
        ]
        more = f" 그 밖 {len(moved) - NAMED}건" if len(moved) > NAMED else ""
        parts.append(
            f"이행상태가 달라진 공약 {len(moved)}건. {', '.join(moved[:NAMED])}{more}".strip()
        )
    return "\n".join(parts)


def _of_one(publication, row, before):
    """Say what a publication changed of one pledge."""
    parts = [f"정정 사유: {publication.reason}"] if publication.reason else []
    if before is None:
        progress = "" if row.progress_pct is None else f", 추진율 {row.progress_pct}%"
        return "\n".join([*parts, f"{_status(row)}{progress}", row.done]).strip()
    changes = changes_between(before, row)
    for change in changes:
        parts.append(
            f"{change.label}: {change.after}"
            if change.pieces
            else f"{change.label}: {change.before} → {change.after}"
        )
    return "\n".join(parts if changes else [*parts, "달라진 것이 없습니다."])


def _status(row):
    return row.get_status_display() or "미보고"


@public_page
def publications(request):
    """Hand over the feed of all publications."""
    return Publications()(request)


@public_page
def of_pledge(request, number):
    """Hand over the feed of one pledge."""
    return OfPledge()(request, number=number)
