"""The citizens' pages over the whole plan: numbers, lists behind them, filters, files, cards."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pledges import rates
from pledges.editions import edition_of
from pledges.filters import COUNTED, GROUPS, SORTS, PledgeFilter
from pledges.lists import counts_of
from pledges.models import Status
from pledges.tables import PledgeTable

pytestmark = pytest.mark.usefixtures("plan_2019")
PAGES = ["/", "/pledges/", "/pledges/1-1/", "/pledges/about/", "/pledges/1-1/card.pdf"]


def text_of(answer):
    """Return the words of a page, tags and line ends as single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def count_of(answer):
    return answer.context["page_obj"].paginator.count


def numbers(answer):
    return [row.number for row in answer.context["page_obj"]]


def rows_of_csv(client, query=""):
    answer = client.get(f"/pledges/?format=csv{query}")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


# --- numbers ----------------------------------------------------------------------------------
def test_the_first_page_prints_the_plan_s_numbers(client):
    page = text_of(client.get("/"))
    assert "공약이행률 39.3%" in page
    assert "완료 26건 ÷ 전체 66건" in page
    assert "2019년 1분기 · 2019. 4. 30. 현재" in page
    assert re.search(r"완료\( ?39.3% ?\)", page) and re.search(r"추진중\( ?60.7% ?\)", page)


def test_the_tables_count_as_the_plan_does_total_first(client):
    html = client.get("/").content.decode()
    fields, statuses = re.findall(r'<table class="[^"]*tally">.*?</table>', html, re.S)
    cells = [
        [re.sub(r"<span.*?</span>|<[^>]+>", "", c).strip() for c in re.findall(r"<td.*?</td>", t)]
        for t in (fields, statuses)
    ]
    assert cells == [["66", "19", "14", "8", "17", "8"], ["66", "4", "22", "40", ".", ""]]
    assert "보류" not in statuses


def test_every_number_of_the_public_pages_leads_to_exactly_that_list(client):
    found = set()
    for page in ("/", "/pledges/"):
        html = client.get(page).content.decode()
        found |= set(re.findall(r'href="([^"]+)" data-count="(\d+)"', html))
    assert len(found) >= 9
    for href, number in found:
        assert count_of(client.get(href.replace("&amp;", "&"))) == int(number), href


@pytest.mark.parametrize("key", COUNTED)
def test_the_database_and_the_rates_ask_the_same_question(key):
    rows = edition_of().rows
    expected = {row.number for row in rows if rates.COUNTED_IN[key](row)}
    assert set(rows.filter(COUNTED[key][1]).values_list("number", flat=True)) == expected
    assert expected or key == "nothing"


def test_every_rate_question_has_its_filter():
    assert set(COUNTED) == set(rates.COUNTED_IN)


def test_the_head_counts_what_rates_counts():
    edition = edition_of()
    counts = counts_of(edition)
    assert counts.groups == rates.groups((r.status for r in edition.rows), edition.rounding)
    assert sum(line.total.number for line in counts.fields) == counts.total.number == 66


# --- filters ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 66),
        ("field=1", 19),
        ("field=5", 8),
        ("status=fulfilled", 26),
        ("status=in_progress", 40),
        ("status=set_aside", 0),
        ("status=none", 0),
        ("status=completed", 4),
        ("status=completed_ongoing", 22),
        ("field=1&status=fulfilled", 5),
        ("core=1", 5),
        ("counted=wide", 66),
        ("counted=has_target", 23),
        ("q=국방국가 산업단지조성", 1),
        ("q=KTX", 1),
        ("q=ktx 훈련소역", 1),
        ("q=없는말없는말", 0),
        ("q=%25", None),
    ],
)
def test_filters(client, query, count):
    found = count_of(client.get(f"/pledges/?{query}"))
    assert found == count if count is not None else found < 66


@pytest.mark.parametrize(
    "query",
    [
        "field=9",
        "field=x",
        "status=zzz",
        "department=99999999999999999999",
        "department=-1",
        "year=99999999999999999999",
        "counted=everything",
        "core=0",
        "q=%00",
        "q=" + "가" * 101,
        "field=1%00",
    ],
)
def test_an_unknown_value_finds_nothing_and_says_so(client, query):
    answer = client.get(f"/pledges/?{query}")
    assert answer.status_code == 200
    assert count_of(answer) == 0
    assert "찾는 것이 없습니다" in text_of(answer)


@pytest.mark.parametrize(
    "query", ["sort=;drop", "page=9999", "page=-1", "page=x", "format=exe", "per_page=0", "x=%00"]
)
def test_what_makes_no_sense_is_ignored(client, query):
    assert count_of(client.get(f"/pledges/?{query}")) == 66


def test_department_and_year_offer_what_there_is(client):
    form = client.get("/pledges/").context["filter"].form
    for name in ("department", "year"):
        choices = [value for value, _ in form.fields[name].choices if value]
        assert choices
        assert sum(count_of(client.get("/pledges/", {name: v})) for v in choices) == 66


def test_the_form_keeps_what_came_by_a_link(client):
    answer = client.get("/pledges/?counted=has_target&sort=-title&field=2")
    html = answer.content.decode()
    assert '<input type="hidden" name="counted" value="has_target"' in html
    assert '<option value="-title" selected>' in html
    assert "올해 목표를 판단한 공약" in text_of(answer)
    assert 'name="core"' not in html


def test_every_group_of_statuses_is_a_choice():
    groups = [value for value, _ in PledgeFilter.base_filters["status"].extra["choices"]()[0][1]]
    assert groups == list(GROUPS)


# --- order and pages --------------------------------------------------------------------------
def test_numbers_sort_as_numbers(client):
    found = numbers(client.get("/pledges/?sort=number"))
    assert found.index("1-2") < found.index("1-10")
    assert numbers(client.get("/pledges/?sort=-number"))[0] == "5-8"


@pytest.mark.parametrize(
    "sort", ["number", "title", "field_name", "department_name", "progress_pct", "completes_in"]
)
def test_every_column_sorts_both_ways_and_says_so(client, sort):
    up, down = (client.get(f"/pledges/?sort={prefix}{sort}") for prefix in ("", "-"))
    assert numbers(up) != numbers(down)
    assert 'aria-sort="ascending"' in up.content.decode()
    assert 'aria-sort="descending"' in down.content.decode()


def test_statuses_sort_in_their_official_order(client):
    rows = client.get("/pledges/?sort=status").context["page_obj"]
    assert [r.status for r in rows][:5] == [Status.COMPLETED] * 4 + [Status.COMPLETED_ONGOING]


def test_unknown_progress_comes_last_either_way(client):
    for sort in ("progress_pct", "-progress_pct"):
        assert numbers(client.get(f"/pledges/?sort={sort}&page=9"))[-1] == "1-8"


def test_pages_hold_every_pledge_once(client):
    found = [n for page in (1, 2, 3, 4) for n in numbers(client.get(f"/pledges/?page={page}"))]
    assert len(found) == len(set(found)) == 66


def test_the_form_sorts_by_every_column_both_ways():
    columns = [name for name, column in PledgeTable.base_columns.items() if column.visible]
    wanted = {sign + name for name in columns for sign in ("", "-")}
    assert {value for value, _ in SORTS if value} == wanted


def test_the_status_table_is_no_card_and_keeps_its_heads_on_a_phone(client):
    for path in ("/", "/pledges/"):
        table = client.get(path).content.decode().split('id="by-status"')[1].split("</table>")[0]
        assert 'class="grid-lines tally"' in table and "data-label" not in table
        assert 'tabindex="0" role="region"' in table


def test_the_first_page_draws_the_fields_once_and_says_what_the_office_aims_at(client):
    html = client.get("/").content.decode()
    assert html.count("<figure") == 2  # the ring, the fields
    assert "책임행정·신뢰행정 구현" in html and "이행상태마다" not in html
    assert "이행상태마다" in client.get("/pledges/").content.decode()


# --- files ------------------------------------------------------------------------------------
def test_the_sheet_is_the_list_with_the_same_filters(client):
    answer = client.get("/pledges/?format=xlsx&field=1&status=fulfilled")
    assert "20190430.xlsx" in answer.headers["Content-Disposition"]
    head, *rows = load_workbook(io.BytesIO(answer.content)).active.values
    assert head[:5] == ("번호", "공약명", "분야", "주관부서", "이행상태")
    assert len(rows) == 5
    assert {row[head.index("데이터기준일자")].date().isoformat() for row in rows} == {"2019-04-30"}


def test_the_csv_holds_all_pages_in_the_order_asked_for(client):
    rows = rows_of_csv(client, "&sort=-number")
    assert len(rows) == 66
    assert rows[0]["번호"] == "5-8"
    assert {row["데이터기준일자"] for row in rows} == {"2019-04-30"}
    assert rows[-1]["예시 여부"] == "이름만 실제, 나머지 (예시)"


def test_the_csv_comes_in_cp949_too(client):
    answer = client.get("/pledges/?format=csv&encoding=cp949")
    assert answer.content.decode("cp949").startswith("번호,공약명")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("query", ["field=9", "counted=everything", "q=%00"])
def test_a_refused_filter_gives_the_page_with_its_error_instead_of_a_file(client, kind, query):
    answer = client.get(f"/pledges/?format={kind}&{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "알 수 없는 조건이 있어" in text_of(answer)
    assert "알 수 없는 조건이 있어" not in text_of(client.get("/pledges/?q=없는말없는말"))


@pytest.mark.parametrize("path", ["/", "/pledges/"])
def test_the_links_to_files_say_what_can_go_wrong_with_them(client, path):
    page = text_of(client.get(path))
    assert "CP949에 없는 글자는 ?로 바뀝니다." in page
    assert "번호 1-1이 날짜로 바뀔 수 있으니" in page


# --- one pledge -------------------------------------------------------------------------------
def test_a_pledge_shows_its_card_and_says_what_is_an_example(client):
    answer = client.get("/pledges/1-1/")
    page = text_of(answer)
    assert "공약명은 언론 보도로 확인된 이름이며, 그 밖의 내용은 예시입니다." in page
    assert 'href="tel:041-000-0103"' in answer.content.decode()
    assert "기본구상 연구용역 착수 2019. 2. 2019. 2." in page
    assert "산업단지계획 승인 신청 2021. 6." in page
    assert page.index("1-2 기업유치") > 0
    assert "예시 자료입니다." in text_of(client.get("/pledges/1-9/"))


def test_funding_prints_unknown_blank_and_zero_as_a_dash(client):
    funding = client.get("/pledges/1-1/").context["funding"]
    total = funding["lines"][0]
    assert (total["label"], total["planned"], total["secured"]) == ("계", 1600, 400)
    assert str(total["secured_rate"]) == "25.00"


@pytest.mark.parametrize("number", ["9-99", "x", "%00", "1-1%00", "가-1", "1-1'"])
def test_an_unknown_number_is_a_korean_404(client, number):
    answer = client.get(f"/pledges/{number}/")
    assert answer.status_code == 404
    assert "찾는 화면이 없습니다" in answer.content.decode()


@pytest.mark.parametrize("query", ["period=1999-q1", "period=%00", "term=99", "term=x"])
@pytest.mark.parametrize("path", ["/pledges/", "/pledges/1-1/", "/pledges/about/"])
def test_an_unknown_period_or_term_is_a_404_with_a_way_on(client, path, query):
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 404
    assert 'href="/pledges/"' in answer.content.decode()


def test_the_card_is_a_pdf_of_this_quarter(client):
    answer = client.get("/pledges/1-1/card.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert "20190430.pdf" in answer.headers["Content-Disposition"]


def test_the_card_is_a_hwpx_of_this_quarter_too(client):
    answer = client.get("/pledges/1-1/card.hwpx")
    assert answer.headers["Content-Type"] == "application/hwp+zip"
    assert answer.content.startswith(b"PK") and b"mimetypeapplication/hwp+zip" in answer.content
    assert "20190430.hwpx" in answer.headers["Content-Disposition"]
    assert client.get("/pledges/99-1/card.hwpx").status_code == 404


def test_pages_name_themselves(client):
    for path in PAGES[:4]:
        html = client.get(path).content.decode()
        assert f'<link rel="canonical" href="http://testserver{path}">' in html
        assert html.count("<h1") == 1
        assert re.search(r'<meta name="description" content="[^"]{20,}">', html)
        assert re.search(r'<meta property="og:title" content="[^"]+">', html)


# --- nobody is looked at ----------------------------------------------------------------------
@pytest.mark.parametrize("path", [*PAGES, "/pledges/?format=csv", "/pledges/?period=nothing"])
@pytest.mark.parametrize("who", [None, "strategy"])
def test_no_page_sets_a_cookie_varies_on_one_or_reads_the_session(client, plan_2019, path, who):
    if who:
        client.force_login(plan_2019[who])
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not [q for q in captured if "session" in q["sql"] or "accounts_user" in q["sql"]]


@pytest.mark.parametrize("path", PAGES)
def test_a_logged_in_person_sees_the_same_bytes(client, plan_2019, path):
    before = client.get(path).content
    client.force_login(plan_2019["strategy"])
    assert client.get(path).content == before


@pytest.mark.parametrize("path", PAGES)
def test_a_browser_that_holds_the_page_gets_304_without_a_body(client, path):
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "no-cache"
    with CaptureQueriesContext(connection) as captured:
        again = client.get(path, headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content, len(captured)) == (304, b"", 1)
    assert again.headers["Cache-Control"] == "no-cache"


def test_every_address_has_an_etag_of_its_own(client):
    tags = [client.get(p).headers["ETag"] for p in [*PAGES, "/pledges/?page=2", "/pledges/?q=x"]]
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_can_be_sent_to_a_public_page(client, path):
    assert {client.generic(m, path).status_code for m in ("POST", "PUT", "DELETE")} == {405}
    assert client.head(path).status_code == 200
