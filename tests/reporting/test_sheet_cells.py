"""Cell by cell: what the sheet refuses by name, what it understands, and that it means what the form means."""

import datetime

import pytest
from openpyxl import Workbook

from pledges.models import PledgeReport
from pledges.sheet.columns import COLUMNS
from tests import factories
from tests.reporting import workbooks
from tests.reporting.workbooks import bring, confirm, filled, opened, packed, place, take, words

RATE, MONEY, STATUS, DONE = "추진율(%)", "올해 집행 국비(백만원)", "이행상태", "추진실적"
NUMBERS = "추진율은 0부터 100까지의 정수입니다."
MONIES = "올해 집행 국비는 0부터 2,000,000,000까지의 정수(백만원)입니다."


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def sheet(quarter, people):
    return take(people["writer"])


def report_of(quarter, code="1-1"):
    return PledgeReport.objects.get(submission=quarter.submissions.get(code=code))


@pytest.mark.parametrize(
    "header, value, sentence",
    [
        (RATE, "87%", f"공약 I4 : {NUMBERS} 적힌 값: 87%"),
        (RATE, 101, f"{NUMBERS} 적힌 값: 101"),
        (RATE, -1, f"{NUMBERS} 적힌 값: -1"),
        (RATE, 45.5, f"{NUMBERS} 적힌 값: 45.5"),
        (RATE, "1,234.5", f"{NUMBERS} 적힌 값: 1,234.5"),
        (RATE, "NaN", f"{NUMBERS} 적힌 값: NaN"),
        (RATE, "다함", f"{NUMBERS} 적힌 값: 다함"),
        (RATE, True, f"{NUMBERS} 적힌 값: TRUE"),
        (RATE, datetime.date(2019, 4, 5), f"{NUMBERS} 적힌 값: 2019. 4. 5."),
        (RATE, "9" * 5000, NUMBERS),
        (RATE, "=40+5", "I4 : 수식은 쓸 수 없습니다."),
        (MONEY, 2_000_000_001, f"{MONIES} 적힌 값: 2000000001"),
        (MONEY, "1,23", f"{MONIES} 적힌 값: 1,23"),
        (STATUS, "추진중", "E4 : 이행상태는 종료(완료), 이행후 계속추진, 정상추진"),
        ("올해 목표 달성", "예", "J4 : 올해 목표 달성은 이룸, 아직 가운데 하나입니다. 적힌 값: 예"),
        (DONE, "가" * 4001, "L4 : 추진실적은 4,000자까지 적을 수 있습니다. 지금 4,001자입니다."),
        (DONE, '=HYPERLINK("http://x")', "L4 : 수식은 쓸 수 없습니다."),
    ],
)
def test_a_wrong_cell_is_named_with_its_place(sheet, quarter, people, header, value, sentence):
    answer, _ = bring(people["writer"], filled(sheet, {("1-1", header): value}))
    assert sentence in words(answer)
    assert "고칠 칸 1개" in words(answer)


@pytest.mark.parametrize(
    "header, value, field, stored",
    [
        (RATE, "４５", "progress_pct", 45),
        (RATE, "45", "progress_pct", 45),
        (RATE, 45.0, "progress_pct", 45),
        (RATE, "45.0", "progress_pct", 45),
        (STATUS, " 이행 후\u00a0계속 추진 ", "status", "completed_ongoing"),
        (STATUS, "정상추진".encode().decode(), "status", "on_track"),
        (
            STATUS,
            "\u110c\u1165\u11bc\u1109\u1161\u11bc\u110e\u116e\u110c\u1175\u11ab",
            "status",
            "on_track",
        ),
        ("올해 목표 달성", "이룸", "target_met", True),
        (DONE, "\u1100\u1161\r\n나_x0041_", "done", "가\n나_x0041_"),
        (DONE, 1234, "done", "1234"),
        (DONE, datetime.date(2019, 4, 5), "done", "2019. 4. 5."),
        (DONE, "'=1+1", "done", "'=1+1"),
    ],
)
def test_what_people_write_is_understood(sheet, quarter, people, header, value, field, stored):
    if "_x" in str(value):  # as a spreadsheet writes it
        value = value.replace("_x0041_", "_x005F_x0041_")
    _, upload = bring(people["writer"], filled(sheet, {("1-1", header): value}))
    assert confirm(people["writer"], upload).status_code == 302
    assert getattr(report_of(quarter), field) == stored


def test_a_percent_cell_counts_as_it_shows(sheet, quarter, people):
    book = opened(sheet)
    cell = place(book["공약"], "1-1", RATE)
    cell.value, cell.number_format = 0.45, "0%"
    money = place(book["공약"], "1-2", MONEY)
    money.value, money.number_format = 0.45, "0%"
    answer, _ = bring(people["writer"], packed(book))
    assert f"T5 : {MONIES} 적힌 값: 45%" in words(answer)
    money.value = None
    _, upload = bring(people["writer"], packed(book))
    confirm(people["writer"], upload)
    assert report_of(quarter).progress_pct == 45


@pytest.mark.parametrize(
    "value, stored",
    [
        (datetime.date(2019, 4, 25), "2019-04-25"),
        ("2019. 4.", "2019-04"),
        (2019, "2019"),
        ("2019-4-5", "2019-04-05"),
    ],
)
def test_a_step_s_day_in_every_way_of_writing(sheet, quarter, people, value, stored):
    _, upload = bring(people["writer"], filled(sheet, {}, {("1-1#1", "완료"): value}))
    confirm(people["writer"], upload)
    assert [m.actual for m in report_of(quarter).milestones.all()] == [stored]


@pytest.mark.parametrize("value", ["2019. 13.", "봄", 0.5])
def test_a_step_s_day_that_is_none(sheet, people, value):
    answer, _ = bring(people["writer"], filled(sheet, {}, {("1-1#1", "완료"): value}))
    assert "이행절차 G4 :" in words(answer) and "날짜가 아닙니다" in words(answer)


def test_clearing_cells_clears_what_was_stored(quarter, people):
    item = quarter.submissions.get(code="1-1")
    factories.write(item, people["writer"], spent_national="5", target_met="true")
    blank = dict.fromkeys(
        [("1-1", h) for h in (RATE, MONEY, STATUS, DONE, "올해 목표 달성", "향후계획")]
    )
    _, upload = bring(people["writer"], filled(take(people["writer"]), blank))
    confirm(people["writer"], upload)
    report = report_of(quarter)
    found = (report.status, report.status_raw, report.progress_pct, report.target_met, report.done)
    assert found == ("", "", None, None, "")
    assert [s.amount for s in report.spending.all()] == [None]


def moved(sheet, change):
    book = opened(sheet)
    change(book, book["공약"])
    return packed(book)


def rename(book, page):
    page["I3"] = "진도"


def remove_column(book, page):
    page.delete_cols(12)


def rename_sheet(book, page):
    page.title = "내 공약"


def no_heading(book, page):
    page.delete_rows(3)


def twice(book, page):
    for column in range(1, 25):
        page.cell(6, column).value = page.cell(4, column).value


def foreign(book, page):
    page["A6"], page["G6"] = "2-1", 45


def nameless(book, page):
    page["G6"] = 45


def merged(book, page):
    page.merge_cells("G4:G5")


def two_heads(book, page):
    page["Z3"] = "추진율(%)"


@pytest.mark.parametrize(
    "change, sentence",
    [
        (rename, "'공약' 시트에 '추진율(%)' 열이 없습니다."),
        (remove_column, "'공약' 시트에 '추진실적' 열이 없습니다."),
        (rename_sheet, "'공약' 시트가 없습니다."),
        (no_heading, "'번호'이(가) 든 머리글 줄을 찾지 못했습니다."),
        (twice, "공약 A6 : 1-1이(가) A4에도 있습니다."),
        (foreign, "공약 A6 : 이 부서가 이 기간에 낼 항목이 아닙니다. 적힌 번호: 2-1"),
        (nameless, "공약 A6 : 번호가 비어 있어"),
        (merged, "공약 G4:G5 : 합친 칸이 있습니다."),
        (two_heads, "공약 Z3 : 같은 머리글이 두 번 있습니다."),
    ],
)
def test_a_sheet_out_of_shape_is_told_what_is_wrong(sheet, people, change, sentence):
    answer, _ = bring(people["writer"], moved(sheet, change))
    assert sentence in words(answer) and "아무것도 반영하지 않았습니다" in words(answer)


def test_moved_columns_sorted_rows_and_extra_sheets_are_fine(sheet, quarter, people):
    """As a person leaves it: columns elsewhere, rows in another order, one gone, one hidden, a sheet more."""
    old = opened(sheet)
    new = Workbook()
    new.remove(new.active)
    page = new.create_sheet("공약")
    page["A1"] = "제목"
    page.append([])
    page.append(["메모", "추진실적", "번호", *(c.header for c in COLUMNS if c.name != "done")])
    heads = {cell.value: cell.column for cell in page[page.max_row]}
    for number, text in [("1-2", "둘째"), ("1-1", "첫째")]:
        row = page.max_row + 1
        page.cell(row, 1).value, page.cell(row, 2).value, page.cell(row, 3).value = (
            "?",
            text,
            number,
        )
        assert heads["번호"] == 3
    page.row_dimensions[4].hidden = True
    steps = new.create_sheet("이행절차")
    steps.append([cell.value for cell in old["이행절차"][3]])
    hidden = new.create_sheet("_meta")
    for line in old["_meta"].iter_rows(values_only=True):
        hidden.append(line)
    new.create_sheet("낙서")["A1"] = "=1+1"
    answer, upload = bring(people["writer"], packed(new))
    said = words(answer)
    assert "양식에 없는 시트는 읽지 않았습니다: '낙서'" in said
    assert "'공약' 시트에서 양식에 없는 열은 읽지 않았습니다: '메모'" in said
    assert "'이행절차' 시트에서 빠진 4줄은 그대로 둡니다." in said
    confirm(people["writer"], upload)
    assert (report_of(quarter).done, report_of(quarter, "1-2").done) == ("첫째", "둘째")


def test_a_step_that_is_gone_since_is_an_error_only_where_it_was_filled_in(sheet, quarter, people):
    report_of(quarter).pledge.milestones.get(order=2).delete()
    answer, _ = bring(people["writer"], sheet)
    assert "달라진 칸이 없습니다" in words(answer)
    answer, _ = bring(people["writer"], filled(sheet, {}, {("1-1#2", "완료"): "2019"}))
    assert "이행절차 G5 : 그 사이 없어진 줄입니다." in words(answer)


def test_last_period_s_values_stand_beside_locked(sheet):
    page = opened(sheet)["공약"]
    for header, value in [
        ("지난 기간 추진율(%)", 25),
        ("지난 기간 추진실적", "기본계획 수립"),
        ("지난 기간 올해 집행 국비(백만원)", 100),
    ]:
        cell = workbooks.place(page, "1-1", header)
        assert (cell.value, cell.protection.locked) == (value, True)
