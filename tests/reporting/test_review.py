"""The office's queue: what it shows, how it decides, and what it refuses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.models import Submission
from reporting.rules import differences
from reporting.subjects import subject_of
from tests import factories

State = Submission.State
QUEUE = "/review/"


@pytest.fixture
def office(client, people):
    client.force_login(people["strategy"])
    return client


@pytest.fixture
def waiting(quarter, people):
    """Return the three items, all handed in."""
    for item in quarter.submissions.all():
        who = "writer" if item.department.name == "도로과" else "stranger"
        factories.hand_in(item, people[who])
    return quarter.submissions.order_by("order")


def version(item):
    return subject_of(item).report(item).version


def decide(client, item, move, **more):
    data = {"move": move, "seen": version(item), "comment": "", "due_on": "", **more}
    return client.post(reverse("reporting:review-decide", args=[item.pk]), data)


def titles(answer):
    return [submission.code for submission, _, _ in answer.context["rows"]]


def test_the_queue_shows_what_waits_and_its_filters_narrow_it(office, waiting, people, quarter):
    assert titles(office.get(QUEUE)) == ["1-1", "1-2", "2-1"]
    welfare = people["stranger"].department_id
    assert titles(office.get(QUEUE, {"department": welfare})) == ["2-1"]
    assert titles(office.get(QUEUE, {"q": "1-2"})) == ["1-2"]
    assert titles(office.get(QUEUE, {"period": "2019-q1"})) == []
    assert len(titles(office.get(QUEUE, {"period": "2019-q1", "state": "approved"}))) == 3
    assert "기다리는 항목이 없습니다" in office.get(QUEUE, {"q": "없는 말"}).content.decode()


@pytest.mark.parametrize(
    "query", ["state=x", "department=x", "period=2031-q9", "kind=x", "page=999", "page=x", "sort=x"]
)
def test_an_unknown_filter_is_a_page_not_an_error(office, waiting, query):
    assert office.get(f"{QUEUE}?{query}").status_code == 200


def test_an_item_stands_beside_its_last_quarter_with_differences_marked(office, waiting):
    page = office.get(reverse("reporting:review-item", args=[waiting[0].pk])).content.decode()
    assert "2019년 1분기" in page
    assert "<del>기본계획</del>" in page
    assert "<ins>주민설명회</ins>" in page


def test_differences_hold_both_texts_whole():
    pieces = differences("보상 협의 60% 완료", "보상 협의 80% 완료, 착공")
    assert "".join(p.text for p in pieces if p.kind != "new") == "보상 협의 60% 완료"
    assert "".join(p.text for p in pieces if p.kind != "gone") == "보상 협의 80% 완료, 착공"
    assert [p.text for p in pieces if p.kind == "gone"] == ["60% 완료"] or "60%" in str(pieces)


def test_approval_goes_on_to_the_next_item(office, waiting):
    answer = decide(office, waiting[0], "approve")
    assert answer.url == reverse("reporting:review-item", args=[waiting[0].pk + 1])
    assert Submission.objects.get(code="1-1", period__code="2019-q2").state == State.APPROVED


def test_a_return_carries_the_words_to_the_department(office, waiting, people):
    item = waiting[0]
    decide(office, item, "return", comment="실적을 숫자로", due_on="2019-07-08")
    step = item.transitions.last()
    assert (step.move, step.comment, step.by) == ("return", "실적을 숫자로", people["strategy"])


@pytest.mark.parametrize(
    ("more", "status", "sentence"),
    [
        ({"move": "return", "due_on": "2019-07-08"}, 422, "사유를 적어야 합니다"),
        ({"move": "return", "comment": "다시"}, 422, "필수"),
        ({"move": "return", "comment": "다시", "due_on": "2019-07-02"}, 409, "오늘이나 그 뒤의"),
        ({"move": "return", "comment": "다시", "due_on": "언젠가"}, 422, "날짜"),
        ({"move": "approve", "seen": "0"}, 409, "바뀌었습니다"),
        ({"move": "approve", "seen": "글자"}, 422, "정수"),
        ({"move": "reopen", "comment": "다시", "due_on": "2019-07-08"}, 409, "제출"),
    ],
)
def test_a_wrong_decision_gets_a_sentence_and_keeps_what_was_typed(
    office, waiting, more, status, sentence
):
    answer = decide(office, waiting[0], **more)
    page = answer.content.decode()
    assert answer.status_code == status
    assert sentence in page
    assert more.get("comment", "") in page
    assert Submission.objects.get(pk=waiting[0].pk).state == State.SUBMITTED


@pytest.mark.parametrize("move", ["submit", "recall", "", "지우기"])
def test_the_office_does_not_make_the_departments_moves(office, waiting, move):
    assert decide(office, waiting[0], move).status_code == 302
    assert Submission.objects.get(pk=waiting[0].pk).state == State.SUBMITTED


def test_many_are_approved_at_once_each_at_the_version_seen(office, waiting, people):
    stale = f"{waiting[2].pk}:{version(waiting[2]) - 1}"
    picks = [f"{item.pk}:{version(item)}" for item in waiting[:2]]
    answer = office.post(
        f"{QUEUE}approve/", {"pick": [*picks, stale, "x", "9999:1", ":"], "back": "//evil"}
    )
    assert answer.url == QUEUE
    assert [item.state for item in waiting.all()] == [State.APPROVED, State.APPROVED, "submitted"]
    page = office.get(answer.url).content.decode()
    assert "2건을 승인했습니다" in page
    assert "바뀌었습니다" in page


def test_ticking_does_not_approve_what_the_person_wrote(client, quarter, people, departments):
    people["strategy"].department = departments["도로과"]
    people["strategy"].save()
    item = factories.hand_in(quarter.submissions.get(code="1-1"), people["strategy"])
    client.force_login(people["strategy"])
    assert "직접 씀" in client.get(QUEUE).content.decode()
    client.post(f"{QUEUE}approve/", {"pick": f"{item.pk}:{version(item)}"})
    item.refresh_from_db()
    assert item.state == State.SUBMITTED


def test_going_back_keeps_the_filters(office, waiting):
    back = f"{QUEUE}?department=1"
    assert office.post(f"{QUEUE}approve/", {"back": back}).url == back


def test_the_queue_costs_the_same_with_more_items(office, waiting, quarter, people, departments):
    few = _queries(office)
    term = waiting[0].pledge_report.pledge.term
    for serial in range(3, 20):
        factories.make_pledge(term, departments["도로과"], 1, serial)
    factories.open_period(quarter, by=people["strategy"])
    for item in quarter.submissions.unfinished():
        factories.hand_in(item, people["writer"])
    assert _queries(office) == few


def _queries(client):
    client.get(QUEUE)  # the session's own bookkeeping is done once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(QUEUE).status_code == 200
    return len(captured)


def test_a_step_done_in_an_earlier_quarter_is_not_shown_as_taken_back(office, people, quarter):
    item = quarter.submissions.get(code="1-1")
    before = subject_of(item).previous(subject_of(item).report(item))
    step = before.pledge.milestones.get(order=1)
    before.milestones.create(milestone=step, actual="2019-03")
    factories.hand_in(item, people["writer"])
    lines = {
        line.label: (line.before, line.after)
        for line, _ in office.get(reverse("reporting:review-item", args=[item.pk])).context["lines"]
    }
    assert lines["절차 기본계획"] == ("2019. 3.", "2019. 3.")


def test_the_reviewer_sees_what_the_entry_is_measured_by(office, waiting):
    pledge = waiting[0].pledge_report.pledge
    pledge.targets.create(year="2019", text="설계 완료")
    page = office.get(reverse("reporting:review-item", args=[waiting[0].pk])).content.decode()
    assert "설계 완료" in page
    assert "계획 800 · 확보 800" in page
    assert "두 기간 모두 비어 있음: " in page


def test_opening_says_in_the_history_who_opened(quarter, people):
    record = quarter.submissions.get(code="1-1").pledge_report.history.earliest()
    assert (record.history_user, record.history_change_reason) == (people["strategy"], "입력 시작")


def test_spending_left_blank_is_shown_as_it_still_counts(office, people, quarter):
    item = quarter.submissions.get(code="1-1")
    factories.hand_in(item, people["writer"])
    lines = office.get(reverse("reporting:review-item", args=[item.pk])).context["lines"]
    spent = {line.label: (line.before, line.after) for line, _ in lines}
    assert spent["올해 집행 국비(백만원)"] == ("100", "100")


def test_a_return_says_which_deadline_now_holds(office, waiting):
    decide(office, waiting[0], "return", comment="다시", due_on="2019-07-04")
    assert "다시 낼 기한은 2019. 7. 10.입니다" in office.get(QUEUE).content.decode()
