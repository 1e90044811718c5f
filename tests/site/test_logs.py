"""The log: one JSON object a line, which tells what happened and never to whom."""

import io
import json
import logging
import sys

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from nonsan_strategy.logs import JsonLines, errors, scrub
from nonsan_strategy.views import healthz

from .test_settings import COMPLETE, run

PERSONAL = {
    "name": "홍길동",
    "mail": "gildong.hong+1@mail.example.org",
    "phone": "010-1234-5678",
    "number": "850101-1234567",
    "address": "203.0.113.77",
    "six": "2001:db8:0:1:2:3:4:5",
}


@login_not_required
def fail(request, token):
    """Fail as careless code does: with everything the visitor said in the message."""
    said = " ".join(request.GET.values()) + " " + " ".join(request.POST.values())
    try:
        int(said)
    except ValueError as cause:
        raise LookupError(
            f"DETAIL: Key (name)=({said}) from {request.META['REMOTE_ADDR']}"
        ) from cause


@login_not_required
def refuse_database(request):
    class Refusing:
        def __call__(self, *args):
            raise DatabaseError("connection to 203.0.113.77 failed for 'hong'")

    with connection.execute_wrapper(Refusing()):
        return healthz(request)


urlpatterns = [
    path("fail/<str:token>/", fail),
    path("down/", refuse_database),
    path("plain/", login_not_required(lambda request: HttpResponse("x"))),
    path("", include("nonsan_strategy.urls")),
]


@pytest.fixture
def lines(caplog):
    """Return a function that gives the lines a site would have written so far."""
    for name in ("nonsan.request", "django"):
        caplog.set_level(logging.INFO, logger=name)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield lambda: written.getvalue().splitlines()
    logging.getLogger().removeHandler(handler)


def visit(address, **more):
    client = Client(raise_request_exception=False, REMOTE_ADDR=PERSONAL["address"])
    with override_settings(ROOT_URLCONF=__name__):
        return client.post(address, **more) if "data" in more else client.get(address, **more)


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["/fail/secret-token/", "/pledges/", "/nowhere/", "/login/"])
def test_nothing_a_visitor_says_reaches_the_log(lines, where):
    for answer in (
        visit(where, query_params=PERSONAL),
        visit(where, data=PERSONAL, headers={"referer": f"http://x/?q={PERSONAL['name']}"}),
        visit(where, query_params=PERSONAL, headers={"host": f"{PERSONAL['name']}.example"}),
    ):
        assert answer.headers["X-Request-ID"]
    written = "\n".join(lines())
    assert written.count('"event": "request"') == 3
    for value in [*PERSONAL.values(), "secret-token", "nowhere", "0101"]:
        assert value not in written


def test_a_failure_says_what_and_where(lines):
    visit("/fail/secret-token/", query_params=PERSONAL)
    failed = next(line for line in map(json.loads, lines()) if "errors" in line)
    assert (failed["level"], failed["logger"]) == ("ERROR", "django.request")
    assert [error["type"] for error in failed["errors"]] == ["LookupError", "ValueError"]
    assert failed["errors"][0]["at"][-1].startswith("tests/site/test_logs.py:")
    assert failed["errors"][0]["at"][-1].endswith(" fail")


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_route_and_its_number(lines):
    answer = visit("/pledges/1-1/?q=x", headers={"x-request-id": "a" * 32})
    line = next(line for line in map(json.loads, lines()) if line["logger"] == "nonsan.request")
    assert answer.headers["X-Request-ID"] == line["request"] == "a" * 32
    assert set(line) == {
        "time", "level", "logger", "event", "request", "method", "route", "status", "ms"
    }  # fmt: skip
    assert (line["method"], line["route"], line["status"]) == ("GET", "/pledges/<str:number>/", 404)


@pytest.mark.parametrize("given", ["hong@example.org", "A" * 32, "a" * 33, ""])
def test_a_number_that_is_none_is_not_taken_over(given):
    answer = visit("/plain/", headers={"x-request-id": given})
    assert answer.headers["X-Request-ID"] != given
    assert len(answer.headers["X-Request-ID"]) == 32


@pytest.mark.django_db
def test_a_person_is_a_number_and_only_where_the_page_asked(lines, people):
    client = Client()
    client.force_login(people["writer"])
    client.get("/desk/")
    client.get("/")
    desk, home = [line for line in map(json.loads, lines()) if line["event"] == "request"]
    assert desk["user"] == people["writer"].pk
    assert "user" not in home


def test_an_odd_method_is_not_written_down(lines):
    with override_settings(ROOT_URLCONF=__name__):
        Client().generic("HONGGILDONG", "/plain/")
    assert "HONGGILDONG" not in "".join(lines())


@pytest.mark.django_db
def test_the_health_check_says_no_without_a_reason(lines):
    answer = visit("/down/")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
    assert "203.0.113.77" not in "".join(lines())
    assert any('"DatabaseError"' in line for line in lines())


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("메일 a.b@c.kr 보냄", "메일 ‹메일› 보냄"),
        ("850101-1234567", "‹주민번호›"),
        ("8501011234567", "‹주민번호›"),
        ("041 730 3114, 01012345678", "‹전화›, ‹전화›"),
        ("GET /pledges/?q=홍길동 HTTP", "GET /pledges/?… HTTP"),
        ("공약 66건, 2019-07-03 12:30:00, 1,234.5", "공약 66건, 2019-07-03 12:30:00, 1,234.5"),
    ],
)
def test_scrubbing_takes_people_out_and_leaves_the_rest(said, left):
    assert scrub(said) == left


def test_a_chain_of_errors_without_end_is_cut():
    try:
        for _ in range(30):
            try:
                raise ValueError(sys.exc_info()[1])
            except ValueError:
                raise
    except ValueError as error:
        assert 1 <= len(errors(error)) <= 5


def test_what_gunicorn_writes_about_a_request_is_cut(caplog):
    log = logging.getLogger("gunicorn.error")
    try:
        raise OSError("x")
    except OSError:
        log.exception("Error handling request %s", "/follow/secret/?q=hong")
    log.warning("Invalid request from ip=%s: %s", "203.0.113.77", "x")
    first, second = [JsonLines().format(record) for record in caplog.records]
    assert json.loads(first)["event"] == "Error handling request"
    assert "203.0.113.77" not in second


def test_a_command_that_crashes_says_where_in_one_line_and_not_about_whom():
    crash = "raise ValueError('a@b.kr', '홍길동'); 'x'"
    done = run("manage.py", "shell", "--no-imports", "-v0", "-c", crash, **COMPLETE)
    line = json.loads(done.stderr)
    assert (done.returncode, line["errors"][0]["type"]) == (1, "ValueError")
    assert "a@b.kr" not in done.stderr and "홍길동" not in done.stderr
