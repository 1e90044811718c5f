"""A juror's login opens /jury/ and the public pages, nothing else; and nobody else sits in a juror's seat."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from pledges import jury
from pledges.models import Adjustment, JuryQuestion, Pledge
from reporting.models import Submission
from tests import change_makers as makers
from tests.projects.regional_makers import make_regional
from tests.test_every_url import ALL, PUBLIC, TABLE, address, check_headers, letter, written

OWN = {
    # every other address is closed to a juror: 403, 404 or 405
    "account": "o",
    "account_login": "r",
    "account_logout": "o",
    "account_inactive": "o",
    "mfa_activate_totp": "o",
    "mfa_authenticate": "r",
    "mfa_generate_recovery_codes": "o",
    "mfa_index": "o",
    "pledges:jury": "o",
    "pledges:jury-pledge": "o",
    "start": "r",
}


@pytest.fixture
def stage(quarter, people):
    makers.make_stage(people)
    make_regional(people)
    return quarter, quarter.submissions.get(code="1-1")


@pytest.fixture
def seat(stage):
    client = Client()
    client.force_login(User.objects.get(role=Role.JUROR))
    return client


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_juror_sees_only_the_jury_and_what_is_public(stage, seat, name):
    where = address(name, *stage)
    with CaptureQueriesContext(connection) as captured:
        answer = seat.get(where)
    assert not written(captured)
    check_headers(answer, name)
    expected = "o" if TABLE[name][0] is PUBLIC else OWN.get(name, "fnm")
    assert letter(answer) in expected, name


@pytest.mark.parametrize("name", sorted(n for n in ALL if not n.startswith(("account", "mfa"))))
def test_a_juror_writes_nothing_but_questions(stage, seat, name):
    states = {m: list(m.objects.values_list("pk", "state")) for m in (Adjustment, Submission)}
    answer = seat.post(address(name, *stage))
    own = {
        "pledges:jury-pledge": "e",
        "pledges:follow-leave": "o",
    }  # anybody may leave, once or twice
    assert letter(answer) in own.get(name, "fnm"), name
    for model, before in states.items():
        assert list(model.objects.values_list("pk", "state")) == before


@pytest.mark.parametrize("where", ["", "pledges/pledge/", "accounts/user/"])
def test_the_admin_is_closed(seat, where):
    assert letter(seat.get(f"/admin/{where}")) in "rfn"


def test_a_juror_lands_on_the_jury_and_the_menu_leads_nowhere_else(seat):
    assert seat.get(reverse("start")).url == "/jury/"
    menu = seat.get("/jury/").text.split("<main")[0]
    assert 'href="/jury/"' in menu
    for closed in ("/desk/", "/adjustments/", "/reports/", "/board/", "/review/"):
        assert f'href="{closed}"' not in menu


def test_managers_see_nothing_of_querysets_meant_for_others(stage):
    user = User.objects.get(role=Role.JUROR)
    assert not Adjustment.objects.visible_to(user).exists()
    assert not Submission.objects.visible_to(user).exists()
    assert JuryQuestion.objects.visible_to(user).count() == 1


def test_a_juror_reads_only_what_they_wrote_themselves(stage, seat, people):
    other = makers.make_juror(
        people["strategy"],
        JuryQuestion.objects.get().juror.panel,
        8,
        makers.make_citizen("juror8"),
    )
    words = {"kind": "opinion", "text": "다른 배심원의 생각", "key": JuryQuestion().key}
    jury.ask(other, Pledge.objects.get(number="1-1"), by=other.user, **words)
    page = seat.get("/jury/pledges/1-1/").text
    assert "언제 끝나나요?" in page and "다른 배심원의 생각" not in page


def test_an_account_without_a_seat_is_told_whom_to_ask(db):
    client = Client()
    client.force_login(makers.make_citizen("seatless"))
    answer = client.get("/jury/")
    assert answer.status_code == 403 and "전략기획실에 알려" in answer.text


def test_the_agenda_is_seen_with_both_wordings_and_the_reason(seat):
    assert "명칭변경 1-1" in seat.get("/jury/").text
    page = seat.get("/jury/pledges/1-1/").text
    assert "<ins>시민이 걷는 길</ins>" in page or "시민이 걷는 길" in page
    assert makers.WHY["reason"] in page
