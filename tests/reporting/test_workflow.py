"""The table of moves: every move from every state by everyone, each condition taken away alone."""

import datetime
import itertools
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from reporting.models import Submission, Transition
from reporting.subjects import subject_of
from reporting.workflow import MOVES, Refused, WrongState, diagram, moves_for, take
from tests import factories
from tests.conftest import CAST, TODAY

State = Submission.State
DUE = datetime.date(2019, 7, 8)
LEGAL = {
    "submit": ({State.DRAFT, State.RETURNED}, {"writer", "colleague"}),
    "recall": ({State.SUBMITTED}, {"writer", "colleague"}),
    "return": ({State.SUBMITTED}, {"strategy", "strategy2"}),
    "approve": ({State.SUBMITTED}, {"strategy", "strategy2"}),
    "reopen": ({State.APPROVED}, {"strategy", "strategy2"}),
}
TARGET = {
    "submit": State.SUBMITTED,
    "recall": State.DRAFT,
    "return": State.RETURNED,
    "approve": State.APPROVED,
    "reopen": State.RETURNED,
}
WORDS = {"comment": "수치를 확인해 주세요.", "due_on": DUE}


def words(name):
    return WORDS if name in ("return", "reopen") else {}


@pytest.mark.parametrize(("name", "state"), [*itertools.product(LEGAL, State)])
def test_every_move_from_every_state_by_everyone(item, people, at, name, state):
    factories.write(item, people["writer"])  # so that it could be handed in
    item = at(item, state)
    before = item.transitions.count()
    sources, actors = LEGAL[name]
    for who in set(CAST) - {"disabled"}:  # has no session to act from: tests/test_every_url.py
        if state in sources and who in actors:
            continue
        with pytest.raises((PermissionDenied, WrongState)):
            take(name, item, by=people[who], **words(name))
        item.refresh_from_db()
        assert (item.state, item.transitions.count()) == (state, before)
        assert name not in moves_for(people[who], item)
    for who in sorted(actors) if state in sources else []:
        assert name in moves_for(people[who], item)
    if state in sources:
        moved = take(name, item, by=people[sorted(actors)[-1]], **words(name))
        item.refresh_from_db()
        assert item.state == TARGET[name]
        assert (moved.source, moved.target, moved.by) == (
            state,
            TARGET[name],
            people[sorted(actors)[-1]],
        )


def test_the_table_has_no_move_that_this_test_does_not_know():
    assert set(MOVES) == set(LEGAL)


@pytest.mark.parametrize("name", ["return", "approve"])
def test_nobody_decides_on_what_they_wrote(quarter, people, departments, name):
    people["strategy"].department = departments["도로과"]
    people["strategy"].save()
    item = factories.hand_in(quarter.submissions.get(code="1-1"), people["strategy"])
    with pytest.raises(PermissionDenied, match="자신이 쓰지 않은"):
        take(name, item, by=people["strategy"], **words(name))
    take(name, item, by=people["strategy2"], **words(name))


def test_an_earlier_hand_in_the_text_is_enough_to_be_an_author(quarter, people, departments):
    people["strategy"].department = departments["도로과"]
    people["strategy"].save()
    item = quarter.submissions.get(code="1-1")
    factories.write(item, people["strategy"])
    item = factories.hand_in(item, people["writer"])
    with pytest.raises(PermissionDenied):
        take("approve", item, by=people["strategy"])


@pytest.mark.parametrize("name", ["return", "reopen"])
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"comment": ""}, "사유"),
        ({"comment": " \n "}, "사유"),
        ({"due_on": None}, "기한"),
        ({"due_on": TODAY - datetime.timedelta(days=1)}, "기한"),
    ],
)
def test_sending_back_needs_words_and_a_day_to_come(item, people, at, name, wrong, sentence):
    item = at(item, State.SUBMITTED if name == "return" else State.APPROVED)
    with pytest.raises(Refused, match=sentence):
        take(name, item, by=people["strategy"], **{**WORDS, **wrong})
    item.refresh_from_db()
    assert item.state in MOVES[name].sources


def test_a_returned_item_keeps_the_later_of_the_two_deadlines(item, people, at):
    item = at(item, State.SUBMITTED)
    take("return", item, by=people["strategy"], **WORDS)
    item.refresh_from_db()
    assert item.due_on == factories.Q2_DUE
    take("submit", item, by=people["writer"])
    later = factories.Q2_DUE + datetime.timedelta(days=4)
    take("return", item, by=people["strategy"], comment="다시", due_on=later)
    item.refresh_from_db()
    assert item.due_on == later


def test_approval_is_of_the_text_that_was_read(item, people):
    item = factories.hand_in(item, people["writer"])
    read = subject_of(item).report(item).version
    item = factories.move("recall", item, people["writer"])
    item = factories.hand_in(item, people["writer"], done="그 사이 바꾼 글")
    with pytest.raises(WrongState, match="바뀌었습니다"):
        take("approve", item, by=people["strategy"], seen=read)
    take("approve", item, by=people["strategy"], seen=subject_of(item).report(item).version)


@pytest.mark.parametrize(
    ("missing", "sentence"), [({"status": ""}, "이행상태"), ({"done": ""}, "추진실적")]
)
def test_an_unfinished_entry_is_not_handed_in(item, people, missing, sentence):
    factories.write(item, people["writer"], **missing)
    with pytest.raises(Refused, match=sentence):
        take("submit", item, by=people["writer"])


def test_the_deadline_holds_from_the_next_day_on(item, people, settings):
    factories.write(item, people["writer"])
    settings.OFFICE_TODAY = item.due_on + datetime.timedelta(days=1)
    with pytest.raises(Refused, match="기한이 지났습니다"):
        take("submit", item, by=people["writer"])
    settings.OFFICE_TODAY = item.due_on
    take("submit", item, by=people["writer"])


def test_nothing_is_handed_in_before_the_period_opens(item, people, settings):
    factories.write(item, people["writer"])
    settings.OFFICE_TODAY = item.period.opens_on - datetime.timedelta(days=1)
    with pytest.raises(Refused, match="시작하지 않았습니다"):
        take("submit", item, by=people["writer"])


def test_a_submission_is_not_taken_back_after_the_deadline(item, people, at, settings):
    item = at(item, State.SUBMITTED)
    settings.OFFICE_TODAY = item.due_on + datetime.timedelta(days=1)
    with pytest.raises(Refused, match="거둘 수 없습니다"):
        take("recall", item, by=people["writer"])
    assert "recall" not in moves_for(people["writer"], item)


def test_a_second_click_moves_nothing(item, people):
    item = factories.hand_in(item, people["writer"])
    with pytest.raises(WrongState):
        take("submit", item, by=people["writer"])
    assert Transition.objects.filter(submission=item).count() == 1


def test_docs_draw_the_workflow_as_it_runs():
    docs = Path(__file__).parents[2] / "docs" / "workflow.md"
    assert diagram() in docs.read_text("utf-8")
