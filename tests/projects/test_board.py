"""주요업무·사업 현황판: what is counted, and that every figure leads to a list of just that many rows."""

import datetime
import html
import io
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from projects import board
from projects.schedule import State
from reporting.models import Period
from tests.projects import makers
from tests.projects.board_makers import fund, make_year, tell

BOARD = "/board/projects/"
ITEMS = f"{BOARD}items/"
LINK = re.compile(r'<a href="([^"]+)" data-count="(\d+)"')
BAR = re.compile(r'<a href="([^"]+)" aria-label="[^"]* ([\d,]+)건"')


@pytest.fixture
def first(people, departments):
    """Return the closed first half year of 2019."""
    return make_year(departments)[0]


def get(client, user, address):
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def counted(client, address):
    """Return (the number the list prints, the rows it shows, the rows of its sheet)."""
    address = html.unescape(address)
    page = client.get(address).content.decode()
    said = re.search(r'id="count">(\d+)<', page)
    sheet = client.get(f"{address}&format=csv").content.decode("utf-8-sig")
    return int(said.group(1)), page.count('<tr class="item">'), len(sheet.splitlines()) - 1


def walk(client, page):
    """Follow every count of a board and compare it with its list; return how many were followed."""
    found = {(href, int(count)) for href, count in LINK.findall(page)}
    found |= {(href, int(count.replace(",", ""))) for href, count in BAR.findall(page)}
    for href, count in found:
        assert counted(client, href) == (count, count, count), href
    return len(found)


# --- where the year is heading ----------------------------------------------------------------
@pytest.mark.parametrize(
    ("spent", "months", "expected"),
    [
        (300, 6, 600),
        (0, 6, 0),
        (100, 7, 171),
        (1, 8, 2),  # 1.5 goes up
        (250, 12, 250),
        (None, 6, None),
        (300, 0, None),
        (300, 13, None),
    ],
)
def test_the_year_goes_on_as_it_went(spent, months, expected):
    assert board.projected(spent, months) == expected


@pytest.mark.parametrize(
    ("as_of", "months"),
    [
        (datetime.date(2019, 6, 15), 6),
        (datetime.date(2019, 12, 31), 12),
        (datetime.date(2020, 1, 10), 12),
        (datetime.date(2018, 12, 31), 0),
        (None, 0),
    ],
)
def test_months_are_those_of_the_year(as_of, months):
    assert board.months_told(as_of, 2019) == months


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 3, "33.33"), (2, 3, "66.67"), (1, 800, "0.13"), (150, 100, "150.00"), (0, 5, "0.00")],
)
def test_the_rate_is_rounded_half_up(part, whole, expected):
    assert board.percent(part, whole) == Decimal(expected)


@pytest.mark.parametrize(("part", "whole"), [(None, 5), (5, None), (5, 0)])
def test_no_rate_from_what_is_not_known(part, whole):
    assert board.percent(part, whole) is None


# --- the figures ------------------------------------------------------------------------------
def test_steps_stand_as_they_do_on_the_as_of_date(first):
    book = board.book_of(first)
    assert [step.title for step in book.in_state(State.LATE)] == ["보상", "설계"]
    assert [step.title for step in book.in_state(State.SOON)] == ["공고"]
    assert [step.days_late for step in book.in_state(State.LATE)] == [91, 30]
    assert list(book.tally.values()) == [1, 2, 1, 1, 1]


def test_a_programme_is_not_counted_beside_its_parts(first):
    whole = board.sums(board.book_of(first).money)
    assert whole.amounts == {"planned": (590, 3), "secured": (510, 2), "spent": (160, 2)}
    assert whole.rate == Decimal("31.37")  # 160 of 510
    assert (whole.over, whole.projected, whole.short) == (1, 320, 1)


def test_a_programme_speaks_for_parts_without_money(first, departments):
    row = makers.make_project(departments["도로과"], "outer", title="큰 묶음")
    makers.make_project(departments["도로과"], "inner", title="작은 것", parent=row)
    fund(row, planned=7)
    assert board.sums(board.book_of(first).money).amounts["planned"] == (597, 4)


def test_money_of_the_whole_period_counts_in_no_year(first, departments):
    fund(makers.make_project(departments["도로과"], "whole", title="통째"), year=None, planned=999)
    assert board.sums(board.book_of(first).money).amounts["planned"] == (590, 3)


def test_carried_spending_rests_on_the_months_of_its_own_report(first, departments):
    second = makers.half_year(Period.State.OPEN, number=2, as_of=datetime.date(2019, 7, 2))
    book = board.book_of(second)
    assert {m.months for m in book.money if m.amount("spent") is not None} == {6}
    part = next(m.row.project for m in book.money if m.row.title == "부분")
    tell(second, part, state="draft")  # speaks, and tells no spending
    assert next(m for m in board.book_of(second).money if m.row.title == "부분").months == 6


def test_newer_spending_rests_on_its_own_months(first):
    second = makers.half_year(Period.State.OPEN, number=2)  # as of December: today is 3 July
    part = next(m.row.project for m in board.book_of(second).money if m.row.title == "부분")
    tell(second, part, state="draft", municipal=140, national=70)
    mine = next(m for m in board.book_of(second).money if m.row.title == "부분")
    assert (mine.months, mine.projected()) == (7, 360)


def test_a_source_that_tells_nothing_leaves_no_projection(first, departments):
    lone = makers.make_project(departments["도로과"], "two-sources", title="두 재원")
    fund(lone, "national", secured=10)
    fund(lone, secured=10)
    tell(first, lone, municipal=5)
    mine = next(m for m in board.book_of(first).money if m.row.title == "두 재원")
    assert (mine.projected(), mine.projected("municipal")) == (None, 10)
    assert "집행액 알 수 없음" not in board.doubts(mine)


# --- the page ---------------------------------------------------------------------------------
def test_every_figure_leads_to_its_list(client, first, people):
    page = get(client, people["strategy"], f"{BOARD}?period={first.code}")
    assert walk(client, page) > 30
    assert "30일 이하" in page and "소수 2자리까지 반올림" in page and "6개월 기준" in page
    assert "알 수 없음" in page and "자료 부족" in page and "100% 초과" in page


def test_every_figure_of_a_published_half_year_leads_to_its_list(client, first, people):
    makers.published(first, people["strategy"])
    second = makers.half_year(Period.State.OPEN, number=2)
    assert "상반기" in get(client, people["executive"], BOARD)
    page = get(client, people["executive"], f"{BOARD}?period={second.code}")
    assert "앞 기간과 견줌" in page and "2019년 상반기" in page
    assert walk(client, page) > 40


def test_a_published_half_year_reads_its_snapshot(first, people, departments):
    makers.published(first, people["strategy"])
    fund(makers.make_project(departments["도로과"], "late-comer", title="나중"), planned=5)
    assert board.sums(board.book_of(first).money).amounts["planned"] == (590, 3)


def test_the_period_before_is_compared(client, first, people):
    assert "견줄 앞 기간이 없습니다." in get(
        client, people["strategy"], f"{BOARD}?period={first.code}"
    )
    second = makers.half_year(Period.State.OPEN, number=2)
    page = get(client, people["strategy"], f"{BOARD}?period={second.code}")
    assert f"{ITEMS}?period={first.code}&amp;state=late" in page


def test_a_head_sees_the_own_department_until_publication(client, first, people):
    page = get(client, people["head"], f"{BOARD}?period={first.code}")
    assert "일정 4건과 사업 3건만 셉니다" in page
    assert "복지과" not in page and "청년학교" not in page
    assert walk(client, page) > 20
    assert "복지과" not in get(client, people["head"], f"{ITEMS}?period={first.code}&department=x")
    makers.published(first, people["strategy"])
    assert "복지과" in get(client, people["head"], f"{BOARD}?period={first.code}")


def test_a_head_compares_the_own_department_with_itself(client, first, people):
    makers.published(first, people["strategy"])
    second = makers.half_year(Period.State.OPEN, number=2)
    page = get(client, people["head"], f"{BOARD}?period={second.code}")
    assert f"{ITEMS}?period={first.code}&amp;department=" in page
    assert walk(client, page) > 20


@pytest.mark.parametrize("address", [BOARD, f"{ITEMS}?period=2019-h1"])
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
def test_managers_watch(client, first, people, address, name, status):
    client.force_login(people[name])
    assert client.get(address).status_code == status


def test_the_boards_name_it(client, people):
    assert f'href="{BOARD}"' in get(client, people["executive"], "/board/")


def test_without_any_period_the_board_says_so(client, people):
    assert "아직 볼 기간이 없습니다." in get(client, people["executive"], BOARD)


# --- the list ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "asked",
    ["state=x", "task=99", "department=abc", "kind=x", "kind=money&source=gold"]
    + ["kind=money&money=all", "kind=money&project=0"],
)
def test_an_unknown_question_finds_nothing_and_gives_no_file(client, first, people, asked):
    for more in ("", "&format=xlsx", "&format=csv"):
        page = get(client, people["strategy"], f"{ITEMS}?period={first.code}&{asked}{more}")
        assert "알 수 없는 조건이 있어" in page
        assert 'id="count">0<' in page


@pytest.mark.parametrize("code", ["", "2031-h1", "%00", "2019-h2", "2019-q1"])
def test_an_unknown_or_prepared_period_is_not_found(client, first, people, code):
    makers.half_year(Period.State.PREPARED, number=2)
    client.force_login(people["strategy"])
    assert client.get(f"{ITEMS}?period={code}").status_code == 404
    assert client.get(f"{BOARD}?period={code or 'x'}").status_code == 404


@pytest.mark.parametrize(
    ("kind", "head", "first_row"), [("steps", "추진일정", "보상"), ("money", "사업", "부분")]
)
def test_the_sheet_holds_the_rows_of_the_page(client, first, people, kind, head, first_row):
    client.force_login(people["strategy"])
    answer = client.get(f"{ITEMS}?period={first.code}&kind={kind}&department=&format=xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert any(head in row for row in rows)
    assert any(first_row in row for row in rows)


def test_a_row_leads_to_what_its_reader_may_open(client, first, people):
    pk = first.submissions.get(code__startswith="task").pk
    address = f"{ITEMS}?period={first.code}"
    assert f'href="/review/{pk}/"' in get(client, people["strategy"], address)
    assert f'href="/desk/{pk}/"' in get(client, people["head"], address)
    assert f'href="/desk/{pk}/"' in get(client, people["executive"], address)
    assert client.get(f"/desk/{pk}/").status_code == 200


@pytest.mark.parametrize("is_published", [True, False])
def test_queries_do_not_grow(client, first, people, departments, is_published):
    seen = []
    for many in (0, 15):
        for n in range(many):
            row = makers.make_project(departments["복지과"], f"more-{n}", title=f"더 {n}")
            makers.make_step(row)
            fund(row, planned=n, secured=n)
            tell(first, row, municipal=n)
        if is_published:
            makers.published(first, people["strategy"], revision=many + 1, reason="정정")
        client.force_login(people["strategy"])
        found = []
        for where in (BOARD, ITEMS, f"{ITEMS}?kind=money"):
            address = f"{where}{'&' if '?' in where else '?'}period={first.code}"
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        seen.append(found)
    assert seen[0] == seen[1]
