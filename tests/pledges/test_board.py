"""공약 현황판: who sees it, and that every figure leads to a list of just that many pledges."""

import html
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from reporting.models import Period
from tests import factories
from tests.pledges.test_public_quarters import publish_second

BOARD = "/board/pledges/"
ITEMS = f"{BOARD}items/"
LINK = re.compile(r'<a href="([^"]+)" data-count="(\d+)"[^>]*>([^<]*)</a>')
BAR = re.compile(r'<a href="([^"]+)" aria-label="[^"]* ([\d,]+)건"')
SLICE = re.compile(r'<a href="([^"]+items/[^"]+)">[^<]+</a> <b>(\d+)건</b>')


def get(client, user, address):
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def counted(client, address):
    """Return (the number the list prints, the rows it shows)."""
    page = client.get(html.unescape(address)).content.decode()
    said = re.search(r'id="count">(\d+)<', page)
    return int(said.group(1)), page.count('<tr class="item">')


def walk(client, page):
    """Follow every count of a board and compare it with its list; return how many were followed."""
    found = {(href, int(count)) for href, count, _ in LINK.findall(page)}
    found |= {(href, int(count.replace(",", ""))) for href, count in BAR.findall(page)}
    found |= {(href, int(count)) for href, count in SLICE.findall(page)}
    for href, count in found:
        assert counted(client, href) == (count, count), href
    return len(found)


# --- the counts -------------------------------------------------------------------------------
def test_every_count_of_an_open_period_leads_to_its_list(client, quarter, people):
    one, two = quarter.submissions.filter(code__startswith="1-")
    factories.hand_in(one, people["writer"], status="partial", target_met="false")
    factories.write(two, people["writer"], status="completed")
    page = get(client, people["strategy"], f"{BOARD}?period={quarter.code}")
    assert "3건 가운데 0건이 승인되었습니다" in page
    assert walk(client, page) > 15


def test_what_was_not_reported_has_its_list_and_says_whose_figures_stand_there(
    client, quarter, people
):
    publish_second(quarter, people, leave=["1-1", "1-2"])
    page = get(client, people["strategy"], f"{BOARD}?period={quarter.code}")
    href = f"{ITEMS}?period={quarter.code}&amp;attention=unreported"
    assert (href, "2") in {(link, count) for link, count, _ in LINK.findall(page)}
    assert walk(client, page) > 10
    for status, number in (("unreported", 2), ("none", 0)):
        asked = f"{ITEMS}?period={quarter.code}&status={status}"
        assert counted(client, asked) == (number, number)
    rows = client.get(html.unescape(href)).content.decode()
    assert rows.count("미보고 · 2019년 1분기 값") == 2
    everything = client.get(f"{ITEMS}?period={quarter.code}").content.decode()
    assert everything.count("1분기 값") == 2 and counted(
        client, f"{ITEMS}?period={quarter.code}"
    ) == (3, 3)


def test_the_printed_number_is_the_number_of_its_link(client, quarter, people):
    page = get(client, people["strategy"], f"{BOARD}?period={quarter.code}")
    small = [text for _, count, text in LINK.findall(page) if text.isdigit() and text != count]
    assert LINK.findall(page) and not small


def test_the_collection_tells_who_has_not_reported(client, quarter, people):
    one = quarter.submissions.get(code="1-1")
    factories.hand_in(one, people["writer"])
    page = get(client, people["strategy"], f"{BOARD}?period={quarter.code}")
    roads = page[page.index("부서별 제출") :]
    roads = roads[roads.index("도로과") : roads.index("복지과")]
    assert [int(count) for _, count, _ in LINK.findall(roads)] == [2, 1, 1]
    assert f"/review/?period={quarter.code}" in page
    assert reverse("reporting:period", args=[quarter.pk]) in page


def test_the_flow_is_drawn_from_two_published_quarters_on(client, quarter, people):
    assert "<polyline" not in get(client, people["executive"], BOARD)
    writers = {people[n].department_id: people[n] for n in ("writer", "stranger")}
    factories.approve_all(quarter, writers, people["strategy"], status="completed")
    factories.close_and_publish(quarter, people["strategy"])
    page = get(client, people["executive"], BOARD)
    flow = page[page.index("공약이행률의 흐름") :]
    assert "공약 현황판 · 2019년 2분기" in page
    assert re.findall(r'<td class="num">([\d.]+)</td>', flow)[:2] == ["0.0", "100.0"]


def test_without_a_period_the_latest_published_one_is_shown(client, quarter, people):
    assert "공약 현황판 · 2019년 1분기" in get(client, people["executive"], BOARD)


def test_without_any_period_the_board_says_so(client, people):
    assert "아직 볼 기간이 없습니다." in get(client, people["executive"], BOARD)


# --- roles ------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["/board/", BOARD, f"{BOARD}items/?period=2019-q1"])
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("strategy", 200),
        ("executive", 200),
        ("head", 200),
        ("writer", 403),
        ("operator", 403),
        ("homeless", 403),
    ],
)
def test_managers_watch(client, quarter, people, address, name, status):
    client.force_login(people[name])
    assert client.get(address).status_code == status


@pytest.mark.parametrize("address", ["/board/", BOARD, f"{BOARD}items/?period=2019-q1"])
def test_citizens_are_sent_to_the_login(client, quarter, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith("/login/")


def test_a_head_sees_the_own_department_until_publication(client, quarter, people):
    items = f"{BOARD}items/?period="
    assert counted_by(client, people["head"], f"{items}{quarter.code}") == (2, 2)
    assert counted_by(client, people["head"], f"{items}2019-q1") == (3, 3)
    page = get(client, people["head"], f"{BOARD}?period={quarter.code}")
    assert "도로과의 공약 2건만 셉니다" in page
    assert "복지과" not in page
    assert f"/reports/pledges/{quarter.code}" not in page
    assert walk(client, page) > 5


def counted_by(client, user, address):
    client.force_login(user)
    return counted(client, address)


def test_a_row_leads_to_what_its_reader_may_open(client, quarter, people):
    item = quarter.submissions.get(code="1-1")
    address = f"{BOARD}items/?period={quarter.code}"
    assert f'href="/review/{item.pk}/"' in get(client, people["strategy"], address)
    assert f'href="/desk/{item.pk}/"' in get(client, people["head"], address)
    published = get(client, people["head"], f"{BOARD}items/?period=2019-q1")
    assert 'href="/pledges/1-1/?period=2019-q1"' in published


# --- the list ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "asked", ["status=x", "field=99", "department=abc", "counted=rate", "attention=1", "state=gone"]
)
def test_an_unknown_question_finds_nothing_and_says_so(client, quarter, people, asked):
    page = get(client, people["strategy"], f"{BOARD}items/?period={quarter.code}&{asked}")
    assert "알 수 없는 조건이 있어" in page
    assert 'id="count">0<' in page


@pytest.mark.parametrize("code", ["", "2031-q1", "%00", "2019-q3"])
def test_an_unknown_or_prepared_period_is_not_found(client, quarter, people, code):
    Period.objects.create(
        cadence="q",
        year=2019,
        number=3,
        code="2019-q3",
        opens_on=factories.Q2_OPENS,
        due_on=factories.Q2_DUE,
        as_of=factories.Q2_AS_OF,
    )
    client.force_login(people["strategy"])
    assert client.get(f"{BOARD}items/?period={code}").status_code == 404
    assert client.get(f"{BOARD}?period={code or 'x'}").status_code == 404


def test_the_sheet_holds_the_rows_of_the_page(client, quarter, people):
    client.force_login(people["strategy"])
    address = f"{BOARD}items/?period=2019-q1&field=1&format="
    sheet = client.get(f"{address}xlsx")
    rows = list(load_workbook(io.BytesIO(sheet.content)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows if row[0] in ("1-1", "1-2", "2-1")] == ["1-1", "1-2"]
    assert "filename*=utf-8''" in sheet["Content-Disposition"]
    text = client.get(f"{address}csv").content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == ["1-1", "1-2"]


@pytest.mark.parametrize("code", ["2019-q1", "2019-q2"])
def test_queries_do_not_grow_with_pledges(client, people, departments, code):
    seen = []
    for term_no, roads in ((7, 2), (8, 20)):
        if term_no == 7:
            factories.make_quarters(people, departments, roads=roads)
            address = f"{BOARD}?period={code}"
        else:
            address = f"{BOARD}?period={grow(people, departments, roads, code)}"
        client.force_login(people["strategy"])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).content.decode()
        with CaptureQueriesContext(connection) as more:
            client.get(address.replace("pledges/?", "pledges/items/?"))
        assert f"{roads + 1}건" in page
        seen.append((len(queries), len(more)))
    assert seen[0] == seen[1]


def grow(people, departments, roads, code):
    """Add pledges to the term and make the next quarter of the same kind; return its code."""
    term = departments["도로과"].led_pledges.first().term
    for serial in range(3, roads + 1):
        factories.make_pledge(term, departments["도로과"], 1, serial)
    day = factories.Q2_AS_OF.replace(month=9)
    period = factories.make_period(people["strategy"], 3, factories.Q2_OPENS, factories.Q2_DUE, day)
    if code == "2019-q1":
        writers = {people[n].department_id: people[n] for n in ("writer", "stranger")}
        factories.approve_all(period, writers, people["strategy"])
        factories.close_and_publish(period, people["strategy"])
    return period.code


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_unknown_question_gives_no_file(client, quarter, people, kind):
    page = get(client, people["strategy"], f"{BOARD}items/?period=2019-q1&field=99&format={kind}")
    assert "알 수 없는 조건이 있어" in page
