"""Following a pledge: a confirmed address, one mail for a publication that changes it, one click to leave."""

import datetime
import io
import re

import pytest
from django.core import mail as outside
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from pledges import follow
from pledges.management.commands.daily_citizens import purge
from pledges.models import Follower, FollowerTold, Pledge, Quota
from reporting import open_forms
from reporting.models import Mail, Publication
from tests.change_makers import reword_all
from tests.pledges.test_public_quarters import correct, publish_second

FORM = "/pledges/1-1/follow/"
ADDRESS = "citizen@example.org"


def sent(**fields):
    data = {"form_key": open_forms.new_key(), "email": ADDRESS, "agree": "on", **fields}
    return {name: value for name, value in data.items() if value is not None}


def page(answer):
    return answer.content.decode()


def paths(message):
    """Return the paths of our own addresses in a mail, in order."""
    return re.findall(r"http://127\.0\.0\.1:8000(/\S*)", message.body)


@pytest.fixture
def follower(quarter):
    """Return somebody who confirmed to follow 1-1."""
    pledge = Pledge.objects.get(number="1-1")
    return Follower.objects.create(
        pledge=pledge, email=ADDRESS, token="t" * 43, confirmed_at=timezone.now()
    )


# --- asking and confirming --------------------------------------------------------------------
def test_from_the_form_to_a_confirmed_address(client, quarter):
    answer = client.post(FORM, sent())
    assert answer.url == f"{FORM}?sent=1" and "전자우편을 보냈습니다" in page(
        client.get(answer.url)
    )
    (message,) = outside.outbox
    assert message.to == [ADDRESS] and "1-1" in message.subject
    confirm = paths(message)[0]
    assert "소식 받기 확인" in page(client.get(confirm))
    assert Follower.objects.get().confirmed_at is None  # reading the link confirmed nothing
    assert client.post(confirm).url == confirm
    assert "소식을 보내 드립니다" in page(client.get(confirm))
    first = Follower.objects.get().confirmed_at
    client.post(confirm)
    assert Follower.objects.get().confirmed_at == first
    assert not client.cookies


def test_the_page_says_the_same_whether_the_address_follows_or_not(client, follower):
    known = client.post(FORM, sent(email=ADDRESS.upper()))
    new = client.post(FORM, sent(email="other@example.org"))
    assert (known.status_code, known.url) == (new.status_code, new.url)
    told = {message.to[0]: message.body for message in outside.outbox}
    assert "이미 받고 계십니다" in told[ADDRESS] and "단추를 눌러" in told["other@example.org"]
    assert Follower.objects.filter(email__iexact=ADDRESS).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"agree": None}, "동의하지 않으면"),
        ({"email": ""}, "전자우편 주소를 적어"),
        ({"email": "a@b"}, "전자우편 주소가 아닙니다"),
        ({"email": "a@b.kr\nBcc: c@d.kr"}, "전자우편 주소가 아닙니다"),
        ({"email": "a" * 250 + "@b.kr"}, "254"),
        ({"homepage": "x"}, "프로그램이 채운"),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_sends_nothing(client, quarter, fields, sentence):
    answer = client.post(FORM, sent(**fields))
    assert answer.status_code == 422 and sentence in page(answer)
    assert not Follower.objects.exists() and not Mail.objects.exists()


def test_the_same_form_twice_sends_one_mail(client, quarter):
    data = sent()
    assert client.post(FORM, data).url == client.post(FORM, data).url
    assert len(outside.outbox) == 1


def test_a_mailbox_gets_three_such_mails_a_day_whoever_asks(client, quarter):
    answers = [Client(REMOTE_ADDR=f"10.0.0.{n}").post(FORM, sent()).url for n in range(5)]
    assert len(outside.outbox) == 3 and set(answers) == {f"{FORM}?sent=1"}


def test_one_address_asks_ten_times_an_hour(client, quarter):
    for n in range(10):
        assert client.post(FORM, sent(email=f"a{n}@b.kr")).status_code == 302
    answer = client.post(FORM, sent(email="a11@b.kr"))
    assert answer.status_code == 429 and "너무 많이" in page(answer)
    assert not Follower.objects.filter(email="a11@b.kr").exists()


def test_counts_name_no_mailbox(client, quarter):
    client.post(FORM, sent())
    assert not [key for key in Quota.objects.values_list("key", flat=True) if "citizen" in key]


def test_what_nobody_confirms_goes_after_seven_days(client, quarter, follower):
    client.post(FORM, sent(email="late@example.org"))
    asked = timezone.now() - datetime.timedelta(days=6, hours=23)
    Follower.objects.update(asked_at=asked)
    purge()
    assert Follower.objects.count() == 2
    Follower.objects.update(asked_at=asked - datetime.timedelta(hours=2))
    assert "주소 1건" in purge()
    assert list(Follower.objects.all()) == [follower]


# --- leaving ----------------------------------------------------------------------------------
def test_leaving_shows_a_button_and_deletes_the_address(client, follower):
    address = f"/pledges/follow/{follower.token}/leave/"
    assert "그만 받기" in page(client.get(address)) and Follower.objects.exists()
    assert "보내지 않습니다" in page(client.post(address))
    assert not Follower.objects.exists()
    assert client.get(address).status_code == 404


def test_a_mail_program_leaves_with_one_click(follower):
    """RFC 8058: a POST without cookie, key or referrer, sent by the mail provider's server."""
    other = Client(enforce_csrf_checks=True)
    address = f"/pledges/follow/{follower.token}/leave/"
    for _ in range(2):
        answer = other.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert not Follower.objects.exists()


def test_who_leaves_gets_nothing_that_was_still_waiting(client, follower, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    other = Pledge.objects.get(number="1-2")
    second = Follower.objects.create(pledge=other, email=ADDRESS, token="u" * 43)
    for one in (follower, second):
        follow._post(one, "새 소식", ["글"])
    client.post(f"/pledges/follow/{follower.token}/leave/")
    assert [second.token in str(row.headers) for row in Mail.objects.waiting()] == [True]


# --- telling ----------------------------------------------------------------------------------
def test_a_publication_that_changes_the_pledge_sends_one_mail(client, quarter, people, follower):
    publish_second(quarter, people)
    (message,) = outside.outbox
    assert message.to == [ADDRESS]
    assert "이행상태: 정상추진 → 종료(완료)" in message.body
    assert "추진율: 25% → 100% (+75%p)" in message.body and "2분기에 준공" in message.body
    leave = f"/pledges/follow/{follower.token}/leave/"
    assert message.extra_headers == {
        "List-Unsubscribe": f"<http://127.0.0.1:8000{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    detail, in_mail = paths(message)
    assert in_mail == leave and client.get(detail).status_code == 200
    assert not Mail.objects.exclude(to="", body="").exists()  # nothing of the citizen is kept


def test_nobody_is_told_twice(quarter, people, follower):
    publication = publish_second(quarter, people)
    for _ in range(2):
        follow.tell.enqueue(publication.pk)
    assert len(outside.outbox) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowerTold.objects.create(follower=follower, publication=publication)


def test_what_did_not_change_sends_nothing(quarter, people, follower):
    publish_second(quarter, people, leave=["1-1"])
    assert not outside.outbox


def test_who_has_not_confirmed_or_follows_another_pledge_hears_nothing(quarter, people, follower):
    Follower.objects.update(confirmed_at=None)
    other = Pledge.objects.get(number="2-1")
    Follower.objects.create(
        pledge=other, email="b@example.org", token="b" * 43, confirmed_at=timezone.now()
    )
    publish_second(quarter, people)
    assert [message.to for message in outside.outbox] == [["b@example.org"]]


def test_a_correction_that_leaves_the_pledge_as_it_was_sends_nothing(quarter, people, follower):
    publish_second(quarter, people)
    correct("2019-q2", people)
    assert len(outside.outbox) == 1


def test_a_corrected_text_is_told(quarter, people, follower):
    publication = publish_second(quarter, people)
    row = publication.pledges.get(number="1-1")
    again = Publication.objects.create(
        period=quarter, revision=2, by=people["strategy"], reason="오타를 고침"
    )
    row.pk, row.publication, row.next_plans = None, again, "준공식"
    row.save(force_insert=True)
    follow.tell.enqueue(again.pk)
    body = outside.outbox[-1].body
    assert len(outside.outbox) == 2
    assert "정정 사유: 오타를 고침" in body and "준공식" in body and "이행상태" not in body


def test_a_publication_that_fails_tells_nobody(quarter, people, follower):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish_second(quarter, people)
        raise ZeroDivisionError
    assert not Mail.objects.exists() and not FollowerTold.objects.exists()


def test_who_confirms_after_a_publication_hears_of_the_next_one(quarter, people, follower):
    Follower.objects.update(confirmed_at=timezone.now() + datetime.timedelta(hours=1))
    publish_second(quarter, people)
    call_command("daily_citizens", verbosity=0, stdout=io.StringIO())
    assert not outside.outbox


def test_a_telling_that_was_cut_off_is_made_up_for(quarter, people, follower):
    publish_second(quarter, people)
    FollowerTold.objects.all().delete()  # the worker was killed before it wrote
    outside.outbox.clear()
    for _ in range(2):
        call_command("daily_citizens", stdout=io.StringIO())
    assert [message.to for message in outside.outbox] == [[ADDRESS]]


def test_the_links_of_a_mail_say_nothing_that_is_not_published(client, follower):
    reword_all(title="아직 공표하지 않은 이름")
    for path in (f"/pledges/follow/{follower.token}/", f"/pledges/follow/{follower.token}/leave/"):
        html = page(client.get(path))
        assert "공약 1-1" in html and "공표하지 않은" not in html


@pytest.mark.parametrize("token", ["x", "%00", "가", "t" * 500])
def test_a_link_that_leads_nowhere_says_so(client, quarter, token):
    for end in ("", "leave/"):
        answer = client.get(f"/pledges/follow/{token}/{end}")
        assert answer.status_code == 404 and "보내지 않습니다" in page(answer)
