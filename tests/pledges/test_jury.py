"""The jury: personal data apart, masked and logged; questions and answers; what citizens read of it."""

import datetime
import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import AccessLog
from pledges import jury
from pledges.formats import mask_name, mask_phone
from pledges.models import Juror, JurorPerson, JuryQuestion, JuryReply, JurySession, Pledge
from reporting.history import Stale
from reporting.workflow import Refused
from tests import change_makers as makers
from tests.pledges.test_public import text_of


@pytest.fixture
def stage(quarter, people):
    """(adjustment on the agenda, session, juror 7, question)."""
    return makers.make_stage(people)


@pytest.fixture
def office(people):
    client = Client()
    client.force_login(people["strategy"])
    return client


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("홍길동", "홍*동"),
        ("홍길", "홍*"),
        ("남궁길수", "남**수"),
        ("김", "김*"),
        ("(예시) 홍길동", "(예시) 홍*동"),
    ],
)
def test_names_are_masked(name, masked):
    assert mask_name(name) == masked


def test_phones_are_masked():
    assert mask_phone("010-1234-5678") == "010-****-5678"


# --- personal data ----------------------------------------------------------------------------


def test_lists_show_a_number_and_masked_data_and_write_no_log(stage, office):
    _, session, juror, _ = stage
    before = AccessLog.objects.count()
    for path in (f"/jury/panels/{session.panel_id}/", f"/jury/jurors/{juror.pk}/"):
        page = office.get(path).text
        assert "배심원 7" in page and "홍*동" in page and "010-****-5678" in page
        assert "홍길동" not in page and "1234" not in page
    assert AccessLog.objects.count() == before


def test_the_full_data_needs_a_reason_and_is_logged(stage, office):
    juror = stage[2]
    where = f"/jury/jurors/{juror.pk}/"
    assert office.post(where, {"reason": " "}).status_code == 422
    assert not AccessLog.objects.filter(action="view").exists()
    page = office.post(where, {"reason": "출석 연락"}, headers={"X-Forwarded-For": "10.0.0.9"})
    assert "홍길동" in page.text and "010-1234-5678" in page.text
    log = AccessLog.objects.get(action="view")
    assert (log.who, log.whom) == ("strategy", "2019년 주민배심원단 배심원 7")
    assert "출석 연락" in log.what and "홍길동" not in log.what


def test_registering_a_juror_is_logged_without_the_name(stage):
    log = AccessLog.objects.get(action="change")
    assert (log.who, log.what) == ("strategy", "배심원 개인정보 등록")
    assert "홍길동" not in str(Juror.history.values().first())


def test_what_is_over_is_destroyed_and_the_rest_stays(stage, office, people):
    _, session, juror, _ = stage
    other = makers.make_juror(people["strategy"], session.panel, 8)
    JurorPerson.objects.filter(juror=other).update(
        consent_on=datetime.date(2019, 6, 1), keep_until=datetime.date(2019, 7, 2)
    )
    office.post(f"/jury/panels/{session.panel_id}/destroy/")
    assert [p.juror for p in JurorPerson.objects.all()] == [juror]
    assert AccessLog.objects.filter(what__contains="파기", whom__endswith="배심원 8").count() == 1
    assert "파기함" in office.get(f"/jury/panels/{session.panel_id}/").text
    assert office.get(f"/jury/jurors/{other.pk}/").status_code == 404


def test_only_the_office_touches_the_jury(stage, people):
    _, session, juror, _ = stage
    for who in ("writer", "head", "executive", "operator"):
        with pytest.raises(PermissionDenied):
            jury.reveal(juror.person, by=people[who], ip=None, reason="그냥")
        with pytest.raises(PermissionDenied):
            jury.save_panel(session.panel, version=1, by=people[who])
        with pytest.raises(PermissionDenied):
            jury.destroy_expired(session.panel, by=people[who], ip=None)


# --- meetings ---------------------------------------------------------------------------------


def test_of_two_saves_of_a_meeting_the_second_is_told(stage, people):
    session = stage[1]
    jury.save_session(session, version=1, by=people["strategy"])
    with pytest.raises(Stale):
        jury.save_session(session, version=1, by=people["strategy2"])


def test_totals_bind_the_meeting_they_were_counted_in(stage, people):
    adjustment, session, *_ = stage
    makers.step("judge", adjustment, people, session)
    session = JurySession.objects.get(pk=session.pk)
    session.attendance = 5
    with pytest.raises(Refused, match="출석 인원은 바꿀 수 없습니다"):
        jury.save_session(session, version=session.version, by=people["strategy"])


# --- questions and answers --------------------------------------------------------------------

ANSWER = {"text": "내년에 끝납니다.", "reflected": "partly", "why": "예산 범위", "summary": ""}


def test_a_question_sent_twice_is_taken_once(stage):
    juror = stage[2]
    client, key = Client(), str(uuid.uuid4())
    client.force_login(juror.user)
    sent = {"kind": "opinion", "text": "나무를 심어 주세요.", "key": key}
    for _ in range(2):
        assert client.post("/jury/pledges/1-2/", sent).status_code == 302
    assert JuryQuestion.objects.filter(kind="opinion").count() == 1
    bad = {**sent, "text": "900101-1234567", "key": str(uuid.uuid4())}
    assert client.post("/jury/pledges/1-2/", bad).status_code == 422


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("writer", True),
        ("strategy", True),
        ("stranger", False),
        ("head", False),
        ("executive", False),
        ("operator", False),
    ],
)
def test_the_lead_department_or_the_office_answers(stage, people, who, may):
    question = stage[3]
    if may:
        assert jury.reply(question, number=1, by=people[who], **ANSWER).number == 1
        return
    with pytest.raises(PermissionDenied):
        jury.reply(question, number=1, by=people[who], **ANSWER)


def test_an_answer_sent_twice_is_one_and_another_s_is_not_overwritten(stage, people):
    question = stage[3]
    first = jury.reply(question, number=1, by=people["writer"], **ANSWER)
    assert jury.reply(question, number=1, by=people["writer"], **ANSWER) == first
    with pytest.raises(Refused, match="먼저 답했습니다"):
        jury.reply(question, number=1, by=people["strategy"], **{**ANSWER, "text": "다른 답"})
    assert JuryReply.objects.count() == 1


def test_reflected_or_not_always_says_why(stage, people, office):
    question = stage[3]
    where = f"/jury/questions/{question.pk}/"
    answer = office.post(where, {**ANSWER, "number": "1", "why": ""})
    assert answer.status_code == 422 and "까닭을 적어" in answer.text
    with pytest.raises(IntegrityError), transaction.atomic():
        jury.reply(question, number=1, by=people["writer"], **{**ANSWER, "why": ""})


def test_the_juror_reads_the_answer(stage, people):
    _, _, juror, question = stage
    jury.reply(question, number=1, by=people["writer"], **ANSWER)
    client = Client()
    client.force_login(juror.user)
    page = text_of(client.get("/jury/pledges/1-1/"))
    assert "내년에 끝납니다." in page and "일부 반영" in page and "예산 범위" in page


# --- what citizens read -----------------------------------------------------------------------


def test_citizens_read_meetings_verdicts_and_answers_without_names(client, stage, people):
    adjustment, session, juror, question = stage
    assert "명칭변경" not in text_of(client.get("/pledges/jury/"))
    makers.step("judge", adjustment, people, session)
    jury.reply(question, number=1, by=people["writer"], **ANSWER)
    page = text_of(client.get("/pledges/jury/"))
    assert "조정 타당 찬성 2 · 반대 1 · 기권 0" in page and "시장의 결정을 기다림" in page
    assert "내년에 끝납니다." not in page  # no summary yet
    jury.reply(question, number=2, by=people["writer"], **{**ANSWER, "summary": "완공 시기"})
    makers.step("decide", adjustment, people, session)
    makers.step("apply", adjustment, people, session)
    page = text_of(client.get("/pledges/jury/"))
    assert "완공 시기" in page and "일부 반영" in page and "변경 제1호 로 반영" in page
    for secret in ("홍길동", "010-", "배심원 7", "언제 끝나나요"):
        assert secret not in page


def test_a_panel_that_is_not_public_is_not_shown(client, stage, people):
    panel = stage[1].panel
    panel.is_public = False
    jury.save_panel(panel, version=1, by=people["strategy"])
    assert "2019년 주민배심원단" not in text_of(client.get("/pledges/jury/"))


def test_small_counts_are_not_told_and_cannot_be_worked_out(stage, people):
    panel = stage[1].panel
    for number in range(10, 22):
        facts = {"sex": "m" if number % 2 else "f", "district": "강경읍"}
        makers.make_juror(people["strategy"], panel, number, **facts)
    told = dict(jury.composition(panel))
    assert dict(told["성별"]) == {"여": 7, "남": 6}
    assert dict(told["지역"]) == {"동 지역": None, "읍 지역": None}  # 13 − 12 would tell the one


def test_an_opened_pledge_of_another_term_is_not_asked_about(stage, people):
    juror = stage[2]
    pledge = Pledge.objects.get(number="1-1")
    pledge.term_id += 1
    with pytest.raises(Refused, match="임기의 공약이 아닙니다"):
        jury.ask(juror, pledge, kind="question", text="?", key=uuid.uuid4(), by=juror.user)


def test_no_page_of_the_jury_carries_style_or_script(stage, office):
    panel = stage[1].panel_id
    for path in (f"/jury/panels/{panel}/", "/jury/questions/", "/jury/panels/new/"):
        assert not re.search(r"<script>|<style| style=| onclick=", office.get(path).text)
