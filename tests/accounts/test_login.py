"""Logging in and out: one door, counted by account and by true address."""

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import NoReverseMatch, reverse

from accounts.addresses import client_address
from accounts.models import AccessLog, User

from .conftest import PASSWORD

WRONG = "아이디 또는 비밀번호가 맞지 않습니다."
BLOCKED = "로그인 실패가 많아 잠시 막았습니다. 5분 뒤 다시 시도해 주세요."


def fail(login, times, username="writer", **kwargs):
    return [login(username, "틀림", **kwargs) for _ in range(times)]


def test_the_right_password_leads_to_the_page_asked_for(client, acc_writer):
    refused = client.get("/desk/?period=2019-q2")
    assert refused.headers["Location"] == "/login/?next=/desk/%3Fperiod%3D2019-q2"
    page = client.get(refused.headers["Location"])
    assert '<input type="hidden" name="next" value="/desk/?period=2019-q2">' in page.text
    sent = {"login": "writer", "password": PASSWORD, "next": "/desk/?period=2019-q2"}
    assert client.post("/login/", sent).headers["Location"] == "/desk/?period=2019-q2"
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    "evil",
    [
        "//evil.example",
        "https://evil.example/",
        "http://localhost/desk/",
        "/\\evil.example",
        "javascript:1",
    ],
)
def test_nobody_is_sent_to_another_site(client, acc_writer, evil):
    sent = {"login": "writer", "password": PASSWORD, "next": evil}
    assert client.post("/login/", sent).headers["Location"] == "/start/"


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example/"])
def test_logging_out_does_not_lead_to_another_site(client, acc_writer, evil):
    client.force_login(acc_writer)
    assert client.post("/logout/", {"next": evil}).headers["Location"] == "/"


def test_a_wrong_password_is_said_in_korean_and_tied_to_the_form(acc_login, acc_writer):
    page = acc_login("writer", "틀림")
    assert page.status_code == 200
    assert WRONG in page.text
    assert 'class="error-summary" role="alert"' in page.text


def test_an_unknown_name_gets_the_same_words_as_a_wrong_password(acc_login, acc_writer):
    assert WRONG in acc_login("nobody", "틀림").text


def test_after_five_failures_even_the_right_password_is_refused(client, acc_login, acc_writer):
    assert all(WRONG in page.text for page in fail(acc_login, 5))
    assert BLOCKED in acc_login("writer").text
    assert client.get("/desk/").status_code == 302


def test_four_failures_do_not_block(acc_login, acc_writer):
    fail(acc_login, 4)
    assert acc_login("writer").status_code == 302


def test_the_count_belongs_to_the_account_whatever_the_case(acc_login, acc_writer):
    fail(acc_login, 3)
    fail(acc_login, 2, "WRITER")
    assert BLOCKED in acc_login("writer").text


def test_the_count_belongs_to_the_account_whatever_the_host(acc_login, acc_writer, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for port in range(5):
        fail(acc_login, 1, headers={"host": f"testserver:{port + 1}"})
    assert BLOCKED in acc_login("writer").text


def test_another_account_is_not_blocked_with_it(acc_login, acc_writer, acc_operator):
    fail(acc_login, 5)
    assert acc_login("operator").status_code == 302


def test_an_address_has_ten_failures_a_minute_over_all_accounts(acc_login, acc_writer):
    for number in range(10):
        assert WRONG in acc_login(f"guess{number}", "틀림").text
    assert BLOCKED in acc_login("writer").text
    assert acc_login("writer", REMOTE_ADDR="10.0.0.9").status_code == 302


def test_one_address_may_send_thirty_logins_a_minute(client, acc_writer, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "1000/m/ip"}
    sent = {"login": "writer", "password": "틀림"}
    assert {client.post("/login/", sent).status_code for _ in range(30)} == {200}
    page = client.post("/login/", sent)
    assert page.status_code == 429
    assert "요청이 너무 많습니다" in page.text


def test_the_counts_lie_where_every_process_sees_them(settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    cache.set("a", 1)
    assert cache.get("a") == 1


def test_a_forged_forwarding_header_is_not_believed(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    request = rf.get("/", headers={"x-forwarded-for": "1.2.3.4"}, REMOTE_ADDR="10.0.0.5")
    assert client_address(request) == "10.0.0.5"


def test_behind_one_proxy_the_address_it_wrote_counts(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    headers = {"x-forwarded-for": "6.6.6.6, 1.2.3.4"}
    assert client_address(rf.get("/", headers=headers, REMOTE_ADDR="127.0.0.1")) == "1.2.3.4"


def test_an_address_that_is_none_is_refused(rf):
    with pytest.raises(PermissionDenied):
        client_address(rf.get("/", REMOTE_ADDR="nowhere"))


def test_forged_addresses_do_not_win_new_tries(acc_login, acc_writer):
    for number in range(10):
        acc_login(f"guess{number}", "틀림", headers={"x-forwarded-for": f"1.1.1.{number}"})
    assert BLOCKED in acc_login("writer", headers={"x-forwarded-for": "9.9.9.9"}).text


def test_nobody_signs_up(client):
    assert client.get("/signup/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_a_disabled_account_is_told_so(client, acc_login, acc_writer):
    User.objects.filter(pk=acc_writer.pk).update(is_active=False)
    assert acc_login("writer").headers["Location"] == "/login/inactive/"
    assert "사용이 중지된 계정" in client.get("/login/inactive/").text
    assert client.get("/desk/").status_code == 302


def test_the_session_gets_a_new_key_at_login(client, acc_login, acc_writer):
    session = client.session
    session["typed"] = "kept"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    acc_login("writer")
    assert client.session.session_key != before
    assert client.session["typed"] == "kept"
    assert client.session.get_expire_at_browser_close()


def test_looking_at_the_logout_page_changes_nothing(client, acc_writer):
    client.force_login(acc_writer)
    assert "로그아웃할까요?" in client.get("/logout/").text
    assert client.get("/desk/").status_code == 200


def test_logging_out_flushes_the_session(client, acc_writer):
    client.force_login(acc_writer)
    key = client.session.session_key
    assert client.post("/logout/").headers["Location"] == "/"
    assert not client.session.exists(key)
    assert client.get("/desk/").status_code == 302


def test_the_account_page_shows_who_i_am_and_my_last_logins(client, acc_login, acc_writer):
    acc_login("writer", "틀림")
    acc_login("writer")
    page = client.get("/account/").text
    for words in ("홍길동", "(예시) 도로과", "부서 담당자", "로그인 실패", "127.0.0.1"):
        assert words in page
    assert reverse("account_change_password") in page
    assert reverse("mfa_index") in page


def test_the_account_page_needs_the_same_queries_for_many_logins(
    client, acc_writer, django_assert_num_queries
):
    client.force_login(acc_writer)
    client.get("/account/")
    for _ in range(20):
        AccessLog.objects.create(who="writer", action=AccessLog.Action.LOGIN)
    # session, user, department, opinions that wait (of the menu), second factor, logins
    with django_assert_num_queries(6):
        assert client.get("/account/").text.count('<td data-label="결과">') == 5


def change(client, **fields):
    sent = {"oldpassword": PASSWORD, "password1": "새-비밀번호-31", "password2": "새-비밀번호-31"}
    return client.post("/account/password/", sent | fields)


def test_a_person_changes_the_password_and_stays_logged_in(client, acc_login, acc_writer):
    acc_login("writer")
    assert change(client).headers["Location"] == "/account/"
    assert "비밀번호를 바꾸었습니다." in client.get("/account/").text
    client.post("/logout/")
    assert acc_login("writer", "새-비밀번호-31").status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"oldpassword": "틀림"}, "현재 비밀번호가 맞지 않습니다."),
        ({"password2": "다름"}, "동일한 비밀번호를 입력해야 합니다."),
        ({"password1": "1234", "password2": "1234"}, "짧습니다"),
        ({"password1": "19283746574", "password2": "19283746574"}, "숫자로만"),
    ],
)
def test_a_bad_new_password_is_refused_in_korean(client, acc_login, acc_writer, fields, words):
    acc_login("writer")
    assert words in change(client, **fields).text
    acc_writer.refresh_from_db()
    assert acc_writer.check_password(PASSWORD)


def test_a_new_password_ends_the_other_sessions(client, acc_login, acc_writer, django_user_model):
    other = type(client)()
    other.post("/login/", {"login": "writer", "password": PASSWORD})
    acc_login("writer")
    change(client)
    assert other.get("/desk/").status_code == 302
    assert client.get("/desk/").status_code == 200


def test_old_passwords_are_tried_five_times_a_minute(client, acc_login, acc_writer):
    acc_login("writer")
    assert {change(client, oldpassword="틀림").status_code for _ in range(5)} == {200}
    assert change(client).status_code == 429


def test_an_account_without_a_password_cannot_set_one(client, acc_writer):
    acc_writer.set_unusable_password()
    acc_writer.save()
    client.force_login(acc_writer)
    assert client.get("/account/password/").status_code == 403


def test_two_names_may_not_differ_in_case_only(acc_writer):
    twin = User(username="Writer", password="x")
    assert "대소문자만 다른 아이디가 이미 있습니다." in str(refused(twin.full_clean))


def refused(function):
    with pytest.raises(Exception) as caught:
        function()
    return caught.value
