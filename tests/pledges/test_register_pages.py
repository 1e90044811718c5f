"""What citizens read of changes: the register, a pledge's own page, the wording beside the wording."""

import pytest

from pledges.models import ChangeRecord, Pledge, PledgeCount
from tests import change_makers as makers
from tests.pledges.test_public import text_of


@pytest.fixture
def record(quarter, people):
    """The line of a new name for 1-1, decided by all."""
    panel = makers.make_panel(people["strategy"], Pledge.objects.first().term)
    session = makers.make_session(people["strategy"], panel)
    row = makers.make_adjustment(people["writer"], after={"title": "(예시) 걷는 길 1-1"})
    return makers.bring(row, people, session, "applied").record


def test_a_line_has_every_column_of_the_rule(client, record):
    page = client.get("/pledges/changes/")
    text = text_of(page)
    for word in (
        "1-1",
        "(예시) 걷는 길 1-1",
        "명칭변경",
        makers.WHY["reason"],
        "도로과",
        "2019년 주민배심원단 1차 회의",
        "찬성 2, 반대 1, 기권 0",
        "전략기획실-1",
        "2019. 7. 3.",
    ):
        assert word in text, word
    assert "<del>공약</del>" in page.text and "<ins>걷는 길</ins>" in page.text


def test_the_pledge_s_page_tells_its_changes_before_the_next_publication(client, record):
    text = text_of(client.get("/pledges/1-1/"))
    assert "제1호 명칭변경" in text and "다음 공표부터 바뀐 내용을 싣습니다" in text
    assert "확정한 뒤로 바뀐 것이 없습니다" in text_of(client.get("/pledges/1-2/"))


def test_a_change_makes_held_answers_old(client, quarter, people):
    old = client.get("/pledges/changes/").headers["ETag"]
    assert client.get("/pledges/changes/", headers={"If-None-Match": old}).status_code == 304
    panel = makers.make_panel(people["strategy"], Pledge.objects.first().term)
    session = makers.make_session(people["strategy"], panel)
    makers.bring(makers.make_adjustment(people["writer"]), people, session, "applied")
    answer = client.get("/pledges/changes/", headers={"If-None-Match": old})
    assert answer.status_code == 200 and "제외" in answer.text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 1),
        ("?kind=rename", 1),
        ("?kind=merge", 0),
        ("?year=2019", 1),
        ("?year=2018", 0),
        ("?q=걷는", 1),
        ("?q=없는말", 0),
        ("?kind=x", 0),
        ("?sort=-changed_on", 1),
    ],
)
def test_the_register_is_narrowed(client, record, query, count):
    assert client.get(f"/pledges/changes/{query}").context["page_obj"].paginator.count == count


def test_the_sheet_has_before_and_after_apart(client, record):
    text = client.get("/pledges/changes/?format=csv").content.decode("utf-8-sig")
    assert "당초 → 변경" in text and "공약명: (예시) 공약 1-1" in text
    assert client.get("/pledges/changes/?format=xlsx").status_code == 200


def test_queries_do_not_grow_with_lines(client, record, django_assert_max_num_queries):
    for number in range(2, 15):
        ChangeRecord.objects.create(
            term=record.term, number=number, kind="rename", lines=[], reason="-", changed_on="2019"
        )
    with django_assert_max_num_queries(8):
        client.get("/pledges/changes/")


def test_how_many_there_were_stands_on_top_with_its_source(client, record):
    for on, label, number in [("2018-09-14", "발표", 67), ("2018-12", "확정", 66)]:
        PledgeCount.objects.create(
            term=record.term, on=on, label=label, number=number, source="언론 보도"
        )
    text = text_of(client.get("/pledges/changes/"))
    assert "67 건 2018. 9. 14. 발표" in text or "67건" in text.replace(" ", "")
    assert "확인된 기록이 없습니다" in text and "출처: 언론 보도" in text


def test_the_plan_s_67_and_66_are_told(client, plan_2019):
    text = text_of(client.get("/pledges/changes/")).replace(" ", "")
    assert "67건2018.9.14.발표" in text and "66건2018.12.확정" in text
    assert "통합·제외로줄어듦:△1건" in text and "예시기록" in text


def test_the_wording_of_the_election_is_marked_against_the_name(client, plan_2019):
    page = client.get("/pledges/1-14/")
    assert "<del>문화가</del>" in page.text and "<ins>찾아가는</ins>" in page.text
    assert "변경 이력 제2호" in text_of(page)
    assert "선거공보의 문안과 공약명이 같습니다" in text_of(client.get("/pledges/1-9/"))
