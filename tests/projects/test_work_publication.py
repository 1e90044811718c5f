"""A half-year publication has no pledges: it never becomes what citizens read of pledges."""

import datetime

from pledges.editions import edition_of, withdrawn
from pledges.previews import preview
from reporting.models import Withdrawal
from tests.projects import makers


def published_half(people, departments):
    """Return the publication of the year's second half, later than every quarter of the test."""
    makers.make_task(makers.make_plan(departments["전략기획실"]))
    period = makers.half_year(number=2, as_of=datetime.date(2019, 12, 31))
    return makers.published(period, people["strategy"])


def test_the_newest_pledges_stay_those_of_the_quarter(quarter, people, departments):
    before = preview(quarter)
    published_half(people, departments)
    assert edition_of().period.code == "2019-q1"
    assert preview(quarter) == before


def test_a_withdrawn_half_year_is_no_withdrawal_of_pledges(quarter, people, departments, client):
    publication = published_half(people, departments)
    Withdrawal.objects.create(
        publication=publication, reason="금액을 잘못 적음", by=people["strategy"]
    )
    assert withdrawn() == []
    assert client.get("/pledges/").status_code == 200
