"""How long a login lasts, and what survives its end."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, User
from accounts.typing import KEY, MAX_BYTES

from .conftest import PASSWORD

IDLE, ABSOLUTE = 10 * 60, 10 * 60 * 60


@pytest.fixture(autouse=True)
def limits(settings):
    settings.SESSION_IDLE_SECONDS = IDLE
    settings.SESSION_ABSOLUTE_SECONDS = ABSOLUTE


@pytest.fixture
def logged_in(client, acc_login, acc_writer):
    acc_login("writer")
    return client


def test_a_login_lasts_while_it_is_used(logged_in, acc_expire):
    for _ in range(3):
        acc_expire(seen=IDLE - 5, since=IDLE - 5)
        assert logged_in.get("/desk/").status_code == 200


def test_an_idle_login_ends(logged_in, acc_expire):
    key = logged_in.session.session_key
    acc_expire(seen=IDLE + 5)
    refused = logged_in.get("/desk/?a=1")
    assert (refused.status_code, refused.headers["Location"]) == (
        302,
        "/login/?next=/desk/%3Fa%3D1",
    )
    assert not logged_in.session.exists(key)
    assert logged_in.get("/desk/").status_code == 302


def test_a_long_login_ends_however_busy(logged_in, acc_expire):
    acc_expire(since=ABSOLUTE + 5)
    assert logged_in.get("/desk/").status_code == 302
    assert logged_in.get("/desk/").status_code == 302


def test_the_limits_start_at_the_login_not_at_the_first_page(logged_in, acc_expire):
    """The login writes the stamps: a session never used since is as old as its login."""
    assert {"login_since", "login_seen"} <= set(logged_in.session.keys())
    acc_expire(seen=IDLE + 5)
    assert logged_in.get("/desk/").status_code == 302


def test_a_session_without_stamps_gets_them_at_first_sight(client, acc_writer):
    client.force_login(acc_writer)
    client.get("/desk/")
    assert time.time() - client.session["login_since"] < 60


def test_reading_pages_writes_the_session_at_most_once_a_minute(
    logged_in, acc_expire, django_assert_num_queries
):
    logged_in.get("/desk/")
    with django_assert_num_queries(2):  # session, user
        logged_in.get("/desk/")
    acc_expire(seen=61)
    seen = logged_in.session["login_seen"]
    logged_in.get("/desk/")
    assert logged_in.session["login_seen"] >= seen + 61


def test_the_end_is_noted(logged_in, acc_expire):
    acc_expire(seen=IDLE + 5)
    logged_in.get("/desk/")
    row = AccessLog.objects.first()
    assert (row.who, row.ip, row.action) == ("writer", "127.0.0.1", AccessLog.Action.LOGOUT)
    assert row.what == "오래 쓰지 않아 자동으로 로그아웃"


def test_a_disabled_user_is_out_at_the_next_request(logged_in, acc_writer):
    User.objects.filter(pk=acc_writer.pk).update(is_active=False)
    assert logged_in.get("/desk/").status_code == 302


def test_a_public_page_sets_no_cookie_and_varies_on_nothing(client, acc_writer):
    for _ in range(2):
        page = client.get("/")
        assert not page.cookies
        assert "Cookie" not in page.headers.get("Vary", "")
        client.force_login(acc_writer)


def test_a_public_page_does_not_touch_an_expired_session(
    logged_in, acc_expire, django_assert_num_queries
):
    acc_expire(seen=IDLE + 5)
    with django_assert_num_queries(0):
        assert logged_in.get("/").text == "시민"


TYPED = {
    "done": "위원회를 열었음",
    "next_plan": "착공",
    "password": "비밀",
    "csrfmiddlewaretoken": "t",
}


def end_while_typing(client, expire, typed, path="/desk/"):
    expire(seen=IDLE + 5)
    return client.post(path, typed)


def log_in_again(client, username="writer"):
    return client.post("/login/", {"login": username, "password": PASSWORD, "next": "/desk/"})


def test_what_was_typed_survives_the_login(logged_in, acc_expire):
    refused = end_while_typing(logged_in, acc_expire, TYPED)
    assert refused.headers["Location"] == "/login/?next=/desk/"
    assert log_in_again(logged_in).headers["Location"] == "/desk/"
    assert logged_in.get("/desk/").text == "위원회를 열었음"
    assert logged_in.get("/desk/").text == "빈 화면"


def test_secrets_are_not_kept(logged_in, acc_expire):
    end_while_typing(logged_in, acc_expire, TYPED)
    kept = logged_in.session[KEY]["fields"]
    assert "next_plan" in kept
    assert "password" not in kept
    assert "csrf" not in kept


def test_what_was_typed_is_shown_on_its_own_page_only(logged_in, acc_expire):
    end_while_typing(logged_in, acc_expire, TYPED)
    log_in_again(logged_in)
    assert logged_in.get("/other/").text == "빈 화면"
    assert logged_in.get("/desk/").text == "위원회를 열었음"


def test_what_was_typed_is_not_shown_to_another_person(logged_in, acc_expire, acc_operator):
    end_while_typing(logged_in, acc_expire, TYPED)
    log_in_again(logged_in, "operator")
    assert logged_in.get("/desk/").text == "빈 화면"
    assert KEY not in logged_in.session


KEPT = "적던 글은 로그인하면 그 화면에 그대로 있습니다."


def lose_cookie(client):
    del client.cookies["sessionid"]


def lose_row(client):
    client.session.delete()


@pytest.mark.parametrize("lose", [lose_cookie, lose_row])
def test_what_was_typed_survives_the_loss_of_the_session(logged_in, lose):
    lose(logged_in)
    refused = logged_in.post("/desk/", TYPED)
    assert refused.headers["Location"] == "/login/?next=/desk/"
    kept = logged_in.session[KEY]
    assert (kept["path"], kept["user_id"]) == ("/desk/", None)
    assert "password" not in kept["fields"]
    assert KEPT in logged_in.get("/login/").text
    log_in_again(logged_in)
    assert logged_in.get("/desk/").text == "위원회를 열었음"
    assert logged_in.get("/desk/").text == "빈 화면"


def test_the_login_speaks_of_typing_only_when_some_is_kept(client, acc_writer):
    assert KEPT not in client.get("/login/?next=/desk/").text


@pytest.mark.parametrize("path", ["/login/", "/closed/", "/account/password/", "/admin/login/"])
def test_a_stranger_leaves_nothing_on_pages_that_do_not_show_it_again(client, acc_writer, path):
    client.post(path, TYPED)
    assert KEY not in client.session


def test_a_stranger_leaves_nothing_too_long_and_nothing_by_a_look(client, acc_writer):
    client.post("/desk/", {"done": "가" * MAX_BYTES})
    client.get("/desk/?done=1")
    assert KEY not in client.session


def test_a_stranger_without_our_token_leaves_nothing(acc_writer):
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post("/desk/", TYPED).status_code == 403
    assert KEY not in stranger.session


def test_too_much_is_not_kept(logged_in, acc_expire):
    end_while_typing(logged_in, acc_expire, {"done": "가" * MAX_BYTES})
    assert KEY not in logged_in.session


def test_a_look_keeps_nothing(logged_in, acc_expire):
    acc_expire(seen=IDLE + 5)
    logged_in.get("/desk/?done=1")
    assert KEY not in logged_in.session


def test_what_was_typed_overnight_survives_too(settings):
    assert settings.SESSION_COOKIE_AGE >= settings.SESSION_ABSOLUTE_SECONDS + 24 * 60 * 60


FETCH = {"X-Requested-With": "fetch"}


def test_a_script_is_told_that_the_login_ended(logged_in, acc_expire):
    acc_expire(seen=IDLE + 5)
    answer = logged_in.post("/desk/", TYPED, headers=FETCH)
    assert answer.status_code == 401
    assert answer.json()["error"].startswith("로그인이 끝났습니다.")
    again = logged_in.post("/desk/", TYPED, headers=FETCH)
    assert (again.status_code, again.json()) == (401, answer.json())


def test_every_account_page_is_closed_but_the_entrance(client):
    """The account pages send a stranger to the login, the entrance is open."""
    closed = [
        "account", "account_change_password", "account_reauthenticate", "mfa_index",
        "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
        "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    ]  # fmt: skip
    for name in closed:
        path = reverse(name)
        assert client.get(path).headers["Location"] == f"/login/?next={path}"
    assert client.get(reverse("account_login")).status_code == 200
    assert client.get(reverse("account_inactive")).status_code == 200
    assert client.get(reverse("mfa_authenticate")).headers["Location"] == "/login/"
    assert client.get(reverse("account_logout")).headers["Location"] == "/"
