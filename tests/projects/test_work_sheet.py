"""엑셀로 적기 of tasks and projects: three worksheets, untouched without news, errors by cell, all or nothing."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from projects.models import Milestone, StepReport, WorkReport, WorkSpending
from reporting.cells import Change
from reporting.history import Stale
from reporting.subjects import subject_of
from tests.projects import makers
from tests.projects.work_makers import approved, open_half, report_of, save, step_name
from tests.reporting.workbooks import bring, confirm, opened, packed, place, take, words

CODE = "2019-h1"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def filled(content, cells):
    """Return the workbook with {(worksheet, row, heading): value} written."""
    book = opened(content)
    for (sheet, row, header), value in cells.items():
        place(book[sheet], row, header, ids=2 if "#" in row else 1).value = value
    return packed(book)


def everything():
    models = (WorkReport, StepReport, WorkSpending)
    return [(list(m.objects.order_by("pk").values()), m.history.count()) for m in models]


WRITTEN = {
    ("추진상황", "업무 1", "추진실적"): "착공함",
    ("추진일정", "업무 1#1", "완료"): "2019. 4. 25.",
    ("집행", "사업 1-1#1", "올해 집행(백만원)"): 90,
}


def test_the_worksheets_hold_reports_steps_and_money(half, people):
    book = opened(take(people["writer"], CODE))
    assert book.sheetnames[:3] == ["추진상황", "추진일정", "집행"]
    rows = {name: [cell.value for cell in book[name][4]] for name in book.sheetnames[:3]}
    assert rows["추진상황"][:3] == ["업무 1", "균형발전", "작성 중"]
    assert rows["추진일정"][:5] == ["업무 1", "1", "균형발전", "착공", "2019. 4."]
    assert rows["집행"][:5] == ["사업 1-1", "1", "출렁다리", "시비", "계획 100"]


def test_what_was_filled_in_is_written_once_and_with_its_reason(half, people):
    content = filled(take(people["writer"], CODE), WRITTEN)
    before = everything()
    answer, upload = bring(people["writer"], content)
    assert "착공 완료" in words(answer) and "시비 올해 집행(백만원)" in words(answer)
    assert everything() == before
    assert confirm(people["writer"], upload).status_code == 302
    task, project = (half.submissions.get(code=c) for c in ("업무 1", "사업 1-1"))
    assert (report_of(task).done, report_of(task).version) == ("착공함", 2)
    assert list(StepReport.objects.values_list("actual", flat=True)) == ["2019-04-25"]
    assert list(WorkSpending.objects.values_list("source", "amount")) == [("municipal", 90)]
    told = [
        *subject_of(task).history(report_of(task)),
        *subject_of(project).history(report_of(project)),
    ]
    mine = {(c.field, c.after) for c in told if c.reason == "엑셀 올리기"}
    assert mine == {
        ("추진실적", "착공함"),
        ("일정 착공 완료", "2019. 4. 25."),
        ("집행 시비 올해 집행(백만원)", "90"),
    }
    after = everything()
    confirm(people["writer"], upload)
    assert everything() == after


def test_an_untouched_sheet_changes_nothing(half, people):
    task, project = (half.submissions.get(code=c) for c in ("업무 1", "사업 1-1"))
    save(task, people["writer"], done="가\n\n나", **{step_name(task): "2019-04"})
    save(project, people["writer"], problems="=1+1", spent_municipal="1,200")
    before = everything()
    answer, upload = bring(people["writer"], packed(opened(take(people["writer"], CODE))))
    assert "달라진 칸이 없습니다" in words(answer)
    assert confirm(people["writer"], upload).status_code == 409
    assert everything() == before


def test_errors_are_told_by_cell_and_nothing_is_written(half, people):
    before = everything()
    wrong = {
        ("추진일정", "업무 1#1", "완료"): "사월쯤",
        ("집행", "사업 1-1#1", "올해 집행(백만원)"): -1,
        ("추진상황", "업무 1", "향후계획"): "가" * 2001,
    }
    answer, upload = bring(people["writer"], filled(take(people["writer"], CODE), WRITTEN | wrong))
    said = words(answer)
    for part in ("추진일정 G4", "집행 G4", "추진상황 K4", "지금 2,001자입니다"):
        assert part in said
    assert confirm(people["writer"], upload).status_code == 409
    assert everything() == before


def test_a_cell_that_another_changed_meanwhile_is_refused(half, people):
    content = filled(take(people["writer"], CODE), WRITTEN)
    project = half.submissions.get(code="사업 1-1")
    save(project, people["colleague"], spent_municipal="70")
    answer, upload = bring(people["writer"], content)
    assert "그 사이 다른 사람도 고쳤습니다(지금 저장된 값: 70)" in words(answer)
    assert confirm(people["writer"], upload).status_code == 409


def test_a_step_that_is_gone_is_told(half, people):
    content = filled(take(people["writer"], CODE), WRITTEN)
    Milestone.objects.all().delete()
    answer, upload = bring(people["writer"], content)
    assert "그 사이 없어진 줄입니다" in words(answer)
    assert confirm(people["writer"], upload).status_code == 409


def test_last_periods_values_stand_beside(half, people):
    task, project = (half.submissions.get(code=c) for c in ("업무 1", "사업 1-1"))
    approved(task, people, done="착공함", **{step_name(task): "2019-04"})
    approved(project, people, done="공정률 10%", spent_municipal="60")
    open_half(people["strategy"], 2)
    book = opened(take(people["writer"], "2019-h2"))
    assert book["추진상황"]["D4"].value == "착공함"
    assert book["추진일정"]["F4"].value == "2019. 4."
    assert book["집행"]["F4"].value == 60


def test_a_bigger_sheet_asks_no_more_queries(half, people, departments):
    def asked(period):
        items = list(period.submissions.select_related("period"))
        with CaptureQueriesContext(connection) as found:
            subject_of(items[0]).sheet_rows(items, last=True)
        return len(items), len(found)

    few = asked(half)
    for number in range(5):
        makers.make_step(makers.make_project(departments["도로과"], f"more-{number}"))
    many = asked(open_half(people["strategy"], 2))
    assert (few[0], many[0]) == (2, 7)
    assert many[1] == few[1]


def test_a_report_that_moved_on_is_not_written(half, people):
    """The version that was compared is judged again by the write itself."""
    task = half.submissions.get(code="업무 1")
    save(task, people["colleague"], done="먼저 저장함")
    change = Change("report", task.pk, "", "problems", "늦음")
    before = everything()
    with pytest.raises(Stale), transaction.atomic():
        subject_of(task).apply_rows([change], versions={task.pk: 1}, by=people["writer"])
    assert everything() == before
    subject_of(task).apply_rows([change], versions={task.pk: 2}, by=people["writer"])
    assert (report_of(task).problems, report_of(task).version) == ("늦음", 3)
