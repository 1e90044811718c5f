"""Where people land after login, and what a form with an old key keeps."""

import re

import pytest
from django.test import Client
from django.urls import reverse

LANDING = {
    "writer": "/desk/",
    "head": "/desk/",
    "strategy": "/review/",
    "executive": "/board/",
    "operator": "/admin/",
    "homeless": "/account/",
}


@pytest.mark.parametrize("who", LANDING)
def test_everybody_lands_where_their_work_is(client, people, who):
    client.force_login(people[who])
    assert client.get(reverse("start")).url == LANDING[who]


def test_a_form_with_an_old_key_shows_what_was_typed(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["writer"])
    answer = client.post("/desk/1/", {"done": "주민설명회를 세 번 열고 의견 24건을 받았습니다."})
    assert answer.status_code == 403
    assert "의견 24건을" in answer.content.decode()


def test_another_site_s_form_is_not_echoed(db):
    answer = Client(enforce_csrf_checks=True).post("/desk/1/", {"done": "속이려는 글 " * 9})
    assert answer.status_code == 403
    assert "속이려는" not in answer.content.decode()


@pytest.mark.parametrize("who", LANDING)
def test_no_menu_leads_a_person_to_a_closed_door(client, people, who):
    client.force_login(people[who])
    page = client.get("/account/").content.decode()
    menu = page.split("<main")[0]
    doors = set(
        re.findall(r'href="(/(?:desk|review|periods|adjustments|board|reports|admin)/)"', menu)
    )
    assert doors or who in ("operator", "homeless")
    assert {door: client.get(door).status_code for door in doors} == dict.fromkeys(doors, 200)
