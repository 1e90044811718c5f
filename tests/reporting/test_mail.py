"""Mail: in the transaction of what it tells of, to an address that exists, kept no longer than needed."""

import pytest
from django.core import mail as django_mail
from django.db import transaction

from reporting import mail
from reporting.models import Mail


@pytest.fixture
def officer(people):
    people["writer"].email = "writer@nonsan.example"
    people["writer"].save()
    return people["writer"]


def test_a_mail_to_a_colleague_is_sent_and_kept(officer):
    row = mail.post(
        person=officer, kind="returned", subject="[반려]\r\nBcc: x@y.z", body="고쳐 주세요"
    )
    row.refresh_from_db()
    assert [m.to for m in django_mail.outbox] == [["writer@nonsan.example"]]
    assert row.subject == "[반려] Bcc: x@y.z"
    assert row.sent_at and row.body == "고쳐 주세요"


def test_a_colleague_without_an_address_gets_none(people):
    assert mail.post(person=people["writer"], kind="x", subject="x", body="x") is None
    assert not Mail.objects.exists()


def test_nothing_of_a_citizen_is_kept_once_it_is_sent(db):
    row = mail.post(to="citizen@example.org", kind="follow", subject="새 소식", body="비밀 주소")
    row.refresh_from_db()
    assert django_mail.outbox[0].to == ["citizen@example.org"]
    assert (row.to, row.body, row.headers) == ("", "", {}) and row.sent_at


def test_a_mail_is_gone_with_the_transaction_it_tells_of(officer):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        mail.post(person=officer, kind="x", subject="x", body="x")
        raise ZeroDivisionError
    assert not Mail.objects.exists()


def test_what_fails_is_named_and_tried_again(officer, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    row = mail.post(person=officer, kind="x", subject="x", body="x")
    row.refresh_from_db()
    assert row.sent_at is None and row.attempts == 1 and row.error
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail.try_again() == 1
    row.refresh_from_db()
    assert row.sent_at and not row.error
    assert mail.try_again() == 0
