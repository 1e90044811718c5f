"""공약일치도: what is the same, what the register explains, what it does not, what is unknown."""

import pytest

from pledges.consistency import consistency
from pledges.models import Adjustment, ChangedPledge, Pledge, PublishedPledge
from tests import change_makers as makers
from tests import factories
from tests.pledges.test_public import text_of


@pytest.fixture
def stage(people, departments):
    """Four published pledges: worded the same, two otherwise, one unknown; and a meeting."""
    term = factories.make_term()
    wordings = ["(예시)  공약 1-1", "걷고 싶은 길", "큰 나무", ""]
    for serial, wording in enumerate(wordings, 1):
        factories.make_pledge(term, departments["도로과"], 1, serial, election_wording=wording)
    factories.make_pledge(term, departments["복지과"], 2)
    factories.first_quarter(people)
    return makers.make_session(people["strategy"], makers.make_panel(people["strategy"], term))


def found():
    result = consistency(PublishedPledge.objects.all(), 7)
    named = {
        name: [one.number for one in getattr(result, name)]
        for name in ("same", "explained", "unexplained", "dropped", "unknown")
    }
    return named, (result.agreed, result.counted, result.passes)


def tell(number, before, after, part="changed", wording=""):
    """Put a line about a pledge into the register, as it is known from papers."""
    pledge = Pledge.objects.get(number=number)
    record = pledge.term.changes.create(
        number=pledge.term.changes.count() + 1,
        kind="rename",
        lines=[],
        reason="보고회",
        changed_on="2018-11",
    )
    ChangedPledge.objects.create(
        record=record,
        pledge=pledge,
        part=part,
        number=number,
        title_before=before,
        title_after=after,
        election_wording=wording,
    )


def test_the_four_are_told_apart(stage):
    assert found() == (
        {
            "same": ["1-1"],
            "explained": [],
            "unexplained": ["1-2", "1-3"],
            "dropped": [],
            "unknown": ["1-4", "2-1"],
        },
        (1, 3, False),
    )


def test_a_line_that_leads_from_wording_to_name_explains(stage):
    tell("1-2", "걷고 싶은 길", "걷는 길")
    assert found()[1] == (1, 3, False)
    tell("1-2", "걷는 길", "(예시) 공약 1-2")
    tell("1-3", "작은 나무", "(예시) 공약 1-3")  # begins elsewhere
    named, counts = found()
    assert (named["explained"], named["unexplained"], counts) == (["1-2"], ["1-3"], (2, 3, False))
    tell("1-3", "큰 나무", "(예시) 공약 1-3")
    assert found()[1] == (3, 3, True)


def test_a_pledge_that_left_through_the_register_still_counts(stage):
    rows = PublishedPledge.objects.exclude(number="1-2")
    tell("1-2", "(예시) 공약 1-2", "", "excluded", "걷고 싶은 길")
    result = consistency(rows, 7)
    assert [one.number for one in result.dropped] == ["1-2"]
    assert (result.agreed, result.counted) == (2, 3)


def test_without_any_wording_there_is_no_verdict(db):
    assert consistency([], 7).passes is None


def test_the_page_names_what_is_not_explained(client, stage):
    text = text_of(client.get("/pledges/consistency/"))
    assert "설명할 것 2건" in text and "변경 이력에 없음" in text
    assert "선거공보 문안을 모르는 2건" in text


def test_a_change_through_the_procedure_stays_consistent(client, stage, people):
    row = makers.make_adjustment(people["writer"], after={"title": "새 길"})
    makers.bring(row, people, stage, "applied")
    period = factories.make_period(people["strategy"])
    writers = {people[name].department_id: people[name] for name in ("writer", "stranger")}
    factories.approve_all(period, writers, people["strategy"])
    factories.close_and_publish(period, people["strategy"])
    assert Adjustment.objects.get().state == "applied"
    rows = PublishedPledge.objects.filter(publication__period=period)
    assert [one.number for one in consistency(rows, 7).explained] == ["1-1"]


def test_queries_do_not_grow(stage, django_assert_num_queries):
    rows = list(PublishedPledge.objects.all())
    with django_assert_num_queries(1):
        consistency(rows, 7)


def test_the_demo_s_pledges_agree(plan_2019, client):
    page = client.get("/pledges/consistency/")
    result = page.context["found"]
    assert (result.passes, len(result.same), len(result.explained)) == (True, 34, 5)
    assert result.counted + len(result.unknown) == 66
