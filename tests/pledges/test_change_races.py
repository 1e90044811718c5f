"""Two at once: one adjustment, one decision, register numbers without a gap; on both databases."""

import pytest

from pledges.changes.requests import start
from pledges.changes.workflow import take
from pledges.models import Adjustment, AdjustmentMove, ChangeRecord, Pledge
from reporting.workflow import Refused
from tests import change_makers as makers
from tests.reporting.test_races import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session(quarter, people):
    panel = makers.make_panel(people["strategy"], Pledge.objects.first().term)
    return makers.make_session(people["strategy"], panel)


def test_two_requests_for_one_pledge_are_one(quarter, people):
    pledge = Pledge.objects.get(number="1-1")
    results = together(
        *[
            lambda: start(
                pledge, kind="rename", after={"title": "길"}, by=people["writer"], **makers.WHY
            )
        ]
        * 3
    )
    assert len({row.pk for row in results}) == 1
    assert Adjustment.objects.count() == 1


def test_of_approval_and_refusal_one_stands(quarter, people, session):
    row = makers.bring(makers.make_adjustment(people["writer"]), people, session, "judged")
    results = together(
        lambda: take("decide", row, by=people["strategy"], **makers.GIVEN["decide"]),
        lambda: take("refuse", row, by=people["strategy2"], **makers.GIVEN["refuse"]),
    )
    assert sum(isinstance(r, AdjustmentMove) for r in results) == 1
    assert sum(isinstance(r, Refused) for r in results) == 1
    row.refresh_from_db()
    assert row.moves.order_by("pk").last().target == row.state


def test_two_clicks_on_apply_write_one_line(quarter, people, session):
    row = makers.bring(makers.make_adjustment(people["writer"]), people, session, "decided")
    together(*[lambda: take("apply", row, by=people["strategy"])] * 3)
    assert ChangeRecord.objects.count() == 1
    assert Pledge.objects.get(number="1-1").version == 2


def test_lines_of_several_pledges_at_once_have_no_gap(quarter, people, session):
    makers_of = {"1-1": "writer", "1-2": "writer", "2-1": "stranger"}
    rows = []
    for number, who in makers_of.items():
        row = makers.make_adjustment(people[who], number, after={"title": f"새 길 {number}"})
        take("request", row, by=people[who])
        for name in makers.PATH["decided"][1:]:
            makers.step(name, row, people, session)
        rows.append(row)
    results = together(*[lambda r=r: take("apply", r, by=people["strategy"]) for r in rows])
    assert not [r for r in results if isinstance(r, Exception)]
    assert sorted(ChangeRecord.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_an_exclusion_and_a_merger_of_one_pledge_do_not_both_happen(quarter, people, session):
    swallow = makers.make_adjustment(
        people["stranger"], "2-1", "merge", {}, [Pledge.objects.get(number="1-1")]
    )
    take("request", swallow, by=people["stranger"])
    for name in makers.PATH["decided"][1:]:
        makers.step(name, swallow, people, session)
    drop = makers.make_adjustment(people["writer"], kind="exclude", after={})
    makers.bring(drop, people, session, "decided")
    results = together(
        lambda: take("apply", swallow, by=people["strategy"]),
        lambda: take("apply", drop, by=people["strategy2"]),
    )
    assert sum(isinstance(r, AdjustmentMove) for r in results) == 1
    assert sum(isinstance(r, Refused) for r in results) == 1
    assert ChangeRecord.objects.count() == 1
