"""The optional second factor: switched on with care, asked for at every door."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from accounts.models import AccessLog

from .conftest import PASSWORD

SECRET = "JBSWY3DPEHPK3PXP"


def code(secret=SECRET):
    """The code an app would show now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def second_factor(acc_writer, acc_operator):
    for user in (acc_writer, acc_operator):
        TOTP.activate(user, SECRET)


def test_it_is_switched_on_with_the_password_and_a_code(client, acc_login, acc_writer):
    acc_login("writer")
    assert client.get("/account/2fa/activate/").headers["Location"].startswith("/account/reauth")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/activate/")
    assert 'src="data:image/svg+xml;base64,' in page.text
    secret = page.context["form"].secret
    assert f"<code>{secret}</code>" in page.text
    assert "인증 코드가 맞지 않습니다." in client.post("/account/2fa/activate/", {"code": "1"}).text
    done = client.post("/account/2fa/activate/", {"code": code(secret)})
    assert done.headers["Location"] == "/account/2fa/codes/"
    codes = client.get("/account/2fa/codes/")
    assert codes.text.count("<li><code>") == 10
    assert client.get("/account/2fa/codes/download/").headers["Content-Disposition"] == (
        'attachment; filename="recovery-codes.txt"'
    )
    assert "사용 중" in client.get("/account/2fa/").text


def test_the_password_alone_does_not_log_in(client, acc_login, second_factor):
    assert acc_login("writer").headers["Location"] == "/login/code/"
    assert client.get("/desk/").status_code == 302
    assert "2단계 인증" in client.get("/login/code/").text


def test_the_code_completes_the_login(client, acc_login, second_factor):
    acc_login("writer")
    client.post("/login/code/", {"code": code()})
    assert client.get("/desk/").status_code == 200
    assert AccessLog.objects.filter(action=AccessLog.Action.LOGIN).count() == 1


def test_a_wrong_code_is_refused_in_korean_and_noted(client, acc_login, second_factor):
    acc_login("writer")
    assert "인증 코드가 맞지 않습니다." in client.post("/login/code/", {"code": "000000"}).text
    row = AccessLog.objects.get()
    assert (row.who, row.action, row.what) == ("writer", "login_failed", "2단계 인증 코드")


def test_codes_are_tried_five_times(client, acc_login, second_factor):
    acc_login("writer")
    for _ in range(5):
        client.post("/login/code/", {"code": "000000"})
    refused = client.post("/login/code/", {"code": code()})
    assert "로그인 실패가 많아 잠시 막았습니다" in refused.text
    assert client.get("/desk/").status_code == 302


def test_it_is_asked_for_on_the_way_to_the_admin(client, second_factor):
    door = client.get("/admin/", follow=True)
    assert door.request["PATH_INFO"] == "/login/"
    sent = {"login": "operator", "password": PASSWORD, "next": "/admin/"}
    assert client.post("/login/", sent).headers["Location"] == "/login/code/"
    assert client.get("/admin/").status_code == 302
    assert client.post("/login/code/", {"code": code()}).headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_recovery_code_opens_once(client, acc_login, acc_writer):
    acc_login("writer")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/account/2fa/activate/").context["form"].secret
    client.post("/account/2fa/activate/", {"code": code(secret)})
    recovery = client.get("/account/2fa/codes/").context["unused_codes"][0]
    for status in (200, 302):  # in, then out again
        client.post("/logout/")
        acc_login("writer")
        client.post("/login/code/", {"code": recovery})
        assert client.get("/desk/").status_code == status


def test_it_is_switched_off_with_the_password(client, acc_login, acc_writer, second_factor):
    acc_login("writer")
    client.post("/login/code/", {"code": code()})
    asked = client.get("/account/2fa/deactivate/").headers["Location"]
    assert asked.startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/account/2fa/deactivate/")
    assert not Authenticator.objects.filter(user=acc_writer).exists()
    assert "사용하지 않음" in client.get("/account/2fa/").text


def test_the_login_can_be_given_up_at_the_code(client, acc_login, second_factor):
    acc_login("writer")
    assert client.post("/logout/", {"next": "/login/"}).headers["Location"] == "/login/"
    assert client.get("/login/code/").headers["Location"] == "/login/"
