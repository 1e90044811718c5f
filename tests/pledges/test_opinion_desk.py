"""The queue of opinions: who sees, decides and answers what; every decision is kept; who was faster wins."""

import csv
import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from pledges import opinions
from pledges.models import LATE_AFTER, Opinion, OpinionDecision
from reporting.history import Stale
from reporting.marks import public_number
from reporting.workflow import Refused
from tests import factories

pytestmark = pytest.mark.usefixtures("quarter")
DESK = "/opinions/"


def page(answer):
    return answer.content.decode()


def texts(answer):
    return [row.text for row in answer.context["page_obj"]]


def decide(opinion, people, shown=True, reason="", by="strategy"):
    return opinions.decide(
        opinion, shown=shown, version=opinion.version, reason=reason, by=people[by]
    )


def answer(opinion, people, text="살피겠습니다.", version=0, by="writer"):
    return opinions.answer(opinion, text=text, version=version, by=people[by])


def age(opinion, days):
    written = opinion.written_at - datetime.timedelta(days=days)
    Opinion.objects.filter(pk=opinion.pk).update(written_at=written)


@pytest.fixture
def opinion():
    return factories.make_opinion()


# --- the queue --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("strategy", ["도로", "복지"]),
        ("executive", ["도로", "복지"]),
        ("writer", ["도로"]),
        ("head", ["도로"]),
        ("stranger", ["복지"]),
    ],
)
def test_a_department_sees_its_own_and_the_office_all(client, people, who, seen):
    factories.make_opinion("1-1", "도로")
    factories.make_opinion("2-1", "복지")
    client.force_login(people[who])
    assert texts(client.get(DESK)) == seen


def test_what_waits_comes_first_to_mind_the_oldest_on_top(client, people):
    new, asked, done, hidden = (factories.make_opinion(text=t) for t in "가나다라")
    for one in (asked, done):
        decide(one, people)
    answer(done, people)
    decide(hidden, people, shown=False, reason="광고")
    age(asked, 3)
    client.force_login(people["strategy"])
    assert texts(client.get(DESK)) == ["나", "가"]
    found = {key: texts(client.get(f"{DESK}?state={key}")) for key in STATES}
    assert found == STATES
    assert [new.handled, asked.handled] == [False, False]


STATES = {
    "": ["나", "가", "다", "라"],
    "open": ["나", "가"],
    "new": ["가"],
    "unanswered": ["나"],
    "answered": ["다"],
    "hidden": ["라"],
    "erased": [],
    "x": [],
}


def test_the_late_ones_are_marked_and_counted(client, people, opinion):
    late = factories.make_opinion(text="오래된 것")
    age(late, LATE_AFTER + 1)
    age(opinion, LATE_AFTER - 1)
    client.force_login(people["strategy"])
    answer = client.get(DESK)
    assert (answer.context["late"], answer.context["unread"]) == (1, 2)
    assert answer.context["oldest"] == late
    assert page(answer).count("늦음") == 1 and f"{LATE_AFTER + 1}<small>일째" in page(answer)
    assert texts(client.get(f"{DESK}?age=late")) == ["오래된 것"]
    assert len(texts(client.get(f"{DESK}?age=week"))) == 2


def test_the_queue_is_narrowed_by_pledge_and_department(client, people, departments):
    factories.make_opinion("1-1", "도로")
    factories.make_opinion("2-1", "복지")
    client.force_login(people["strategy"])
    assert texts(client.get(f"{DESK}?pledge=2-1")) == ["복지"]
    assert texts(client.get(f"{DESK}?department={departments['도로과'].pk}")) == ["도로"]
    assert texts(client.get(f"{DESK}?department=x")) == []


def test_the_sheet_names_no_words_of_a_citizen(client, people):
    factories.make_opinion(text="비밀스러운 글", nickname="별명이")
    client.force_login(people["strategy"])
    sheet = client.get(f"{DESK}?format=csv").content.decode("utf-8-sig")
    assert "비밀" not in sheet and "별명이" not in sheet
    assert [row["공약"] for row in csv.DictReader(io.StringIO(sheet))] == ["1-1"]


@pytest.mark.parametrize(("who", "label"), [("strategy", "시민 의견 1"), ("writer", "시민 의견 2")])
def test_the_menu_says_how_many_wait_for_this_person(client, people, opinion, who, label):
    decide(factories.make_opinion(), people)
    client.force_login(people[who])
    assert f">{label}</a>" in page(client.get("/desk/"))


def test_nobody_else_has_the_menu(client, people):
    client.force_login(people["operator"])
    assert "시민 의견" not in page(client.get("/account/"))


def test_queries_do_not_grow_with_opinions(client, people, django_assert_num_queries):
    client.force_login(people["strategy"])
    for count in (2, 9):
        for _ in range(count):
            answer(decide(factories.make_opinion(), people), people)
        client.get(f"{DESK}?state=")
        with django_assert_num_queries(11):
            client.get(f"{DESK}?state=")


# --- deciding ---------------------------------------------------------------------------------
def test_the_office_shows_and_hides_and_each_decision_is_kept(client, people, opinion):
    client.force_login(people["strategy"])
    address, before = f"/opinions/{opinion.pk}/decide/", public_number()
    client.post(address, {"version": 1, "shown": "1"})
    assert "버스가" in page(client.get("/pledges/1-1/")) and public_number() == before + 1
    client.post(address, {"version": 2, "shown": "0", "reason": "이름이 있음"})
    assert "버스가" not in page(client.get("/pledges/1-1/")) and public_number() == before + 2
    kept = [(d.shown, d.reason, d.by.name) for d in OpinionDecision.objects.order_by("pk")]
    assert kept == [(True, "", "strategy"), (False, "이름이 있음", "strategy")]
    assert "이름이 있음" in page(client.get(f"/opinions/{opinion.pk}/"))


def test_hiding_needs_a_reason(client, people, opinion):
    client.force_login(people["strategy"])
    answer = client.post(
        f"/opinions/{opinion.pk}/decide/", {"version": 1, "shown": "0", "reason": " "}
    )
    assert answer.status_code == 409 and "사유를 적어 주세요" in page(answer)
    with pytest.raises(IntegrityError), transaction.atomic():
        OpinionDecision.objects.create(opinion=opinion, shown=False, by=people["strategy"])


def test_hiding_what_was_never_shown_changes_nothing_in_public(people, opinion):
    before = public_number()
    decide(opinion, people, shown=False, reason="광고")
    answer(opinion, people)
    assert public_number() == before


def test_of_two_decisions_on_one_reading_the_second_is_told(client, people, opinion):
    decide(opinion, people, by="strategy2")
    with pytest.raises(Stale):
        decide(opinion, people, shown=False, reason="광고")
    client.force_login(people["strategy"])
    data = {"version": 1, "shown": "0", "reason": "광고"}
    answer = client.post(f"/opinions/{opinion.pk}/decide/", data, follow=True)
    assert "먼저 처리했습니다" in page(answer)
    assert Opinion.objects.get().state == "shown"


@pytest.mark.parametrize("who", ["writer", "head", "executive"])
def test_only_the_office_decides(people, opinion, who):
    with pytest.raises(PermissionDenied, match="전략기획실만"):
        decide(opinion, people, by=who)
    assert Opinion.objects.get().state == "new"


@pytest.mark.parametrize("data", [{}, {"version": "x", "shown": "1"}, {"version": 1, "shown": "2"}])
def test_a_decision_without_sense_is_refused(client, people, opinion, data):
    client.force_login(people["strategy"])
    assert client.post(f"/opinions/{opinion.pk}/decide/", data).status_code == 422


def test_what_its_writer_erased_is_done_with(client, people, opinion):
    opinions.erase(opinion)
    with pytest.raises(Refused):
        decide(opinion, people)
    with pytest.raises(Refused):
        answer(opinion, people)
    client.force_login(people["strategy"])
    html = page(client.get(f"/opinions/{opinion.pk}/"))
    assert "쓴 사람이 지운" in html and "<textarea" not in html


# --- answering --------------------------------------------------------------------------------
def test_the_answer_is_public_once_the_opinion_is_shown(client, people, opinion):
    client.force_login(people["head"])
    client.post(f"/opinions/{opinion.pk}/answer/", {"version": 0, "text": "<i>노선</i>을 살핌"})
    assert "살핌" not in page(client.get("/pledges/1-1/"))
    decide(opinion, people)
    html = page(client.get("/pledges/1-1/"))
    assert "&lt;i&gt;노선&lt;/i&gt;을 살핌" in html and "도로과 답변" in html


def test_an_answer_is_corrected_with_its_history(client, people, opinion):
    decide(opinion, people)
    answer(opinion, people, "처음 답변")
    before = public_number()
    client.force_login(people["colleague"])
    client.post(f"/opinions/{opinion.pk}/answer/", {"version": 1, "text": "고친 답변"})
    html = page(client.get("/pledges/1-1/"))
    assert "고친 답변" in html and "고침" in html and public_number() == before + 1
    kept = page(client.get(f"/opinions/{opinion.pk}/"))
    assert "처음 답변" in kept and "colleague" in kept


def test_a_colleague_s_answer_is_not_overwritten(client, people, opinion):
    answer(opinion, people, "동료의 답변", by="colleague")
    client.force_login(people["writer"])
    refused = client.post(f"/opinions/{opinion.pk}/answer/", {"version": 0, "text": "나의 답변"})
    assert refused.status_code == 409
    assert "나의 답변" in page(refused) and "동료의 답변" in page(refused)
    assert Opinion.objects.get().answer.text == "동료의 답변"


@pytest.mark.parametrize("who", ["stranger", "strategy", "executive", "homeless"])
def test_only_the_leading_department_answers(people, opinion, who):
    with pytest.raises(PermissionDenied, match="주관부서만"):
        answer(opinion, people, by=who)


@pytest.mark.parametrize("text", ["", "가" * 2001, "800101-1234567"])
def test_an_answer_without_sense_is_refused(client, people, opinion, text):
    client.force_login(people["writer"])
    refused = client.post(f"/opinions/{opinion.pk}/answer/", {"version": 0, "text": text})
    assert refused.status_code == 422 and "error-summary" in page(refused)
