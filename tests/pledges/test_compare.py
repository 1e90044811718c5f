"""Two published quarters side by side: rates, transitions, lists behind every count, files, empty cases."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pledges import comparison
from pledges.editions import edition_of
from pledges.models import Pledge
from tests import factories
from tests.change_makers import reword, reword_all
from tests.pledges.test_public import text_of
from tests.pledges.test_public_quarters import publish_second, publish_third

COMPARE = "/pledges/compare/"


@pytest.fixture
def two(quarter, people):
    """Publish 2019-q2: 1-1 and 1-2 completed, 2-1 not handed in."""
    publish_second(quarter, people, leave=["2-1"])


def numbers(answer):
    return [pair.row.number for pair in answer.context["page_obj"]]


def test_before_two_quarters_there_is_a_sentence(client, db):
    assert "아직 공표한 자료가 없습니다" in text_of(client.get(COMPARE))


def test_with_one_quarter_there_is_nothing_to_compare(client, quarter):
    answer = client.get(COMPARE)
    assert answer.status_code == 200 and "아직 견줄 분기가 없습니다" in text_of(answer)
    assert "같은 분기를 골랐습니다" in text_of(client.get(f"{COMPARE}?from=2019-q1&to=2019-q1"))


@pytest.mark.parametrize("query", ["", "?to=2019-q2", "?to=2019-q1", "?from=2019-q1", "?term=7"])
def test_without_a_choice_neighbours_are_compared(client, two, query):
    answer = client.get(f"{COMPARE}{query}")
    codes = [answer.context[side].period.code for side in ("before", "after")]
    assert codes == ["2019-q1", "2019-q2"]


def test_the_two_rates_and_their_difference(client, two):
    page = text_of(client.get(COMPARE))
    assert "2019년 1분기(2019. 4. 30. 현재)와 2019년 2분기(2019. 6. 30. 현재)" in page
    assert re.search(r"0\.0% → 에서 66\.6% \(\+66\.6%p\)", page)
    assert re.search(r"0 → 에서 2 ?건 \( ?\+2 ?\)", page)


def test_every_count_leads_to_exactly_that_list(client, two):
    html = client.get(COMPARE).content.decode()
    found = set(re.findall(r'href="([^"]+)" data-count="(\d+)"', html))
    assert len(found) == 6
    for href, number in found:
        answer = client.get(href.replace("&amp;", "&"))
        assert answer.context["page_obj"].paginator.count == int(number), href


def test_the_list_says_what_changed(client, two):
    answer = client.get(COMPARE)
    assert numbers(answer) == ["1-1", "1-2"]
    page = text_of(answer)
    assert "이행상태 정상추진 → 에서 종료(완료)" in page
    assert "추진율 25% → 에서 100% (+75%p)" in page and "달라진 글: 추진실적" in page
    assert numbers(client.get(f"{COMPARE}?was=on_track&now=on_track")) == ["2-1"]


def test_new_and_gone_pledges_stand_by_themselves(client, two, people, departments):
    reword(Pledge.objects.get(number="2-1"), is_active=False)
    factories.make_pledge(Pledge.objects.first().term, departments["복지과"], 3, 1)
    publish_third(people)
    answer = client.get(f"{COMPARE}?from=2019-q1&to=2019-q3")
    assert numbers(client.get(f"{COMPARE}?from=2019-q1&to=2019-q3&kind=new")) == ["3-1"]
    assert numbers(client.get(f"{COMPARE}?from=2019-q1&to=2019-q3&kind=gone")) == ["2-1"]
    assert {"3-1", "2-1"} <= set(numbers(answer))
    assert "없음" in text_of(answer)


def test_every_pledge_of_either_quarter_is_counted_once(two):
    before, after = edition_of("2019-q1"), edition_of("2019-q2")
    found = comparison.compare(before, after)
    assert found.tally.total() == len(found.pairs) == 3
    assert len(found.of_kind("changed", "same", "new", "gone")) == 3
    assert found.rate_difference == found.groups[1].fulfilled_rate


def test_what_is_compared_is_what_changes_are_told_of(two):
    """`kind` looks at the fields alone; it must agree with `changes_between`, which words them."""
    found = comparison.compare(edition_of("2019-q1"), edition_of("2019-q2"))
    for pair in found.pairs:
        told = comparison.changes_between(pair.before, pair.after)
        assert (pair.kind == "changed") == bool(told)


def test_the_rows_go_to_excel_and_csv(client, two):
    sheet = client.get(f"{COMPARE}?format=xlsx")
    rows = list(load_workbook(io.BytesIO(sheet.content)).active.values)
    assert rows[0][:2] == ("번호", "공약명") and [row[0] for row in rows[1:]] == ["1-1", "1-2"]
    lines = client.get(f"{COMPARE}?format=csv&kind=changed").content.decode("utf-8-sig")
    first = next(csv.DictReader(io.StringIO(lines)))
    assert (first["앞 추진율(%)"], first["뒤 추진율(%)"], first["차이(%p)"]) == ("25", "100", "75")
    old = client.get(f"{COMPARE}?format=csv&encoding=cp949")
    assert "번호" in old.content.decode("cp949") and "cp949" in old.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "query", ["from=2018-q9", "to=x", "term=99", "from=%00", "to=2019-q2&term=x"]
)
def test_what_was_never_published_is_not_found(client, two, query):
    assert client.get(f"{COMPARE}?{query}").status_code == 404


@pytest.mark.parametrize("query", ["was=x", "now=%00", "was=on_track&now=zzz"])
def test_an_unknown_status_finds_nothing(client, two, query):
    assert numbers(client.get(f"{COMPARE}?{query}")) == []


@pytest.mark.parametrize("query", ["page=99", "page=x", "kind=zzz", "format=exe"])
def test_other_nonsense_is_the_usual_page(client, two, query):
    assert numbers(client.get(f"{COMPARE}?{query}")) == ["1-1", "1-2"]


def test_queries_do_not_grow_with_pledges(client, people, departments):
    seen = []
    quarter = factories.make_quarters(people, departments, roads=2)
    publish_second(quarter, people)
    for count in (0, 9):
        for serial in range(count):
            factories.make_pledge(Pledge.objects.first().term, departments["도로과"], 5, serial + 1)
        if count:
            publish_third(people)
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{COMPARE}?from=2019-q1")
        seen.append(len(captured))
    assert seen[0] == seen[1] <= 13


def test_it_is_drawn_and_linked(client, two):
    html = client.get(COMPARE).content.decode()
    assert "<svg" in html and "fill-completed" in html
    assert COMPARE in client.get("/pledges/").content.decode()
    assert f"{COMPARE}?from=2019-q1&amp;to=2019-q2" in client.get("/pledges/1-1/").content.decode()


def test_only_snapshots_are_read(client, two):
    before = client.get(COMPARE).content
    reword_all(title="아직 공표하지 않은 이름")
    assert client.get(COMPARE).content == before
