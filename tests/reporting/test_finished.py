"""Finished public answers: given again as they were, to anybody, until the public number grows."""

import gzip

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reporting import finished
from reporting.marks import changed_in_public
from tests.test_every_url import check_headers

PAGES = [
    "/",
    "/pledges/",
    "/pledges/?status=fulfilled&sort=-title",
    "/pledges/?format=csv",
    "/pledges/?format=xlsx",
    "/pledges/about/",
    "/pledges/1-1/",
    "/pledges/1-1/card.pdf",
]


@pytest.fixture(autouse=True)
def kept(settings):
    """Keep answers, as a site does, and begin and end with none."""
    settings.PUBLIC_KEPT_BYTES = 16 * 1024 * 1024
    finished.forget()
    yield
    finished.forget()


def asked(client, where, **headers):
    """Return (answer, number of queries)."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(where, headers=headers)
    return answer, len(captured)


@pytest.mark.parametrize("where", PAGES)
def test_the_second_answer_is_the_first_one_for_a_single_query(client, quarter, where):
    first, many = asked(client, where)
    again, one = asked(Client(), where)
    assert (again.status_code, one) == (200, 1) and many > 1
    assert again.content == first.content
    own = {"X-Request-ID"}  # of each request, not of the answer that was kept
    assert {h: v for h, v in again.headers.items() if h not in own} == {
        h: v for h, v in first.headers.items() if h not in own
    }
    check_headers(again)
    assert not again.cookies and again.headers["Vary"] == "Accept-Encoding"
    assert again.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("where", PAGES)
def test_gzip_head_and_not_modified_come_from_the_same_answer(client, quarter, where):
    plain, _ = asked(client, where)
    pressed, one = asked(client, where, accept_encoding="br, gzip;q=0.8")
    assert one == 1
    check_headers(pressed)
    if "Content-Encoding" in pressed.headers:
        assert gzip.decompress(pressed.content) == plain.content
        assert pressed.headers["ETag"] == f"W/{plain.headers['ETag']}"
    else:
        assert where.endswith(("xlsx", "pdf", "csv")) and pressed.content == plain.content
    for answer in (plain, pressed):
        held, one = asked(client, where, if_none_match=answer.headers["ETag"])
        assert (held.status_code, held.content, one) == (304, b"", 1)
        check_headers(held)
        assert held.headers["Vary"] == "Accept-Encoding"
    head = client.head(where)
    assert (head.content, head.headers["Content-Length"]) == (b"", plain.headers["Content-Length"])
    check_headers(head)


def test_pages_are_pressed_and_a_browser_without_gzip_gets_them_plain(client, quarter):
    for encoding in ("gzip", "deflate, gzip", "gzip;q=1.0"):
        answer, _ = asked(client, "/pledges/", accept_encoding=encoding)
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Content-Length"] == str(len(answer.content))
    for encoding in ("", "br", "gzip;q=0", "gzip;q=0.0", "identity"):
        answer, _ = asked(client, "/pledges/", accept_encoding=encoding)
        assert "Content-Encoding" not in answer.headers


def test_what_changes_in_public_is_seen_at_once(client, quarter):
    before, _ = asked(client, "/pledges/")
    changed_in_public()
    after, many = asked(client, "/pledges/")
    assert many > 1 and after.headers["ETag"] != before.headers["ETag"]


def test_the_number_may_be_a_moment_old_where_the_settings_say_so(client, quarter, settings):
    settings.PUBLIC_NUMBER_SECONDS = 60
    asked(client, "/pledges/")
    changed_in_public()
    _, none = asked(client, "/pledges/")
    assert none == 0
    settings.PUBLIC_NUMBER_SECONDS = 0
    _, many = asked(client, "/pledges/")
    assert many > 1


def test_addresses_hosts_and_schemes_have_answers_of_their_own(client, quarter, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    asked(client, "/pledges/")
    for where, more in [
        ("/pledges/?q=x", {}),
        ("/pledges/", {"secure": True}),
        ("/pledges/", {"headers": {"host": "other.example"}}),
    ]:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(where, **more)
        assert len(captured) > 1
    assert "http://other.example/pledges/" in answer.text
    assert client.get("/pledges/", headers={"host": "evil.example"}).status_code == 400


def test_a_person_with_a_session_neither_gets_nor_leaves_an_answer(client, quarter, people):
    client.force_login(people["writer"])
    assert asked(client, "/pledges/")[1] > 1
    assert asked(client, "/pledges/")[1] > 1
    assert asked(Client(), "/pledges/")[1] > 1
    assert asked(Client(), "/pledges/")[1] == 1


@pytest.mark.parametrize("where", ["/nowhere/", "/pledges/9-9/", "/login/", "/desk/", "/healthz"])
def test_errors_and_other_pages_are_never_kept(client, quarter, where):
    first, again = client.get(where), client.get(where)
    assert first.status_code == again.status_code
    assert not finished.ANSWERS._found


@pytest.mark.parametrize("spoil", ["cookie", "vary", "error", "untagged"])
def test_an_answer_that_is_not_for_everybody_is_refused(client, quarter, settings, spoil):
    settings.PUBLIC_KEPT_BYTES = 0
    answer = client.get("/pledges/")
    assert finished.finished(answer)
    if spoil == "cookie":
        answer.set_cookie("a", "b")
    elif spoil == "vary":
        answer.headers["Vary"] = "Accept-Encoding, Cookie"
    elif spoil == "untagged":
        del answer.headers["ETag"]
    else:
        answer.status_code = 404
    assert finished.finished(answer) is None


def test_other_methods_pass_by(client, quarter):
    asked(client, "/pledges/")
    assert client.post("/pledges/").status_code == 405


def test_the_room_is_bounded_and_the_least_used_goes_first():
    kept = finished.Kept(lambda: 32)
    for name in "abcdefgh":
        kept.put(name, name, 2)
    kept.put("heavy", "x", 3)  # more than a sixteenth
    assert kept.get("heavy") is None and kept.get("a") == "a"
    for name in "ijklmnopq":
        kept.put(name, name, 2)
    assert kept.get("a") == "a" and kept.get("b") is None
    assert kept._weight == 32 == sum(weight for _, weight in kept._found.values())
    kept.put("a", "A", 1)
    assert (kept.get("a"), kept._weight) == ("A", 31)


def test_a_very_long_address_is_answered_but_not_kept(client, quarter):
    where = f"/pledges/?q={'x' * 90}&status={'y' * 400}"
    assert client.get(where).status_code == 200
    assert not finished.ANSWERS._found
