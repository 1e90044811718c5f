"""Sheets and CSV, read back with a second library."""

import csv
import datetime
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from reporting import documents as d
from reporting.exports import html, pdf, sheets
from tests.reporting.papers import INJECTION, long_table, report, status_table
from tests.reporting.test_pdf import read, text_of

python_calamine = pytest.importorskip("python_calamine")  # in requirements-dev.txt

COLUMNS = [
    d.Column("번호"),
    d.Column("이행", children=[d.Column("건수", "count"), d.Column("금액", "amount")]),
    d.Column("율", "percent"),
    d.Column("일자", "date"),
]
FORMULAS = [INJECTION, "=1+1", "+82-41", "-1+2", "@SUM(A1)", "#N/A", "=", "\t=1+1"]


def back(content, sheet=0):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(sheet).to_python()


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


# --- list pages -------------------------------------------------------------------------------
def test_a_list_comes_back_as_it_was():
    day = datetime.date(2019, 4, 25)
    rows = [("1-1", 0, -1200, Decimal("39.3"), day), ("1-2", None, None, None, None)]
    assert back(sheets.sheet("공약", COLUMNS, rows)) == [
        ["번호", "이행 건수", "이행 금액", "율", "일자"],
        ["1-1", 0.0, -1200.0, 39.3, day],
        ["1-2", "", "", "", ""],
    ]


def test_numbers_are_numbers_with_a_format_and_pledge_numbers_stay_text():
    page = opened(sheets.sheet("공약", COLUMNS, [("1-1", 5, 1200, Decimal("39.30"), None)])).active
    assert [cell.data_type for cell in page[2]] == ["s", "n", "n", "n", "n"]
    assert [cell.number_format for cell in page[2][1:4]] == [
        "#,##0",
        '#,##0;"△"#,##0;0',
        '0.00"%"',
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_is_never_a_formula_in_a_list_or_in_a_document(text):
    table = d.Table([d.Column(text)], [(text,)], caption=text)
    document = d.Document(text, [d.Item(text), table, d.Facts([d.Fact(text, text)])])
    for content in (sheets.sheet("공약", [d.Column(text)], [(text,)]), sheets.workbook(document)):
        cells = [cell for row in opened(content).active for cell in row if cell.value is not None]
        assert cells
        assert {cell.data_type for cell in cells} == {"s"}
        assert b"<f>" not in content


@pytest.mark.parametrize("text", ["가\x00나", "가\x0b나", "가\x1f나", "가\ud800나", "가\uffff나"])
def test_control_characters_are_taken_out(text):
    assert back(sheets.sheet("공약", [d.Column("가")], [(text,)]))[1] == ["가나"]
    assert "가나" in str(back(sheets.workbook(d.Document("제목", [d.Item(text)]))))


def test_nothing_but_control_characters_is_blank_and_long_text_is_cut_where_excel_ends():
    content = sheets.sheet("공약", [d.Column("가")], [("\x00",), ("가" * 40000,)])
    assert [len(row[0]) for row in back(content)] == [1, 0, 32767]


def test_a_stored_time_is_written_in_the_office_zone():
    moment = datetime.datetime(2019, 7, 2, 23, 30, tzinfo=datetime.UTC)
    content = sheets.sheet("공약", [d.Column("시각")], [(moment,)])
    assert back(content)[1] == [timezone.localtime(moment).replace(tzinfo=None)]
    assert back(content)[1][0].hour == 8


def test_a_list_is_ready_to_print_and_to_scroll():
    page = opened(sheets.sheet("공약: 전체/1", COLUMNS, [])).active
    assert page.title == "공약  전체 1"
    assert (page.freeze_panes, page.print_title_rows) == ("A2", "$1:$1")
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)


# --- documents --------------------------------------------------------------------------------
def test_a_workbook_has_a_sheet_for_each_part():
    book = opened(sheets.workbook(report()))
    assert book.sheetnames == ["총괄", "향후계획", "관리카드"]
    assert (book.properties.title, book.properties.keywords) == (
        "2019년 2분기 공약 추진상황 보고",
        "공약, 이행률",
    )
    assert book.properties.description == "공약이행률은 39.3%임"
    assert [book["향후계획"].cell(row, 1).value for row in (1, 2)] == [
        "2019년 2분기 공약 추진상황 보고",
        "시민과의 약속 · 2019. 6. 30. 현재 · 전략기획실",
    ]


def test_merged_heads_units_and_sums_stand_as_on_paper():
    page = opened(sheets.workbook(d.Document("제목", [status_table()]))).active
    rows = [[cell.value for cell in row] for row in page]
    top = next(at for at, row in enumerate(rows) if row[0] == "분야")
    assert rows[top - 1][0] == "이행도별 현황"
    assert rows[top - 1][-1] == "(단위: 건)"
    assert rows[top + 1][2:6] == ["종료", "계속", "정상", "일부"]
    assert rows[top + 2] == ["총계", 66, 4, 22, 40, 0, 39.3]
    merged = {str(area) for area in page.merged_cells.ranges}
    number = top + 1
    assert {f"A{number}:A{number + 1}", f"C{number}:D{number}", f"E{number}:F{number}"} <= merged
    assert page.cell(top + 3, 1).font.bold


def test_a_long_table_among_others_gets_a_sheet_with_its_head_in_sight():
    book = opened(sheets.workbook(d.Document("제목", [status_table(), long_table()])))
    assert book.sheetnames == ["제목", "긴 표"]
    page = book["긴 표"]
    head = next(cell.row for cell in page["A"] if cell.value == "번호")
    assert page.freeze_panes == f"A{head + 1}"
    assert page.print_title_rows == f"${head}:${head}"
    assert page.auto_filter.ref == f"A{head}:C{head + 120}"


def test_sheet_names_never_clash():
    parts = [d.Part("총괄" * 20), d.Item("가"), d.Part("총괄" * 20), d.Item("나")]
    names = opened(sheets.workbook(d.Document("제목", parts))).sheetnames
    assert len({name.lower() for name in names}) == 2
    assert all(len(name) <= 31 for name in names)


def test_an_unpublished_workbook_says_so():
    assert "미공표 · 내부 검토용" in str(back(sheets.workbook(report(draft=True))))


def test_screen_paper_and_sheet_show_the_same_figures():
    document = report(long_table(40))
    figures = [
        d.printed(value, column.kind)
        for block in document.blocks
        if isinstance(block, d.Table)
        for row in block.rows
        for column, value in zip(block.leaves, row, strict=True)
        if column.kind in ("count", "amount", "percent") and value is not None
    ]
    screen = re.findall(r'class="(?:center|right)">([^<]+)</td>', html.fragment(document))
    paper = re.findall(r"[△\d.,%-]+", text_of(read(pdf.pdf(document))))
    book = opened(sheets.workbook(document))
    sheet = [_shown(cell) for page in book for row in page for cell in row if _is_figure(cell)]
    # Charts and cards bring figures of their own; every figure of the tables must be in each.
    for shown in (screen, paper, sheet):
        rest = list(shown)
        for figure in figures:
            assert figure in rest
            rest.remove(figure)


def _is_figure(cell):
    return cell.data_type == "n" and cell.value is not None


def _shown(cell):
    """Return a number as its format shows it, zero as the mark of its kind."""
    if cell.number_format == "#,##0":
        return d.printed(cell.value, "count")
    if "△" in cell.number_format:
        return d.printed(cell.value, "amount")
    return d.printed(Decimal(str(cell.value)), "percent")


# --- CSV --------------------------------------------------------------------------------------
def lines(content, encoding="utf-8-sig"):
    return list(csv.reader(io.StringIO(content.decode(encoding))))


def test_csv_has_a_bom_raw_numbers_and_iso_dates():
    row = ("1-1", 0, -1200, Decimal("39.3"), datetime.date(2019, 4, 5))
    content, lost = sheets.csv_bytes(COLUMNS, [row, (None,) * 5])
    assert content.startswith(b"\xef\xbb\xbf")
    assert lines(content) == [
        ["번호", "이행 건수", "이행 금액", "율", "일자"],
        ["1-1", "0", "-1200", "39.3", "2019-04-05"],
        ["", "", "", "", ""],
    ]
    assert lost == []


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "＝1", "\n=1"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949"])
def test_csv_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text, encoding):
    content, _ = sheets.csv_bytes([d.Column(text)], [(text,)], encoding)
    assert lines(content, encoding) == [[f"'{text}"], [f"'{text}"]]


def test_csv_numbers_are_never_guarded():
    content, _ = sheets.csv_bytes([d.Column("가")], [(-5,), (Decimal("-0.5"),)])
    assert lines(content)[1:] == [["-5"], ["-0.5"]]


def test_csv_keeps_quotes_commas_and_line_ends():
    text = '가,"나"\n다'
    assert lines(sheets.csv_bytes([d.Column("가")], [(text,)])[0])[1] == [text]


@pytest.mark.parametrize(
    ("text", "written", "lost"),
    [
        ("2-2-4-㉔", "2-2-4-(24)", []),
        ("①–⑮⑯⑳㉑㉟㊱㊿", "①-⑮(16)(20)(21)(35)(36)(50)", []),
        ("☐•—", "□·-", []),
        ("□○◇※Ⅱ·⇒△㎡『』", "□○◇※Ⅱ·⇒△㎡『』", []),
        ("—=1", "'-=1", []),
        ("뷁똠", "뷁똠", []),
        ("\u1100\u1161", "가", []),
        ("가😀나😀ก", "가?나??", ["ก", "😀"]),
    ],
)
def test_cp949_maps_what_it_can_and_names_what_it_lost(text, written, lost):
    content, named = sheets.csv_bytes([d.Column("가")], [(text,)], "cp949")
    assert lines(content, "cp949")[1] == [written]
    assert named == lost


def test_another_encoding_is_refused():
    with pytest.raises(ValueError, match="unknown encoding"):
        sheets.csv_bytes([d.Column("가")], [], "utf-7")
