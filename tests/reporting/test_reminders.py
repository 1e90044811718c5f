"""Reminders: by themselves and by the office's button, each once, and every one recorded."""

import datetime
import io
import re

import pytest
from django.core import mail as outbox_of
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from pledges.models import Pledge
from reporting import actions
from reporting.models import Mail, Period, Reminder, Submission
from reporting.reminders import remind_all, send_by_hand
from tests import factories


@pytest.fixture
def addressed(people):
    """Give everybody an address but the stranger."""
    for name, person in people.items():
        if name != "stranger":
            person.email = f"{name}@nonsan.example"
            person.save()
    return people


@pytest.fixture
def on(settings):
    """Return a function that lets the daily run come on a day and gives who was told what."""

    def run(text):
        settings.OFFICE_TODAY = datetime.date.fromisoformat(text)
        before = Reminder.objects.count()
        remind_all()
        rows = Reminder.objects.order_by("pk")[before:]
        return sorted((str(row.person or "없음"), row.stage) for row in rows)

    return run


def told(stage, *names):
    return sorted((name, stage) for name in names)


def test_the_stages_reach_those_whom_they_mean(quarter, addressed, on):
    assert on("2019-07-04") == []
    assert on("2019-07-05") == told("before", "writer", "colleague", "stranger")
    assert on("2019-07-08") == []
    assert on("2019-07-10") == told("due", "writer", "colleague", "stranger")
    assert on("2019-07-11") == told("overdue", "writer", "colleague", "stranger")
    assert on("2019-07-12") == []
    assert on("2019-07-15") == told("head", "head", "없음")  # 복지과 has no head
    assert on("2019-07-17") == told("office", *["strategy", "strategy2"] * 2)
    assert on("2019-07-18") == []


def test_on_a_day_off_nobody_is_reminded(quarter, addressed, on):
    assert on("2019-07-06") == on("2019-07-07") == []
    assert on("2019-07-08") == told("before", "writer", "colleague", "stranger")


def test_missed_days_bring_the_latest_stage_only_and_once(quarter, addressed, on):
    found = on("2019-07-19")
    assert {stage for _, stage in found} == {"overdue", "head", "office"}
    assert [m.to for m in outbox_of.outbox].count(["writer@nonsan.example"]) == 1
    assert on("2019-07-19") == on("2019-07-22") == []


def test_one_mail_tells_everything_that_is_owed_and_where(quarter, item, addressed, on):
    item = factories.hand_in(item, addressed["writer"])
    factories.send_back(item, addressed["strategy"], comment="실적을 숫자로\n적어 주세요.")
    outbox_of.outbox.clear()
    on("2019-07-05")
    letter = next(m for m in outbox_of.outbox if m.to == ["writer@nonsan.example"])
    assert letter.subject == "[알림·기한 3일 전] 2019년 2분기 미제출 2건 (2019. 7. 10.까지)"
    assert "○ 1-1 (예시) 공약 1-1 [반려] 2019. 7. 10.까지" in letter.body
    assert "    실적을 숫자로\n    적어 주세요." in letter.body
    assert "○ 1-2 (예시) 공약 1-2 [작성 중]" in letter.body
    assert f"http://127.0.0.1:8000/desk/{item.pk}/" in letter.body
    assert "http://127.0.0.1:8000/desk/\n" in letter.body
    assert "2-1" not in letter.body  # another department's


def test_what_is_handed_in_is_not_asked_for(quarter, addressed, on):
    for item in quarter.submissions.filter(department__name="도로과"):
        factories.hand_in(item, addressed["writer"])
    assert on("2019-07-10") == told("due", "stranger")


def test_every_reminder_is_recorded_also_when_no_mail_can_go(quarter, addressed, on):
    on("2019-07-05")
    row = Reminder.objects.get(person=addressed["stranger"])
    assert (row.mail, row.why_not, row.day) == (None, "주소 없음", datetime.date(2019, 7, 5))
    assert [i["name"] for i in row.items] == ["2-1 (예시) 공약 2-1"]
    row = Reminder.objects.get(person=addressed["writer"])
    assert (row.mail.to, row.why_not, row.by) == ("writer@nonsan.example", "", None)


def test_the_officer_in_charge_is_told_instead_of_all(quarter, addressed, on):
    Pledge.objects.filter(number="1-1").update(officer=addressed["colleague"])
    Pledge.objects.filter(number="1-2").update(officer=addressed["colleague"])
    assert on("2019-07-05") == told("before", "colleague", "stranger")


@pytest.mark.parametrize("name", ["disabled", "stranger", "head"])
def test_an_officer_who_cannot_write_is_not_waited_for(quarter, addressed, on, name):
    Pledge.objects.filter(lead_department__name="도로과").update(officer=addressed[name])
    assert ("writer", "before") in on("2019-07-05")


def test_a_department_with_nobody_is_noted_once(quarter, addressed, on):
    User.objects.filter(username="stranger").update(is_active=False)
    assert ("없음", "before") in on("2019-07-05")
    assert on("2019-07-08") == []
    assert Reminder.objects.get(person=None).why_not == "받을 사람 없음"


def test_a_returned_item_of_a_closed_period_is_chased_a_draft_is_not(quarter, item, addressed, on):
    factories.hand_in(item, addressed["writer"])
    factories.move("approve", item, addressed["strategy"])
    actions.close_period(quarter, by=addressed["strategy"], missing_reason="지연")
    due = datetime.date(2019, 7, 24)
    factories.move("reopen", item, addressed["strategy"], comment="정정", due_on=due)
    assert on("2019-07-19") == told("before", "writer", "colleague")
    assert {i["name"] for r in Reminder.objects.all() for i in r.items} == {"1-1 (예시) 공약 1-1"}


def test_a_period_that_has_not_begun_is_not_chased(quarter, addressed, on):
    Period.objects.filter(pk=quarter.pk).update(opens_on=datetime.date(2019, 7, 9))
    assert on("2019-07-08") == []
    assert on("2019-07-09") == told("before", "writer", "colleague", "stranger")


def test_the_database_refuses_a_second_reminder(quarter, addressed, on):
    on("2019-07-05")
    row = Reminder.objects.get(person=addressed["writer"])
    again = {f.attname: getattr(row, f.attname) for f in Reminder._meta.fields if f.name != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(**again)


def test_the_command_says_in_korean_what_it_did(quarter, addressed, settings):
    settings.OFFICE_TODAY = datetime.date(2019, 7, 5)
    assert command() == (
        "2019. 7. 5. 근무일\n"
        "업무 인계: 넘김 0건, 보류 0건\n"
        "알림: 기한 3일 전 3명, 기한 당일 0명, 기한 지남 0명, 부서장 알림 0명, 전략기획실 알림 0명\n"
        "메일: 보냄 2통, 주소 없음 1명, 받을 사람 없음 0곳, 다시 보냄 0통\n"
    )
    assert "기한 3일 전 0명" in command()
    settings.OFFICE_TODAY = datetime.date(2019, 5, 6)
    assert "쉬는 날(어린이날 대체 휴일)" in command()


def test_the_command_sends_again_what_failed(quarter, addressed, settings):
    row = Mail.objects.create(person=addressed["writer"], to="a@b.kr", kind="x", subject="x")
    Mail.objects.filter(pk=row.pk).update(attempts=1)
    assert "다시 보냄 1통" in command()
    row.refresh_from_db()
    assert row.sent_at


def command():
    out = io.StringIO()
    call_command("remind", stdout=out)
    return out.getvalue()


def test_queries_do_not_grow_with_the_items(quarter, addressed, departments, settings):
    settings.OFFICE_TODAY = datetime.date(2019, 7, 5)
    term = Pledge.objects.first().term
    few = _queries()
    for serial in range(3, 12):
        factories.make_pledge(term, departments["도로과"], 1, serial)
    actions.open_period(quarter, by=addressed["strategy"])
    settings.OFFICE_TODAY = datetime.date(2019, 7, 10)
    assert _queries() == few


def _queries():
    with CaptureQueriesContext(connection) as captured:
        remind_all()
    return len(captured)


# --- by the office's button ---------------------------------------------------------------------


def page(quarter, **query):
    return reverse("reporting:period-remind", args=[quarter.pk]) + (
        "?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else ""
    )


def test_the_button_shows_first_and_sends_once(client, quarter, addressed):
    client.force_login(addressed["strategy"])
    shown = client.get(page(quarter)).content.decode()
    assert "2명에게 보내기" in shown and "주소 없음" in shown and "○ 1-1" in shown
    assert not Reminder.objects.exists()
    answer = client.post(page(quarter), follow=True).content.decode()
    assert "2명에게 알림을 보냈습니다" in answer and "1명은 메일 주소가 없어" in answer
    assert Reminder.objects.filter(stage="manual", by=addressed["strategy"]).count() == 3
    assert len(outbox_of.outbox) == 2
    answer = client.post(page(quarter), follow=True).content.decode()
    assert "새로 보낼 알림이 없습니다" in answer
    assert len(outbox_of.outbox) == 2
    assert "오늘 이미 알린 사람 3명" in client.get(page(quarter)).content.decode()


def test_the_next_day_the_button_sends_again(quarter, addressed, settings):
    send_by_hand(quarter, by=addressed["strategy"])
    settings.OFFICE_TODAY += datetime.timedelta(days=1)
    assert send_by_hand(quarter, by=addressed["strategy2"])["보냄"] == 2


def test_the_button_for_one_department_or_for_what_is_late(client, quarter, item, addressed):
    client.force_login(addressed["strategy"])
    assert "알릴 것이 없습니다" in client.get(page(quarter, scope="late")).content.decode()
    Submission.objects.filter(pk=item.pk).update(due_on=datetime.date(2019, 7, 2))
    shown = client.get(page(quarter, scope="late")).content.decode()
    assert "○ 1-1" in shown and "○ 1-2" not in shown
    client.post(page(quarter), {"department": addressed["stranger"].department_id})
    assert [r.person for r in Reminder.objects.all()] == [addressed["stranger"]]


@pytest.mark.parametrize("wrong", [{"department": "99"}, {"scope": "x"}, {"department": "가"}])
def test_an_unknown_choice_sends_to_nobody(client, quarter, addressed, wrong):
    client.force_login(addressed["strategy"])
    answer = client.post(page(quarter), wrong)
    assert answer.status_code == 422
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("name", ["writer", "head", "executive", "operator"])
def test_only_the_office_sends(quarter, people, name):
    with pytest.raises(PermissionDenied):
        send_by_hand(quarter, by=people[name])


def test_the_period_page_tells_who_was_reminded_and_whom_to_phone(client, quarter, addressed, on):
    on("2019-07-05")
    client.force_login(addressed["strategy"])
    shown = client.get(reverse("reporting:period", args=[quarter.pk])).content.decode()
    assert "독촉 이력" in shown and "기한 3일 전" in shown
    text = re.sub(r"\s+", " ", shown)
    assert "복지과 041-000-0000 – stranger (메일 주소 없음)" in text
