"""The operator's look at mails and reminders: to be read only, and nothing of a citizen's."""

import pytest

from reporting import mail
from reporting.models import Mail, Reminder
from reporting.reminders import send_by_hand


@pytest.fixture
def operator(client, people):
    client.force_login(people["operator"])
    return client


@pytest.fixture
def letters(quarter, people):
    """Write to a colleague and to a citizen; both still wait."""
    people["writer"].email = "writer@nonsan.example"
    people["writer"].save()
    send_by_hand(quarter, by=people["strategy"])
    mail.post(to="citizen@example.org", kind="follow", subject="홍길동님께", body="비밀 글")
    row = Mail.objects.latest("pk")
    Mail.objects.filter(pk=row.pk).update(
        to="citizen@example.org",
        body="비밀 글",
        sent_at=None,
        error="550 <citizen@example.org> unknown",
    )
    return row


def test_mails_are_listed_without_a_citizen_s_address(operator, letters):
    shown = operator.get("/admin/reporting/mail/").content.decode()
    assert "writer@nonsan.example" in shown and "시민" in shown
    for secret in ("citizen@example.org", "비밀 글", "홍길동"):
        assert secret not in shown
    assert operator.get(f"/admin/reporting/mail/{letters.pk}/change/").status_code == 403


def test_a_colleague_s_mail_can_be_read(operator, letters):
    row = Mail.objects.get(kind="remind-manual")
    shown = operator.get(f"/admin/reporting/mail/{row.pk}/change/").content.decode()
    assert "전략기획실에서 알려 드립니다" in shown


def test_reminders_are_listed(operator, letters):
    shown = operator.get("/admin/reporting/reminder/").content.decode()
    assert "직접 알림" in shown and "주소 없음" in shown


@pytest.mark.parametrize("model", ["mail", "reminder"])
def test_nothing_is_written_by_hand(operator, letters, model):
    pk = (Mail if model == "mail" else Reminder).objects.first().pk
    assert operator.get(f"/admin/reporting/{model}/add/").status_code == 403
    for page in ("change", "delete"):
        assert operator.post(f"/admin/reporting/{model}/{pk}/{page}/", {}).status_code == 403


@pytest.mark.parametrize("name", ["strategy", "writer", "executive"])
def test_only_the_operator_reads_them(client, people, letters, name):
    people[name].is_staff = True
    people[name].save()
    client.force_login(people[name])
    assert client.get("/admin/reporting/mail/").status_code == 403
