"""The workbook itself: locks, lists, checks, words; what it costs; when it is thrown away."""

import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from pledges.management.commands.measure_sheet import measure
from pledges.models import PledgeReport
from pledges.sheet.columns import COLUMNS, FACTS
from reporting import uploads
from reporting.cells import SheetRow, Table
from reporting.exports.sheets.entry import entry_sheet
from reporting.models import Upload
from reporting.subjects import subject_of
from tests.reporting.workbooks import bring, client_of, confirm, filled, opened, place, take, words


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def test_locks_lists_checks_and_words(quarter, people):
    book = opened(take(people["writer"]))
    assert book.sheetnames == ["공약", "이행절차", "쓰는 법", "_meta"]
    assert book["_meta"].sheet_state == "veryHidden"
    page = book["공약"]
    assert page.protection.sheet and not page.protection.password
    allowed = page.protection
    assert not any([allowed.formatColumns, allowed.formatRows, allowed.sort, allowed.autoFilter])
    assert place(page, "1-1", "번호").protection.locked
    assert not place(page, "1-1", "추진실적").protection.locked
    assert (page.freeze_panes, page.print_title_rows, page.auto_filter.ref) == (
        "C4",
        "$3:$3",
        "A3:Z5",
    )
    checks = {str(check.sqref): check for check in page.data_validations.dataValidation}
    status = checks["E4:E5"]
    assert status.type == "list" and len(status.formula1) <= 255
    labels = [label for _, label in PledgeReport._meta.get_field("status").choices]
    assert status.formula1.strip('"').split(",") == labels
    assert all(c.error and c.prompt and c.showErrorMessage for c in checks.values())
    assert (checks["I4:I5"].type, checks["I4:I5"].formula1, checks["I4:I5"].formula2) == (
        "whole",
        "0",
        "100",
    )
    assert (checks["L4:L5"].type, checks["L4:L5"].formula1) == ("textLength", "4000")
    guide = " ".join(str(c.value) for row in book["쓰는 법"].rows for c in row if c.value)
    assert "노란 칸만 적습니다" in guide and "추진율은 0부터 100까지의 정수입니다." in guide


def test_a_list_too_long_for_a_check_stands_on_a_hidden_sheet(quarter, departments):
    labels = tuple((str(n), f"아주 긴, 낱말 {n}") for n in range(40))
    status = COLUMNS[0]
    long = type(status)("long", "긴 목록", status.field, labels=labels, also=(("", ""),))
    tables = {"x.t": Table("t", "표", FACTS, (long,))}
    row = SheetRow("x.t", 1, "", 1, {"long": "3"}, ("1-1", "이름", "작성 중"))
    book = opened(entry_sheet(quarter, departments["도로과"], tables, [row]))
    check = book["표"].data_validations.dataValidation[0]
    assert check.formula1 == "_lists!$A$1:$A$40"
    assert [c.value for c in book["_lists"]["A"]] == [word for _, word in labels]


def test_the_form_and_the_sheet_ask_for_the_same(quarter):
    report = PledgeReport.objects.filter(submission__period=quarter).first()
    fields = subject_of(report.submission).form(report).fields
    # A tick is given with the sentences before one's eyes, a file with the form: neither by sheet.
    on_screen = ("step_", "evidence", "acknowledge")
    asked = {name for name in fields if not name.startswith(on_screen)}
    assert {column.name for column in COLUMNS} == asked


def test_what_an_upload_costs_can_be_measured_and_leaves_nothing(db, capsys):
    found = measure(20)
    assert (found["rows"], found["cells"], found["history"], found["errors"]) == (20, 80, 20, 0)
    assert measure(3, whole=True)["cells"] == 18
    call_command("measure_sheet", "2")
    assert not PledgeReport.objects.exists() and not Upload.objects.exists()


def test_files_are_thrown_away_a_day_after_confirmation_or_seven_after_they_came(
    quarter, people, django_capture_on_commit_callbacks
):
    sheet = take(people["writer"])
    _, done = bring(people["writer"], filled(sheet, {("1-1", "문제점"): "민원"}))
    confirm(people["writer"], done)
    _, waiting = bring(people["writer"], sheet)
    now = timezone.now()
    files = [Path(upload.file.path) for upload in (done, waiting)]

    def left_after(**since):
        with django_capture_on_commit_callbacks(execute=True):
            uploads.purge(now + datetime.timedelta(**since))
        return [file.exists() for file in files]

    assert left_after(hours=23) == [True, True]
    assert left_after(days=2) == [False, True]
    assert left_after(days=8) == [False, False]
    assert left_after(days=9) == [False, False]
    for upload in Upload.objects.all():
        assert (upload.file.name, upload.found) == ("", {}) and upload.sha256
    page = client_of(people["writer"]).get(reverse("reporting:upload-item", args=[waiting.key]))
    assert "보관 기간이 지나 파일을 지웠습니다" in words(page)
