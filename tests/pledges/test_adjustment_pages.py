"""The department's pages: writing a request beside the old wording, moves as buttons, no effect twice."""

import pytest
from django.test import Client

from pledges.models import Adjustment, Pledge
from tests import change_makers as makers


@pytest.fixture
def session(quarter, people):
    panel = makers.make_panel(people["strategy"], Pledge.objects.first().term)
    return makers.make_session(people["strategy"], panel)


@pytest.fixture
def at(people):
    """Return a function that logs somebody in."""

    def _at(who):
        client = Client()
        client.force_login(people[who])
        return client

    return _at


def where(kind="rename", number="1-1"):
    return f"/adjustments/new/?pledge={Pledge.objects.get(number=number).pk}&kind={kind}"


FORM = {"title": "시민이 걷는 길", **makers.WHY, "then": "request"}


def test_a_request_is_written_beside_the_old_wording_and_sent(quarter, at):
    page = at("writer").get(where())
    assert "당초" in page.text and "(예시) 공약 1-1" in page.text
    answer = at("writer").post(where(), FORM)
    row = Adjustment.objects.get()
    assert answer.url == f"/adjustments/{row.pk}/"
    assert (row.state, row.after, row.reason) == (
        "requested",
        {"title": "시민이 걷는 길"},
        makers.WHY["reason"],
    )
    assert row.before["title"] == "(예시) 공약 1-1"


def test_the_same_form_sent_twice_has_one_effect(quarter, at):
    client = at("writer")
    first, second = client.post(where(), FORM), client.post(where(), FORM)
    assert first.url == second.url
    assert Adjustment.objects.count() == 1
    assert Adjustment.objects.get().moves.count() == 1


def test_a_colleague_of_another_department_cannot_ask(quarter, at):
    assert "올바르게 선택" in at("stranger").get(where()).text or at("stranger").get(where())
    at("stranger").post(where(), FORM)
    assert not Adjustment.objects.exists()


KINDS = {
    "content": {
        "title": "(예시) 공약 1-1",
        "content": "4km",
        "funding_national": "1,700",
        "funding_municipal": "300",
        "funding_year": "2020",
    },
    "exclude": {},
    "merge": {"title": "큰 길", "absorbed": "1-2"},
    "split": {"title": "남은 길", "part1_title": "새 길", "part1_final_goal": "2km"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_form(quarter, at, session, people, kind):
    fields = dict(KINDS[kind])
    if "absorbed" in fields:
        fields["absorbed"] = Pledge.objects.get(number=fields["absorbed"]).pk
    answer = at("writer").post(where(kind), {**FORM, "title": "", **fields})
    row = Adjustment.objects.get()
    assert (answer.status_code, row.kind, row.state) == (302, kind, "requested")
    page = at("strategy").get(answer.url)
    assert page.status_code == 200 and "당초와 변경" in page.text
    for name in makers.PATH["applied"][1:]:
        makers.step(name, row, people, session)
    page = at("writer").get(answer.url)
    assert "변경 이력 제1호" in page.text


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        ("rename", {"title": ""}, "공약명은 비울 수 없습니다."),
        ("rename", {"reason": "900101-1234567"}, "주민등록번호"),
        ("content", {"starts": "2022", "ends": "2021"}, "시작보다 빠릅니다."),
        ("content", {"ends": "내년"}, "날짜가 아닙니다."),
        ("content", {"funding_national": "9", "funding_municipal": "300"}, "연도를 골라"),
        ("content", {"funding_national": ""}, "비울 수 없습니다."),
        ("content", {"funding_national": "1.5"}, "정수만"),
        ("split", {"part1_content": "글"}, "이름을 적어"),
        ("merge", {"absorbed": "9" * 30}, "absorbed"),
    ],
)
def test_bad_input_gets_a_sentence_and_writes_nothing(quarter, at, kind, fields, sentence):
    money = {"funding_national": "500", "funding_municipal": "300"} if kind == "content" else {}
    answer = at("writer").post(where(kind), {**FORM, **money, **fields})
    assert answer.status_code == 422 and sentence in answer.text
    assert not Adjustment.objects.exists()


def test_a_second_save_of_one_version_shows_what_stands_now(quarter, at, people):
    row = makers.make_adjustment(people["writer"])
    page = f"/adjustments/{row.pk}/edit/"
    mine = {**FORM, "then": "save", "version": "1"}
    at("colleague").post(page, {**mine, "title": "동료의 이름"})
    answer = at("writer").post(page, {**mine, "title": "내 이름"})
    assert answer.status_code == 409
    assert "동료의" in answer.text and 'value="내 이름"' in answer.text
    assert Adjustment.objects.get().after["title"] == "동료의 이름"
    assert at("writer").post(page, {**mine, "title": "내 이름", "version": "2"}).status_code == 302
    assert Adjustment.objects.get().after["title"] == "내 이름"


def test_the_office_decides_by_buttons_and_a_second_click_does_nothing(
    quarter, at, people, session
):
    row = makers.bring(makers.make_adjustment(people["writer"]), people, session, "requested")
    page, move = f"/adjustments/{row.pk}/", f"/adjustments/{row.pk}/move/"
    assert 'value="accept"' in at("strategy").get(page).text
    assert 'value="accept"' not in at("writer").get(page).text
    sent = {"move": "accept", "seen": row.version, "session": session.pk}
    client = at("strategy")
    assert client.post(move, {**sent, "session": ""}).status_code == 409
    assert client.post(move, sent).status_code == 302
    again = client.post(move, sent, follow=True)
    assert "이미 배심원단 안건으로 채택 처리했습니다." in again.text
    assert at("strategy2").post(move, sent).status_code == 409
    assert row.moves.filter(move="accept").count() == 1


def test_the_words_of_a_return_stand_on_top_until_it_is_sent_again(quarter, at, people, session):
    row = makers.bring(makers.make_adjustment(people["writer"]), people, session, "returned")
    assert "사유를 자세히 적어 주세요." in at("writer").get(f"/adjustments/{row.pk}/").text
    assert at("writer").get(f"/adjustments/{row.pk}/edit/").status_code == 200


def test_before_an_exclusion_is_applied_the_open_items_are_named(quarter, at, people, session):
    row = makers.make_adjustment(people["writer"], kind="exclude", after={})
    makers.bring(row, people, session, "decided")
    page = at("strategy").get(f"/adjustments/{row.pk}/").text
    assert "그 기간까지는 내고 공표합니다" in page and "2019년 2분기 1-1" in page


def test_everybody_lists_what_they_may_see(quarter, at, people, session):
    row = makers.make_adjustment(people["writer"])
    seen = {
        who: at(who).get("/adjustments/").context["page_obj"].paginator.count
        for who in ("writer", "head", "stranger", "strategy", "executive")
    }
    assert seen == {"writer": 1, "head": 1, "stranger": 0, "strategy": 1, "executive": 0}
    makers.bring(row, people, session, "requested")
    assert at("executive").get("/adjustments/").context["page_obj"].paginator.count == 1


def test_a_department_sees_who_wants_to_swallow_its_pledge(quarter, at, people, session):
    theirs = [Pledge.objects.get(number="2-1")]
    row = makers.make_adjustment(people["writer"], kind="merge", absorbed=theirs)
    assert at("stranger").get(f"/adjustments/{row.pk}/").status_code == 404
    makers.bring(row, people, session, "requested")
    page = at("stranger").get(f"/adjustments/{row.pk}/")
    assert page.status_code == 200 and 'name="move"' not in page.text
