"""What the office reads before it publishes: the rate as it stands in public and as it would."""

from reporting.models import Publication

from . import rates, snapshots
from .models import PublishedPledge, PublishedTerm


def preview(period):
    """Return sentences on the rate of every term, now and after the publication, and on what is missing."""
    rows = snapshots.draw(period)
    now = _public_rate(period)
    found = []
    for term in snapshots.terms_of(period, [row.pledge for row in rows]):
        mine = [row for row in rows if row.term_no == term.no]
        rounding = rates.Rounding(term.rate_mode, term.rate_places)
        rate = rates.show(rates.groups((r.status for r in mine), rounding).fulfilled_rate)
        before = f" (지금 시민 화면 {now[term.no]})" if term.no in now else ""
        found.append(f"{term.name} 공약 {len(mine)}건, 공약이행률 {rate}{before}")
        missing = sum(not row.reported for row in mine)
        if missing:
            found.append(f"{term.name} 공약 {missing}건은 미보고로, 지난 기간의 값으로 나갑니다.")
    return found


def _public_rate(period):
    """Return {term no: printed rate} of what the public reads now: this period's, else the newest."""
    of_pledges = PublishedTerm.objects.values("publication")  # other subjects publish periods too
    current = Publication.objects.current().filter(pk__in=of_pledges)
    mine = list(current.filter(period=period)) or list(current[:1])
    found = {}
    for term in PublishedTerm.objects.filter(publication__in=mine):
        statuses = PublishedPledge.objects.filter(
            publication=term.publication_id, term_no=term.no
        ).values_list("status", flat=True)
        rounding = rates.Rounding(term.rate_mode, term.rate_places)
        found[term.no] = rates.show(rates.groups(statuses, rounding).fulfilled_rate)
    return found
