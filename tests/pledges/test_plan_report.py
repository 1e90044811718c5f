"""The report of the plan: 2019년 1분기 as the plan prints it, on screen, on paper and in the sheet."""

import io
import re

import pytest
from openpyxl import load_workbook

from pledges import documents
from pledges.documents import figures
from pledges.models import PublishedPledge
from reporting import documents as d
from reporting.exports import RENDERERS
from reporting.models import Period
from tests import factories
from tests.pledges.test_board import BOARD, get, walk
from tests.reporting.hwpx_reader import read

pypdf = pytest.importorskip("pypdf")  # in requirements-dev.txt

FIELDS = (66, 19, 14, 8, 17, 8)
STATUSES = (66, 4, 22, 40, 0, None)


def first_quarter():
    return Period.objects.get(code="2019-q1")


def tables(document):
    return [block for block in document.blocks if isinstance(block, d.Table)]


def texts(document, kind):
    return [block.text for block in document.blocks if isinstance(block, kind)]


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_report_says_what_the_plan_prints(plan_2019):
    document = documents.report_document(first_quarter())
    fields, statuses, *_ = tables(document)
    assert document.title == "민선7기 공약 추진상황 보고"
    assert (document.subtitle, document.as_of) == ("2019년 1분기", "2019. 4. 30. 현재")
    assert not document.draft
    assert fields.rows == (FIELDS,)
    assert statuses.rows == (STATUSES,)
    assert [cell.label for cell in statuses.header_rows[0]] == [
        "총계",
        "완료(39.3%)",
        "추진중(60.7%)",
        "비고",
    ]
    assert "공약이행률은 39.3%이며" in document.summary
    assert "공약이행률: 39.3%" in texts(document, d.Heading)


def test_the_parts_stand_in_their_order(plan_2019):
    document = documents.report_document(first_quarter())
    parts = [block.title for block in document.blocks if isinstance(block, d.Part)]
    assert parts == ["총괄현황", "분야별 현황", "부진사업 문제점·대책", "향후계획"]
    tasks = [block.title for block in document.blocks if isinstance(block, d.Task)]
    assert tasks == factories.FIELDS


def test_screen_paper_and_sheet_say_the_same(plan_2019):
    document = documents.report_document(first_quarter())
    html = words(RENDERERS["html"](document))
    assert "66 19 14 8 17 8" in html
    assert "완료(39.3%)" in html
    assert "66 4 22 40 ." in html

    reader = pypdf.PdfReader(io.BytesIO(RENDERERS["pdf"](document)))
    paper = "\n".join(page.extract_text() for page in reader.pages).replace("\u2060", "")
    assert re.search(r"66\s+19\s+14\s+8\s+17\s+8", paper)
    assert re.search(r"66\s+4\s+22\s+40\s+\.", paper)
    assert "완료(39.3%)" in paper and "추진중(60.7%)" in paper

    page = read(RENDERERS["hwpx"](document))
    assert [str(value) for value in FIELDS] in [row for t in page.tables for row in t.rows()]
    assert "66 4 22 40 ." in page.words and "완료(39.3%)" in page.words

    book = load_workbook(io.BytesIO(RENDERERS["xlsx"](document)), read_only=True)
    rows = [
        tuple(value for value in row if value is not None)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
    ]
    assert FIELDS in rows
    assert (66, 4, 22, 40, 0) in rows


def test_the_paper_is_tagged_bookmarked_and_brings_its_font(plan_2019):
    reader = pypdf.PdfReader(
        io.BytesIO(RENDERERS["pdf"](documents.report_document(first_quarter())))
    )
    titles = [
        entry.title.replace("\u2060", "") for entry in reader.outline if not isinstance(entry, list)
    ]
    fonts = {
        font.get_object()["/BaseFont"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert titles == ["Ⅰ 총괄현황", "Ⅱ 분야별 현황", "Ⅲ 부진사업 문제점·대책", "Ⅳ 향후계획"]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert fonts and all("Pretendard" in font for font in fonts)
    assert len(reader.pages) <= 20  # made within the request


def test_a_book_with_cards_has_one_for_each_pledge(plan_2019):
    document = documents.full_report_document(first_quarter())
    cards = [block.mark for block in document.blocks if isinstance(block, d.Card)]
    assert cards == list(PublishedPledge.objects.order_by("order").values_list("number", flat=True))


def test_a_card_keeps_to_one_page(plan_2019):
    rows = figures.book_of(first_quarter()).rows
    longest = max(rows, key=lambda row: len(str(row.card)) + len(row.done) + len(row.problems))
    blocks = [d.Card(longest.title, mark=longest.number), *documents.card_blocks(longest)]
    sheet = d.Document(title="관리카드", blocks=[d.Note("앞쪽"), *blocks])
    assert len(pypdf.PdfReader(io.BytesIO(RENDERERS["pdf"](sheet))).pages) == 2


def test_a_card_stands_by_itself(plan_2019):
    book = figures.book_of(first_quarter())
    document = documents.card_document(book.rows[0], book.term)
    assert document.title == "1-1 국방국가산업단지 조성"
    assert document.as_of == "2019. 4. 30. 현재"
    assert not document.draft
    assert texts(document, d.Heading) == [
        "연차별 이행목표",
        "이행절차",
        "재정투자계획(단위: 백만원, 연도별 금액은 계획)",
        "추진상황(2019년 1분기)",
    ]


def test_money_is_the_sum_of_the_cards(plan_2019):
    rows = figures.book_of(first_quarter()).rows
    total, *sources = figures.money(rows)
    for name in ("planned", "planned_in_term", "secured", "spent"):
        known = [value for row in rows if (value := getattr(row, name)) is not None]
        assert getattr(total, name) == sum(known)
        assert sum(getattr(source, name) or 0 for source in sources) == sum(known)


def test_every_figure_of_the_plan_leads_to_its_list(client, plan_2019):
    page = get(client, plan_2019["executive"], f"{BOARD}?period=2019-q1")
    assert "39.3%" in page and "60.7%" in page
    for figure in (66, 26, 40, 4, 22, 19, 14, 8, 17):
        assert f'data-count="{figure}"' in page
    assert walk(client, page) > 60
