"""엑셀로 적기: take the sheet, bring it back, look, confirm; all or nothing."""

import pytest
from django.urls import reverse

from pledges.models import MilestoneReport, PledgeReport, Spending
from reporting import actions
from reporting.models import Autosave, Upload
from reporting.subjects import subject_of
from tests import factories
from tests.reporting import workbooks
from tests.reporting.workbooks import bring, client_of, confirm, filled, result, take, words


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def sheet(quarter, people):
    return take(people["writer"])


def report_of(quarter, code="1-1"):
    return PledgeReport.objects.get(submission=quarter.submissions.get(code=code))


def everything():
    """Every stored value that an upload could change, and how much history there is."""
    counts = [m.history.count() for m in (PledgeReport, Spending, MilestoneReport)]
    values = [
        list(m.objects.order_by("pk").values()) for m in (PledgeReport, Spending, MilestoneReport)
    ]
    return counts, values


def test_what_was_filled_in_is_shown_and_written_only_after_confirmation(sheet, quarter, people):
    before = everything()
    content = filled(
        sheet,
        {
            ("1-1", "이행상태"): "정상추진",
            ("1-1", "추진율(%)"): 45,
            ("1-1", "올해 목표 달성"): "아직",
            ("1-1", "추진실적"): "주민설명회 3회 개최",
            ("1-1", "올해 집행 국비(백만원)"): 120,
            ("1-2", "향후계획"): "설계 착수",
        },
        steps={("1-1#1", "완료"): "2019. 4. 25."},
    )
    answer, upload = bring(people["writer"], content)
    assert answer.status_code == 200 and everything() == before
    said = words(answer)
    for part in [
        "2건, 7칸",
        "주민설명회 3회 개최",
        "120",
        "2019. 4. 25.",
        "기본계획 완료",
        "확인하고 초안에 반영",
    ]:
        assert part in said
    assert confirm(people["writer"], upload).status_code == 302
    report = report_of(quarter)
    assert (report.status, report.status_raw, report.progress_pct, report.target_met) == (
        "on_track",
        "정상추진",
        45,
        False,
    )
    assert (report.done, report.version) == ("주민설명회 3회 개최", 2)
    assert list(report.spending.values_list("source", "amount")) == [("national", 120)]
    assert list(report.milestones.values_list("milestone__title", "actual")) == [
        ("기본계획", "2019-04-25")
    ]
    assert report_of(quarter, "1-2").next_plans == "설계 착수"
    assert report.submission.state == "draft"
    assert list(report.submission.authors.all()) == [people["writer"]]


def test_history_tells_who_and_why_like_a_save_by_the_form(sheet, quarter, people):
    content = filled(
        sheet,
        {("1-1", "추진율(%)"): 45, ("1-1", "올해 집행 국비(백만원)"): 120},
        steps={("1-1#2", "완료"): "2019. 6."},
    )
    confirm(people["writer"], bring(people["writer"], content)[1])
    item = quarter.submissions.get(code="1-1")
    told = subject_of(item).history(report_of(quarter))
    mine = {(c.field, c.before, c.after) for c in told if c.reason == "엑셀 올리기"}
    assert mine == {
        ("추진율(%)", "", "45"),
        ("집행 국비 올해 집행(백만원)", "", "120"),
        ("절차 착공 완료", "", "2019. 6."),
    }
    assert {c.who for c in told if c.reason == "엑셀 올리기"} == {"writer"}


def test_an_untouched_sheet_changes_nothing(quarter, people):
    item = quarter.submissions.get(code="1-1")
    factories.write(
        item, people["writer"], spent_national="1,200", target_met="true", done="가\n\n나"
    )
    before = everything()
    for content in [
        take(people["writer"]),
        workbooks.packed(workbooks.opened(take(people["writer"]))),
    ]:
        answer, upload = bring(people["writer"], content)
        assert "달라진 칸이 없습니다" in words(answer)
        assert "확인하고 초안에 반영" not in words(answer)
        assert confirm(people["writer"], upload).status_code == 409
        assert everything() == before


def test_a_second_click_does_nothing_more(sheet, quarter, people):
    _, upload = bring(people["writer"], filled(sheet, {("1-1", "추진율(%)"): 45}))
    confirm(people["writer"], upload)
    factories.write(quarter.submissions.get(code="1-1"), people["colleague"], progress_pct="60")
    before = everything()
    assert confirm(people["writer"], upload).status_code == 302
    assert everything() == before and report_of(quarter).progress_pct == 60


def test_one_error_and_nothing_is_written(sheet, quarter, people):
    before = everything()
    content = filled(sheet, {("1-1", "추진율(%)"): "87%", ("1-2", "추진실적"): "다 됨"})
    answer, upload = bring(people["writer"], content)
    said = words(answer)
    assert "공약 I4 : 추진율은 0부터 100까지의 정수입니다. 적힌 값: 87%" in said
    assert "고칠 칸 1개 · 아무것도 반영하지 않았습니다" in said
    assert "확인하고 초안에 반영" not in said and "다 됨" in said
    answer = confirm(people["writer"], upload)
    assert answer.status_code == 409 and "오류가 있어" in words(answer)
    assert everything() == before


def test_the_workbook_comes_back_with_the_verdict_on_each_row(sheet, quarter, people):
    values = {("1-1", "추진율(%)"): "87%", ("1-1", "이행상태"): "추진중"}
    _, upload = bring(people["writer"], filled(sheet, values))
    page = result(people["writer"], upload)["공약"]
    verdict = workbooks.place(page, "1-1", "결과")
    assert verdict.column == page.max_column
    assert (
        verdict.value.startswith("오류: E4: 이행상태는 종료(완료)")
        and "I4: 추진율은" in verdict.value
    )
    assert workbooks.place(page, "1-2", "결과").value == "그대로"
    assert workbooks.place(page, "1-1", "추진율(%)").fill.start_color.rgb.endswith("F9D2D0")
    assert page.protection.sheet and page.freeze_panes == "C4"
    good = filled(
        workbooks.packed(result(people["writer"], upload)),
        {("1-1", "추진율(%)"): 87, ("1-1", "이행상태"): "정상 추진"},
    )
    _, upload = bring(people["writer"], good)
    page = result(people["writer"], upload)["공약"]
    assert workbooks.place(page, "1-1", "결과").value.startswith("반영 예정")
    confirm(people["writer"], upload)
    page = result(people["writer"], upload)["공약"]
    assert workbooks.place(page, "1-1", "결과").value == "반영"
    assert report_of(quarter).status == "on_track"


def test_a_cell_that_i_did_not_touch_is_never_overwritten(sheet, quarter, people):
    item = quarter.submissions.get(code="1-1")
    factories.write(item, people["colleague"], done="동료의 글", progress_pct="30")
    answer, upload = bring(people["writer"], filled(sheet, {("1-1", "문제점"): "민원"}))
    assert "다른 사람이 저장한 항목 1건" in words(answer)
    confirm(people["writer"], upload)
    report = report_of(quarter)
    assert (report.done, report.progress_pct, report.problems) == ("동료의 글", 30, "민원")


def test_a_cell_changed_on_both_sides_is_an_error_by_name(sheet, quarter, people):
    content = filled(sheet, {("1-1", "추진실적"): "나의 글", ("1-1", "문제점"): "민원"})
    _, upload = bring(people["writer"], content)
    factories.write(quarter.submissions.get(code="1-1"), people["colleague"], done="동료의 글")
    before = everything()
    answer = confirm(people["writer"], upload)
    said = words(answer)
    assert answer.status_code == 409
    assert "추진실적 칸을 그 사이 다른 사람도 고쳤습니다(지금 저장된 값: 동료의 글)" in said
    assert everything() == before


def test_both_wrote_the_same_is_no_conflict(sheet, quarter, people):
    factories.write(quarter.submissions.get(code="1-1"), people["colleague"], done="같은 글")
    answer, _ = bring(people["writer"], filled(sheet, {("1-1", "추진실적"): "같은 글"}))
    assert "달라진 칸이 없습니다" in words(answer)


@pytest.mark.parametrize("code, handed_in", [("1-1", True), ("1-2", False)])
def test_what_is_handed_in_is_locked_and_refused_by_cell(quarter, people, code, handed_in):
    factories.hand_in(quarter.submissions.get(code="1-1"), people["writer"])
    page = workbooks.opened(take(people["writer"]))["공약"]
    assert workbooks.place(page, code, "추진실적").protection.locked is handed_in
    content = filled(take(people["writer"]), {(code, "문제점"): "민원"})
    said = words(bring(people["writer"], content)[0])
    assert ("'제출' 상태에서는 고칠 수 없습니다." in said) is handed_in


def test_the_deadline_is_judged_when_it_is_confirmed(sheet, quarter, people, settings):
    _, upload = bring(people["writer"], filled(sheet, {("1-1", "문제점"): "민원"}))
    settings.OFFICE_TODAY = factories.Q2_DUE.replace(day=11)
    answer = confirm(people["writer"], upload)
    assert answer.status_code == 409 and "제출 기한이 지났습니다" in words(answer)
    assert report_of(quarter).problems == ""


def test_a_closed_quarter_is_refused(sheet, quarter, people):
    actions.close_period(quarter, by=people["strategy"], missing_reason="지연")
    answer, _ = bring(people["writer"], filled(sheet, {("1-1", "문제점"): "민원"}))
    assert "마감되었습니다" in words(answer)


def test_another_department_s_sheet_is_refused_and_another_person_s_upload_is_not_there(
    sheet, quarter, people
):
    answer, upload = bring(people["stranger"], sheet)
    assert answer.status_code == 422 and "다른 부서의 양식입니다" in words(answer)
    assert upload is None and not Upload.objects.exists()
    _, upload = bring(people["writer"], filled(sheet, {("1-1", "문제점"): "민원"}))
    for name in ("colleague", "stranger", "head", "strategy", "executive"):
        client = client_of(people[name])
        for where in ("upload-item", "upload-result"):
            assert client.get(reverse(f"reporting:{where}", args=[upload.key])).status_code == 404
        assert confirm(people[name], upload).status_code == 404
    assert report_of(quarter).problems == ""


def test_who_has_moved_on_cannot_confirm(sheet, quarter, people, departments):
    _, upload = bring(people["writer"], filled(sheet, {("1-1", "문제점"): "민원"}))
    people["writer"].department = departments["복지과"]
    people["writer"].save()
    assert confirm(people["writer"], upload).status_code == 404
    assert report_of(quarter).problems == ""


def test_an_item_given_to_another_department_is_refused(sheet, quarter, people, departments):
    item = quarter.submissions.get(code="1-1")
    actions.move_items("pledge", item.key, departments["복지과"])
    answer, _ = bring(people["writer"], filled(sheet, {("1-1", "문제점"): "민원"}))
    assert "지금은 이 부서가 쓰는 항목이 아닙니다" in words(answer)


def test_a_head_takes_the_sheet_and_does_not_bring_it(sheet, people):
    page = client_of(people["head"]).get(reverse("reporting:upload"))
    assert "엑셀 받기" in words(page) and "적은 엑셀 올리기" not in words(page)
    assert take(people["head"])
    assert bring(people["head"], sheet)[0].status_code == 403


def test_typing_in_the_form_outlives_an_upload(sheet, quarter, people):
    item = quarter.submissions.get(code="1-1")
    actions.autosave(item, by=people["writer"], fields={"done": "쓰던 글"}, version=1)
    confirm(
        people["writer"], bring(people["writer"], filled(sheet, {("1-1", "문제점"): "민원"}))[1]
    )
    assert Autosave.objects.get().fields == {"done": "쓰던 글"}


def test_what_looks_wrong_is_said_after_it_is_written(sheet, quarter, people):
    content = filled(sheet, {("1-1", "올해 집행 국비(백만원)"): 501})
    _, upload = bring(people["writer"], content)
    confirm(people["writer"], upload)
    page = client_of(people["writer"]).get(reverse("reporting:upload-item", args=[upload.key]))
    assert "국비 집행 501백만원이 확보액 500백만원보다 많습니다." in words(page)
