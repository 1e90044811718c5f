"""The entry form: what it takes and refuses, who may write, and two people at once."""

import datetime
import threading
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from pledges.models import Evidence, PledgeReport, Spending
from reporting.models import Autosave, Submission, Transition
from reporting.subjects import subject_of
from reporting.typing import prints
from tests import factories as make

PDF = b"%PDF-1.7 ..."


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def item(people, departments):
    """The first item of 도로과 in the open quarter."""
    period = make.make_quarters(people, departments)
    return period.submissions.get(code="1-1")


@pytest.fixture
def writer(client, people):
    client.force_login(people["writer"])
    return client


def address(item, name="entry", *args):
    return reverse(f"reporting:{name}", args=[item.pk, *args])


def report_of(item):
    return PledgeReport.objects.get(submission=item)


def state_of(item):
    return Submission.objects.get(pk=item.pk).state


def marks(item):
    subject = subject_of(item)
    return prints(subject.form(subject.report(item)))


def save(client, item, version=1, was=None, **fields):
    """Send the entry form as the page that showed `version` would."""
    data = make.entry(**fields) | {"version": version, "was": marks(item) if was is None else was}
    return client.post(address(item), data)


def upload(client, item, name="결과.pdf", content=PDF, version=1):
    data = make.entry() | {"version": version, "evidence": SimpleUploadedFile(name, content)}
    return client.post(address(item), data)


# --- the page ---------------------------------------------------------------------------------


def test_last_periods_answers_stand_beside_the_fields(writer, item):
    page = writer.get(address(item)).content.decode()
    assert "2019년 1분기" in page
    assert "기본계획 수립" in page
    assert "D-7" in page


def test_last_periods_texts_can_be_brought_over_without_saving(writer, item):
    assert 'value="copy" formnovalidate' in writer.get(address(item)).content.decode()
    response = save(writer, item, then="copy", done="", next_plans=" ")
    page = response.content.decode()
    assert response.status_code == 200
    assert "기본계획 수립</textarea>" in page
    assert "주민설명회 개최</textarea>" in page
    assert "아직 저장되지 않았으니" in page
    assert " data-unsaved" in page
    assert (report_of(item).done, report_of(item).version) == ("", 1)
    assert not Autosave.objects.exists()


def test_bringing_over_keeps_what_was_just_typed(writer, item, people):
    make.write(item, people["colleague"], done="동료의 글", next_plans="")
    response = save(
        writer, item, version=1, was="m", then="copy", done="방금 쓴 글", progress_pct="1o1",
        next_plans="", target_met="false",
    )  # fmt: skip
    page = response.content.decode()
    assert "방금 쓴 글</textarea>" in page
    assert "주민설명회 개최</textarea>" in page
    assert 'value="1o1"' in page
    assert '<option value="false" selected>' in page
    assert 'name="version" value="1"' in page
    assert 'name="was" value="m"' in page
    assert report_of(item).done == "동료의 글"


def test_a_look_brings_nothing_over(writer, item):
    page = writer.get(address(item), {"copy": "1", "then": "copy"}).content.decode()
    assert "기본계획 수립</textarea>" not in page


def test_bringing_over_without_blank_fields_says_so_and_keeps_the_typing(writer, item):
    page = save(writer, item, then="copy", done="방금 쓴 글").content.decode()
    assert "가져올 빈 칸이 없습니다." in page
    assert "방금 쓴 글</textarea>" in page
    assert 'value="copy"' not in page


def test_a_file_chosen_before_bringing_over_is_asked_for_again(writer, item):
    data = make.entry(then="copy", done="", evidence=SimpleUploadedFile("결과.pdf", PDF))
    page = writer.post(address(item), data | {"version": 1}).content.decode()
    assert "붙인 파일은 저장되지 않았으니 다시 골라 주세요." in page
    assert not Evidence.objects.exists()


def test_bringing_over_into_a_closed_item_keeps_the_typing_on_the_page(writer, item, people):
    make.hand_in(item, people["writer"])
    response = save(writer, item, version=2, then="copy", done="늦게 쓴 글")
    assert response.status_code == 409
    assert "늦게 쓴 글</textarea>" in response.content.decode()


@pytest.mark.parametrize(("name", "status"), [("head", 403), ("strategy", 403), ("stranger", 404)])
def test_only_who_may_write_brings_texts_over(client, people, item, name, status):
    client.force_login(people[name])
    assert save(client, item, then="copy").status_code == status


def test_saving_tells_what_is_missing_and_stays(writer, item):
    response = save(writer, item, status="", done="")
    assert response.status_code == 302
    page = writer.get(response.url).content.decode()
    assert "저장했습니다." in page
    assert "이행상태를 골라 주세요. 추진실적을 적어 주세요." in page


def test_save_and_submit_hands_in(writer, item):
    response = save(writer, item, then="submit")
    assert response.url == "/desk/"
    assert state_of(item) == "submitted"


def test_save_and_submit_of_an_incomplete_entry_saves_and_says_what_is_missing(writer, item):
    response = save(writer, item, then="submit", status="")
    assert (
        "저장했습니다. 제출하려면: 이행상태를 골라 주세요."
        in writer.get(response.url).content.decode()
    )
    assert report_of(item).done == "주민설명회 3회 개최"
    assert state_of(item) == "draft"


def test_the_reviewers_words_stay_on_top_until_resubmitted(writer, item, people):
    make.send_back(make.hand_in(item, people["writer"]), people["strategy"], "숫자로 적어 주세요")
    assert "숫자로 적어 주세요" in writer.get(address(item)).content.decode()
    save(writer, item, version=2, done="3회 120명")
    assert "고쳐서 다시 제출해 주세요" in writer.get(address(item)).content.decode()
    make.move("submit", item, people["writer"])
    assert "고쳐서 다시 제출해 주세요" not in writer.get(address(item)).content.decode()


def test_history_tells_field_by_field_who_changed_what(writer, item):
    save(writer, item, spent_national="120")
    save(writer, item, version=2, progress_pct="50", spent_national="130")
    history = subject_of(item).history(report_of(item))
    told = {(c.who, c.field, c.before, c.after) for c in history}
    assert ("writer", "추진율(%)", "45", "50") in told
    assert ("writer", "집행 국비 올해 집행(백만원)", "", "120") in told
    assert ("writer", "집행 국비 올해 집행(백만원)", "120", "130") in told
    assert "변경 이력" in writer.get(address(item)).content.decode()


def test_spending_above_what_is_secured_is_warned_of_not_refused(writer, item):
    response = save(writer, item, spent_national="501")
    page = writer.get(response.url).content.decode()
    assert "2019년 국비 집행 501백만원이 확보액 500백만원보다 많습니다" in page
    save(writer, item, version=2, spent_national="500")
    assert "확보액" not in writer.get(address(item)).content.decode()


def test_the_raw_label_of_the_status_is_kept(writer, item):
    save(writer, item, status="completed_ongoing")
    assert report_of(item).status_raw == "이행후 계속추진"


# --- what is typed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"), [("１２", 12), ("12", 12), (" 7 ", 7), ("0", 0), ("100", 100), ("", None)]
)
def test_progress_as_people_type_it(writer, item, typed, kept):
    assert save(writer, item, progress_pct=typed).status_code == 302
    assert report_of(item).progress_pct == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1,234", 1234), ("１，２３４", 1234), ("0", 0), ("2,000,000,000", 2_000_000_000)],
)
def test_money_as_people_type_it(writer, item, typed, kept):
    assert save(writer, item, spent_other=typed).status_code == 302
    assert Spending.objects.get(report__submission=item, source="other").amount == kept


def test_unknown_money_stays_unknown(writer, item):
    save(writer, item, spent_other="")
    assert not Spending.objects.filter(report__submission=item).exists()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("progress_pct", "1,234.5", "정수만 적어 주세요"),
        ("progress_pct", "45.5", "정수만 적어 주세요"),
        ("progress_pct", "NaN", "정수만 적어 주세요"),
        ("progress_pct", "-5", "0"),
        ("progress_pct", "101", "100"),
        ("progress_pct", "1" * 5000, "정수만 적어 주세요"),
        ("spent_national", "12,34", "정수만 적어 주세요"),
        ("spent_national", "-1", "0"),
        ("spent_national", "9" * 30, "2000000000"),
        ("spent_national", "1\x002", "정수만 적어 주세요"),
        ("status", "정상", "올바르게 선택해 주세요"),
        ("target_met", "maybe", "올바르게 선택해 주세요"),
        ("done", "연락처 900101-1234567", "주민등록번호"),
        ("done", "９００１０１－１２３４５６７", "주민등록번호"),
        ("next_plans", "9001011234567 귀하", "주민등록번호"),
        ("done", "가" * 4001, "4000"),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(writer, item, field, typed, sentence):
    response = save(writer, item, **{field: typed, "problems": "그대로 남을 글"})
    assert response.status_code == 422
    error = " ".join(response.context["form"].errors[field])
    assert sentence in error
    page = response.content.decode()
    assert "그대로 남을 글" in page
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}_error"' in page
    assert report_of(item).version == 1


def test_a_bad_milestone_date_gets_a_sentence(writer, item):
    step = report_of(item).pledge.milestones.first()
    response = save(writer, item, **{f"step_{step.pk}": "2019. 13."})
    assert "날짜가 아닙니다" in str(response.context["form"].errors)
    response = save(writer, item, **{f"step_{step.pk}": "2019.3."})
    assert report_of(item).milestones.get().actual == "2019-03"


def test_ordinary_long_numbers_are_not_taken_for_personal_data(writer, item):
    save(writer, item, done="계약번호 2019063012345 총사업비 1234567890123원")
    assert report_of(item).done.startswith("계약번호")


def test_text_is_kept_in_one_form(writer, item):
    save(writer, item, done="\u1112\u1161\u11ab\u1100\u1173\u11af\r\n둘째\x07 줄\x00 ")
    assert report_of(item).done == "한글\n둘째 줄"


# --- evidence ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.exe", b"MZ", "파일은 받지 않습니다"),
        ("a", PDF, "파일은 받지 않습니다"),
        ("a.svg", b"<svg/>", "파일은 받지 않습니다"),
        ("a.pdf", b"<html>", "형식이 아닙니다"),
        ("a.xlsx", PDF, "형식이 아닙니다"),
        ("a.pdf", b"", "빈 파일"),
        ("900101-1234567.pdf", PDF, "주민등록번호"),
    ],
)
def test_bad_evidence_gets_a_sentence(writer, item, name, content, sentence):
    response = upload(writer, item, name, content)
    assert response.status_code == 422
    assert sentence in str(response.context["form"].errors["evidence"])
    assert not Evidence.objects.exists()


def test_large_evidence_is_refused(writer, item, settings):
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    response = upload(writer, item, content=PDF + b" " * 1024 * 1024)
    assert "1MB를 넘는" in str(response.context["form"].errors["evidence"])


def test_evidence_is_served_only_to_those_who_may_read(writer, item, people, client):
    upload(writer, item, "1분기 결과.pdf")
    file = Evidence.objects.get()
    link = address(item, "evidence", file.pk)
    for name, status in [
        ("writer", 200),
        ("head", 200),
        ("strategy", 200),
        ("executive", 200),
        ("stranger", 404),
        ("homeless", 404),
        ("operator", 404),
    ]:
        client.force_login(people[name])
        response = client.get(link)
        assert (name, response.status_code) == (name, status)
        assert status == 404 or b"".join(response) == PDF
    client.logout()
    assert client.get(link).status_code == 302


def test_evidence_comes_as_a_file_of_our_own_type(writer, item):
    upload(writer, item, "1분기 결과.pdf")
    response = writer.get(address(item, "evidence", Evidence.objects.get().pk))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''1%EB%B6%84")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"


def test_a_file_is_reached_only_through_its_own_item(writer, item, people):
    upload(writer, item)
    other = Submission.objects.get(period=item.period, code="1-2")
    assert writer.get(address(other, "evidence", Evidence.objects.get().pk)).status_code == 404


def test_removing_evidence_keeps_its_history(writer, item, django_capture_on_commit_callbacks):
    upload(writer, item)
    file = Evidence.objects.get()
    stored = Path(file.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        writer.post(address(item, "evidence-remove", file.pk))
    assert not Evidence.objects.exists()
    assert not stored.exists()
    told = [(c.who, c.field, c.reason) for c in subject_of(item).history(report_of(item))]
    assert ("writer", "증빙 결과.pdf 삭제", "증빙 삭제") in told
    page = writer.post(address(item, "evidence-remove", file.pk), follow=True).content.decode()
    assert "이미 지운 파일입니다." in page


def test_evidence_of_a_submitted_item_stays(writer, item, people):
    upload(writer, item)
    make.move("submit", item, people["writer"])
    response = writer.post(address(item, "evidence-remove", Evidence.objects.get().pk), follow=True)
    assert "고칠 수 없습니다" in response.content.decode()
    assert Evidence.objects.count() == 1


def test_the_same_file_twice_is_one_file(writer, item):
    upload(writer, item)
    assert upload(writer, item, version=1).status_code == 302
    assert Evidence.objects.count() == 1
    assert report_of(item).version == 2


# --- who may write ----------------------------------------------------------------------------

POSTS = ["entry", "move", "autosave", "discard", "evidence-remove"]


@pytest.mark.parametrize("name", ["stranger", "homeless", "operator"])
def test_another_departments_item_does_not_exist(client, people, item, name):
    client.force_login(people[name])
    assert client.get(address(item)).status_code == 404
    assert client.get(address(item, "evidence", 1)).status_code == 404
    for action in POSTS:
        args = [1] if action == "evidence-remove" else []
        data = make.entry(version=1, move="submit", seen=1)
        assert client.post(address(item, action, *args), data).status_code == 404
    assert report_of(item).version == 1
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("name", ["head", "executive", "strategy"])
def test_readers_read_and_do_not_write(client, people, item, name):
    make.write(item, people["writer"])
    client.force_login(people[name])
    page = client.get(address(item)).content.decode()
    assert "주민설명회 3회 개최" in page
    assert "<textarea" not in page
    assert 'name="move"' not in page
    assert save(client, item, version=2, done="남의 글").status_code == 403
    assert client.post(address(item, "autosave"), make.entry()).status_code == 403
    assert client.post(address(item, "move"), {"move": "submit", "seen": 2}).status_code == 403
    assert client.post(address(item, "evidence-remove", 1)).status_code == 403
    assert report_of(item).done == "주민설명회 3회 개최"
    assert state_of(item) == "draft"


@pytest.mark.parametrize("action", ["move", "autosave", "discard"])
def test_verbs_are_posts(writer, item, action):
    assert writer.get(address(item, action)).status_code == 405


# --- deadlines --------------------------------------------------------------------------------


def test_the_deadline_passing_while_typing_refuses_and_keeps_the_text(writer, item, settings):
    assert writer.get(address(item)).status_code == 200
    settings.OFFICE_TODAY = datetime.date(2019, 7, 11)
    response = save(writer, item, done="밤새 쓴 글")
    assert response.status_code == 409
    page = response.content.decode()
    assert "제출 기한이 지났습니다" in page
    assert "밤새 쓴 글</textarea>" in page
    assert report_of(item).version == 1
    again = writer.get(address(item)).content.decode()
    assert "저장되지 않은 글이 있습니다" in again
    assert "밤새 쓴 글" in again


def test_the_last_day_still_counts(writer, item, settings):
    settings.OFFICE_TODAY = datetime.date(2019, 7, 10)
    assert save(writer, item, then="submit").url == "/desk/"
    assert state_of(item) == "submitted"


def test_a_closed_period_refuses_and_keeps_the_text(writer, item, people):
    make.close_period(item.period, by=people["strategy"], missing_reason="공사 중")
    response = save(writer, item, done="늦은 글")
    assert "마감되었습니다" in response.content.decode()
    assert "늦은 글</textarea>" in response.content.decode()
    assert report_of(item).version == 1


# --- twice and at once ------------------------------------------------------------------------


def test_a_form_sent_twice_has_one_effect(writer, item):
    was = marks(item)
    first, second = (save(writer, item, was=was, spent_national="7") for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    report = report_of(item)
    assert report.version == 2
    assert report.history.count() == 2  # made, saved
    assert report.spending.get().history.count() == 1


def test_save_and_submit_sent_twice_has_one_effect(writer, item):
    was = marks(item)
    first, second = (save(writer, item, was=was, then="submit") for _ in range(2))
    assert first.url == second.url == "/desk/"
    assert Transition.objects.filter(submission=item).count() == 1
    assert "이미 제출했습니다." in writer.get("/desk/").content.decode()


def test_submit_clicked_twice_has_one_effect(writer, item, people):
    make.write(item, people["writer"])
    for _ in range(2):
        response = writer.post(address(item, "move"), {"move": "submit", "seen": 2}, follow=True)
    assert "이미 제출했습니다." in response.content.decode()
    assert Transition.objects.filter(submission=item).count() == 1


def test_a_submitted_item_can_be_taken_back(writer, item, people):
    make.hand_in(item, people["writer"])
    assert "제출 취소" in writer.get(address(item)).content.decode()
    writer.post(address(item, "move"), {"move": "recall", "seen": 2})
    assert state_of(item) == "draft"


@pytest.mark.parametrize(
    "data", [{}, {"move": "approve", "seen": 2}, {"move": "submit", "seen": "x"}]
)
def test_other_moves_are_not_taken_here(writer, item, people, data):
    make.write(item, people["writer"])
    response = writer.post(address(item, "move"), data, follow=True)
    assert "무엇을 할지 골라 주세요." in response.content.decode()
    assert state_of(item) == "draft"


def test_submitting_what_a_colleague_changed_meanwhile_is_refused(writer, item, people):
    make.write(item, people["writer"])
    make.write(item, people["colleague"], done="동료의 글")
    response = writer.post(address(item, "move"), {"move": "submit", "seen": 2}, follow=True)
    assert "내용이 바뀌었습니다" in response.content.decode()
    assert state_of(item) == "draft"


def test_saving_nothing_new_writes_nothing(writer, item):
    save(writer, item)
    save(writer, item, version=2)
    assert report_of(item).version == 2
    assert report_of(item).history.count() == 2


def test_a_stale_save_shows_both_texts_and_overwrites_nothing(writer, item, people):
    was = marks(item)
    make.write(item, people["colleague"], done="동료의 글", problems="동료의 문제점")
    response = save(writer, item, was=was, done="나의 글", problems="")
    assert response.status_code == 409
    page = response.content.decode()
    assert "동료의 글" in page
    assert "나의 글" in page
    assert "colleague" in page
    assert [c.field.name for c in response.context["clashes"]] == ["done"]
    assert response.context["theirs"] == [("문제점", "동료의 문제점")]
    assert report_of(item).done == "동료의 글"
    assert report_of(item).version == 2


def resolve(client, response, **picks):
    """Send the page of two texts as it stands, with the picks made."""
    context = response.context
    data = dict(context["carried"]) | {c.field.name: c.field.value() for c in context["clashes"]}
    data |= {"version": context["version"], "was": context["was"], "then": "save"}
    return client.post(response.request["PATH_INFO"], data | picks)


def test_fields_that_only_i_changed_are_saved_without_a_question(writer, item, people):
    make.write(item, people["writer"])
    was = marks(item)
    make.write(item, people["colleague"], done="동료의 글")
    response = save(writer, item, version=2, was=was, progress_pct="50")
    assert response.context["clashes"] == []
    assert [(c.field.name, c.mine) for c in response.context["mine"]] == [("progress_pct", "50")]
    assert response.context["theirs"] == [("추진실적", "동료의 글")]
    resolve(writer, response)
    assert (report_of(item).progress_pct, report_of(item).done) == (50, "동료의 글")


def test_a_form_left_as_it_was_shows_what_a_colleague_saved(writer, item, people):
    make.write(item, people["writer"])
    was = marks(item)
    make.write(item, people["colleague"], done="동료의 글")
    response = save(writer, item, version=2, was=was)
    page = writer.get(response.url).content.decode()
    assert "새로 고친 칸이 없습니다" in page
    assert "동료의 글</textarea>" in page


@pytest.mark.parametrize(("pick", "done"), [("mine", "나의 글"), ("theirs", "동료의 글")])
def test_the_page_of_two_texts_saves_what_is_picked(writer, item, people, pick, done):
    was = marks(item)
    make.write(
        item, people["colleague"], done="동료의 글", problems="동료의 문제점", spent_other="3"
    )
    response = save(writer, item, was=was, done="나의 글", next_plans="나의 계획")
    response = resolve(writer, response, pick_done=pick)
    assert response.status_code == 302
    report = report_of(item)
    assert (report.done, report.problems, report.next_plans) == (done, "동료의 문제점", "나의 계획")
    assert report.spending.get().amount == 3


def test_a_third_save_in_between_brings_the_page_again(writer, item, people):
    was = marks(item)
    make.write(item, people["colleague"], done="동료의 글")
    response = save(writer, item, was=was, done="나의 글")
    make.write(item, people["colleague"], done="동료의 둘째 글")
    response = resolve(writer, response, pick_done="mine")
    assert response.status_code == 409
    assert "동료의 둘째 글" in response.content.decode()
    assert report_of(item).done == "동료의 둘째 글"


def test_what_lost_the_race_is_still_there_after_the_page_is_closed(writer, item, people):
    was = marks(item)
    make.write(item, people["colleague"], done="동료의 글")
    save(writer, item, was=was, done="나의 글")
    page = writer.get(address(item)).content.decode()
    assert "나의 글</textarea>" in page
    assert 'name="version" value="1"' in page


@pytest.mark.parametrize(
    ("first", "heading"),
    [
        ("writer", "다른 창에서 먼저 저장했습니다"),
        ("colleague", "그 사이 다른 사람이 먼저 저장했습니다"),
    ],
)
def test_the_page_of_two_texts_says_who_was_first(writer, item, people, first, heading):
    was = marks(item)
    make.write(item, people[first], done="먼저 쓴 글")
    response = save(writer, item, was=was, done="나중에 쓴 글")
    page = response.content.decode()
    assert response.status_code == 409
    assert f"{heading}</h1>" in page
    assert ("다른 사람" in page, "다른 창" in page) == (first == "colleague", first == "writer")


def test_the_page_of_two_texts_says_that_a_file_was_not_kept(writer, item, people):
    make.write(item, people["colleague"], done="동료의 글")
    response = upload(writer, item)
    assert response.status_code == 409
    assert "증빙 파일은 저장되지 않았습니다" in response.content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40])
def test_a_form_without_its_version_is_a_stale_form(writer, item, people, version):
    make.write(item, people["colleague"], done="동료의 글")
    assert save(writer, item, version=version).status_code == 409
    assert report_of(item).done == "동료의 글"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_write_one_line_of_history(people, item, client):
    data = make.entry(version=1, was=marks(item), then="submit")
    clients = [type(client)() for _ in range(2)]
    for one in clients:
        one.force_login(people["writer"])
    start, answers = threading.Barrier(2), []

    def click(one):
        start.wait()
        answers.append(one.post(address(item), data).status_code)
        connection.close()

    threads = [threading.Thread(target=click, args=[one]) for one in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302, 302]
    assert report_of(item).version == 2
    assert Transition.objects.filter(submission=item, move="submit").count() == 1


def test_a_file_that_is_gone_from_the_disk_is_not_there(writer, item, caplog):
    upload(writer, item)
    file = Evidence.objects.get()
    Path(file.file.path).unlink()
    assert writer.get(address(item, "evidence", file.pk)).status_code == 404
    assert f"증빙 {file.pk}의 파일이 저장소에 없습니다." in caplog.text
