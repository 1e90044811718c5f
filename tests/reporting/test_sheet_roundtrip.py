"""What goes out comes in as it was, for any value; and a second reader sees the same workbook."""

import datetime
import io

import pytest

from pledges.sheet.columns import COLUMNS, FACTS, REPORT, STEP, STEP_FACTS, STEPS
from reporting.cells import SheetRow, Table, TextColumn
from reporting.cells.meta import Origin
from reporting.exports.sheets.entry import entry_sheet
from reporting.formats import clean
from reporting.imports import parse, reader
from reporting.models import Period
from tests.reporting.workbooks import take

hypothesis = pytest.importorskip("hypothesis")
calamine = pytest.importorskip("python_calamine")
st = pytest.importorskip("hypothesis.strategies")


def test_a_second_reader_sees_the_same(quarter, people):
    content = take(people["writer"])
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names[:3] == ["공약", "이행절차", "쓰는 법"]
    page = book.get_sheet_by_name("공약").to_python()
    assert page[0][0] == "2019년 2분기 공약 입력표 · 도로과"
    assert page[3][:4] == ["1-1", "(예시) 공약 1-1", "작성 중", "정상추진"]
    steps = book.get_sheet_by_name("이행절차").to_python()
    assert steps[3][:5] == ["1-1", "1", "(예시) 공약 1-1", "기본계획", "2019. 3."]


TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=80) | st.sampled_from(
    [
        "=1+1",
        "#N/A",
        "'x",
        "@a",
        "_x0041_",
        " 앞뒤 ",
        "가\r\n\r\n나\t다",
        "\u1100\u1161",
        "1-1",
        "0045",
        "\u00a0",
    ]
)
DATES = st.sampled_from(["", "2019", "2019-04", "2019-04-25"])


def _strategy(column):
    if isinstance(column, TextColumn):
        return TEXT
    if column.rule["type"] == "whole":
        return st.none() | st.integers(column.field.min_value, column.field.max_value)
    values = [value for value, _ in column.labels] if column.rule["type"] == "list" else []
    return st.sampled_from([*values, column.empty]) if values else DATES


REPORTS = st.fixed_dictionaries({column.name: _strategy(column) for column in COLUMNS})


@hypothesis.settings(max_examples=25, deadline=None)
@hypothesis.given(st.lists(st.tuples(REPORTS, DATES), min_size=1, max_size=5))
def test_what_goes_out_comes_in_as_it_was(values):
    """Of a sheet nobody touched nothing is news; of the same sheet taken blank every value is."""
    period = Period(
        cadence="q", year=2019, number=2, as_of=datetime.date(2019, 6, 30), code="2019-q2"
    )
    tables = {
        "p.report": Table(REPORT, "공약", FACTS, COLUMNS),
        "p.steps": Table(STEPS, "이행절차", STEP_FACTS, (STEP,), ids=2),
    }
    rows = [
        SheetRow("p.report", n, "", 1, report, (f"1-{n}", "이름", "작성 중"))
        for n, (report, _) in enumerate(values)
    ] + [
        SheetRow("p.steps", n, str(n), 1, {"actual": day}, (f"1-{n}", 1, "이름", "절차", ""))
        for n, (_, day) in enumerate(values)
    ]
    content = entry_sheet(period, _Department(), tables, rows)
    sheets = reader.read(io.BytesIO(content))
    untouched = parse.parse(sheets, parse.meta_of(sheets).rows, tables)
    assert (untouched.changes, untouched.errors, untouched.notes) == ([], [], [])
    blank = {
        (row.table, row.name(tables[row.table])): Origin(
            row.table, "", row.key, row.submission, 1, {}
        )
        for row in rows
    }
    filled_in = parse.parse(sheets, blank, tables)
    assert filled_in.errors == []
    found = {(table, pk, name): value for table, pk, _, name, value, _, _ in filled_in.changes}
    assert found == {
        (row.table, row.submission, name): _canonical(value)
        for row in rows
        for name, value in row.values.items()
    }


class _Department:
    pk = 1

    def __str__(self):
        return "도로과"


def _canonical(value):
    return (
        clean(value.replace("\ufffe", "").replace("\uffff", ""))
        if isinstance(value, str)
        else value
    )
