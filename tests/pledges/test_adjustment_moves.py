"""The moves of an adjustment: every move from every state by everyone, each condition taken away alone."""

import datetime
import itertools

import pytest
from django.core.exceptions import PermissionDenied

from pledges.changes.workflow import MOVES, diagram, moves_for, take
from pledges.models import Adjustment, ChangeRecord, JuryPanel, Pledge
from reporting.workflow import Refused, WrongState
from tests import change_makers as makers
from tests import factories
from tests.conftest import CAST

State = Adjustment.State
OFFICE = {"strategy", "strategy2"}
DEPARTMENT = {"writer", "colleague"}
LEGAL = {
    "request": ({"draft", "returned"}, DEPARTMENT, "requested"),
    "withdraw": ({"draft", "requested", "returned", "agenda"}, DEPARTMENT, "withdrawn"),
    "accept": ({"requested"}, OFFICE, "agenda"),
    "return": ({"requested", "agenda", "decided"}, OFFICE, "returned"),
    "decline": ({"requested"}, OFFICE, "rejected"),
    "judge": ({"agenda"}, OFFICE, "judged"),
    "decide": ({"judged"}, OFFICE | {"executive"}, "decided"),
    "refuse": ({"judged"}, OFFICE | {"executive"}, "rejected"),
    "apply": ({"decided"}, OFFICE, "applied"),
}


@pytest.fixture
def session(quarter, people):
    """A meeting of a panel of five that three came to."""
    panel = makers.make_panel(people["strategy"], Pledge.objects.first().term)
    return makers.make_session(people["strategy"], panel)


@pytest.fixture
def draft(quarter, people):
    """A complete request to rename 1-1, not yet sent."""
    return makers.make_adjustment(people["writer"])


def given(name, session, **more):
    found = {"session": session} if name == "accept" else makers.GIVEN.get(name, {})
    return {**found, **more}


@pytest.mark.parametrize(("name", "state"), [*itertools.product(LEGAL, State.values)])
def test_every_move_from_every_state_by_everyone(draft, people, session, name, state):
    row = makers.bring(draft, people, session, state)
    before = row.moves.count()
    sources, actors, target = LEGAL[name]
    for who in set(CAST) - {"disabled"}:
        if state in sources and who in actors:
            assert name in moves_for(people[who], row)
            continue
        assert name not in moves_for(people[who], row)
        with pytest.raises((PermissionDenied, WrongState)):
            take(name, row, by=people[who], **given(name, session))
    row.refresh_from_db()
    assert (row.state, row.moves.count()) == (state, before)
    if state in sources:
        moved = take(name, row, by=people[max(actors)], **given(name, session))
        row.refresh_from_db()
        assert (row.state, moved.source, moved.target) == (target, state, target)
        assert moved.by == people[max(actors)]


def test_the_table_has_no_move_that_this_test_does_not_know():
    assert set(MOVES) == set(LEGAL)
    assert all(move.label in diagram() for move in MOVES.values())


WRONG = [
    # move, from where, what is wrong, the sentence
    ("withdraw", "requested", {"comment": ""}, "까닭"),
    ("return", "requested", {"comment": ""}, "까닭"),
    ("decline", "requested", {"comment": ""}, "까닭"),
    ("refuse", "judged", {"comment": ""}, "까닭"),
    ("accept", "requested", {"session": None}, "회의를 골라"),
    ("judge", "agenda", {"votes": (2, 1)}, "모두 적어"),
    ("judge", "agenda", {"votes": (2, None, 1)}, "모두 적어"),
    ("judge", "agenda", {"votes": (3, 1, 0)}, "출석 3명과 다릅니다"),
    ("decide", "judged", {"decided_on": None}, "결정한 날"),
    ("decide", "judged", {"decided_on": datetime.date(2019, 7, 4)}, "결정한 날"),
    ("decide", "judged", {"decided_on": datetime.date(2019, 6, 27)}, "회의보다 빠를"),
    ("decide", "judged", {"document": ""}, "결재 문서"),
    ("refuse", "judged", {"document": ""}, "결재 문서"),
    ("accept", "requested", {"seen": 99}, "보고 계신 사이에"),
]


@pytest.mark.parametrize(("name", "state", "wrong", "sentence"), WRONG)
def test_a_legal_move_with_one_thing_wrong_changes_nothing(
    draft, people, session, name, state, wrong, sentence
):
    row = makers.bring(draft, people, session, state)
    before = row.moves.count(), row.version
    with pytest.raises(Refused, match=sentence):
        makers.step(name, row, people, session, **wrong)
    row.refresh_from_db()
    assert (row.state, row.moves.count(), row.version) == (state, *before)
    makers.step(name, row, people, session)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": ""}, "사유"),
        ({"evidence": ""}, "근거"),
        ({"after": {"title": "(예시) 공약 1-1"}}, "달라진 것이 없습니다"),
        ({"kind": "merge", "after": {}}, "통합될 공약"),
        ({"kind": "split", "after": {"title": "남은 길"}}, "분리되어 생기는 공약"),
    ],
)
def test_an_incomplete_request_is_not_sent(quarter, people, fields, sentence):
    row = makers.make_adjustment(people["writer"], **fields)
    with pytest.raises(Refused, match=sentence):
        take("request", row, by=people["writer"])


def test_a_meeting_not_yet_held_and_one_without_quorum_decide_nothing(draft, people, session):
    office, panel = people["strategy"], session.panel
    later = makers.make_session(office, panel, 2, datetime.date(2019, 7, 20), 5)
    few = makers.make_session(office, panel, 3, makers.HELD, 2)
    unknown = makers.make_session(office, panel, 4, makers.HELD, None)
    row = makers.bring(draft, people, session, "requested")
    for meeting, votes, sentence in [
        (later, (5, 0, 0), "아직 열리지"),
        (few, (2, 0, 0), "성원이 되지"),
        (unknown, (2, 0, 0), "출석 인원"),
    ]:
        makers.step("accept", row, people, meeting)
        with pytest.raises(Refused, match=sentence):
            take("judge", row, by=office, votes=votes)
        makers.step("return", row, people, meeting)
        makers.step("request", row, people, meeting)


@pytest.mark.parametrize(
    ("votes", "verdict"), [((2, 1, 0), "right"), ((1, 1, 1), "wrong"), ((0, 3, 0), "wrong")]
)
def test_the_verdict_follows_from_the_totals(draft, people, session, votes, verdict):
    row = makers.bring(draft, people, session, "agenda")
    makers.step("judge", row, people, session, votes=votes)
    row.refresh_from_db()
    assert row.verdict == verdict


@pytest.mark.parametrize(("above", "verdict"), [(66, "right"), (67, "wrong")])
def test_the_panel_s_own_rule_holds(draft, people, session, above, verdict):
    JuryPanel.objects.update(majority_above=above)  # two of three are 66.7 %
    row = makers.bring(draft, people, session, "agenda")
    makers.step("judge", row, people, session)
    assert Adjustment.objects.get().verdict == verdict


def test_a_panel_of_another_term_has_no_say(draft, people, session):
    other = makers.make_panel(people["strategy"], factories.make_term(8, 2022, 2026))
    row = makers.bring(draft, people, session, "requested")
    with pytest.raises(Refused, match="임기에 꾸린"):
        makers.step("accept", row, people, makers.make_session(people["strategy"], other))


def test_what_the_jury_found_wrong_can_only_be_refused(draft, people, session):
    row = makers.bring(draft, people, session, "agenda")
    makers.step("judge", row, people, session, votes=(1, 2, 0))
    with pytest.raises(Refused, match="타당하지 않다고"):
        makers.step("decide", row, people, session)
    makers.step("refuse", row, people, session)
    assert not ChangeRecord.objects.exists()


def test_the_mayor_s_own_record_needs_no_document(draft, people, session):
    row = makers.bring(draft, people, session, "judged")
    take("decide", row, by=people["executive"], decided_on=makers.DECIDED)
    row.refresh_from_db()
    assert "시장 결정" in row.decided_as


@pytest.mark.parametrize("name", ["accept", "return", "decline"])
def test_nobody_decides_on_what_they_requested(quarter, people, departments, session, name):
    for who in ("strategy", "strategy2"):
        people[who].department = departments["도로과"]
        people[who].save()
    row = makers.make_adjustment(people["writer"])
    take("request", row, by=people["strategy"])
    with pytest.raises(PermissionDenied, match="자신이 요청하지 않은"):
        take(name, row, by=people["strategy"], **given(name, session))
    take(name, row, by=people["strategy2"], **given(name, session))


def test_what_goes_back_is_decided_anew(draft, people, session):
    row = makers.bring(draft, people, session, "decided")
    makers.step("return", row, people, session)
    row.refresh_from_db()
    empty = (row.session, row.verdict, row.votes_for, row.decided_on, row.decided_as)
    assert empty == (None, "", None, None, "")
    assert [m.move for m in row.moves.all()] == [*makers.PATH["decided"], "return"]
    assert "찬성 2" in row.moves.get(move="judge").facts


def test_whoever_asked_is_told_by_mail(draft, people, session, mailoutbox):
    people["writer"].email = "writer@nonsan.kr"
    people["writer"].save()
    row = makers.bring(draft, people, session, "returned")
    assert [m.to for m in mailoutbox] == [["writer@nonsan.kr"]]
    assert "사유를 자세히" in mailoutbox[0].body and f"/adjustments/{row.pk}/" in mailoutbox[0].body
