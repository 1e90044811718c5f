"""Nothing typed is lost: kept while typing, brought back on opening, and through a login."""

import pytest
from django.urls import reverse

from pledges.models import PledgeReport
from reporting.models import Autosave
from tests import factories as make
from tests.conftest import PASSWORD

FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def item(people, departments):
    return make.make_quarters(people, departments).submissions.get(code="1-1")


@pytest.fixture
def writer(client, people):
    client.force_login(people["writer"])
    return client


def address(item, name="entry"):
    return reverse(f"reporting:{name}", args=[item.pk])


def keep(client, item, version=1, **fields):
    data = make.entry(**fields) | {"version": version, "was": ""}
    return client.post(address(item, "autosave"), data, headers=FETCH)


def test_typing_is_kept_and_the_entry_is_not_touched(writer, item):
    response = keep(writer, item, done="쓰는 중")
    assert response.status_code == 200
    assert len(response.json()["saved_at"]) == 5
    report = PledgeReport.objects.get(submission=item)
    assert (report.done, report.version, report.history.count()) == ("", 1, 1)
    assert not item.authors.exists()


def test_half_typed_figures_are_kept_as_they_are(writer, item):
    keep(writer, item, progress_pct="4x", done="\x00쓰는 중")
    assert Autosave.objects.get().fields["progress_pct"] == "4x"
    assert 'value="4x"' in writer.get(address(item)).content.decode()


def test_only_the_forms_own_fields_are_kept(writer, item):
    keep(writer, item, evil="x", csrfmiddlewaretoken="secret")
    assert {"evil", "csrfmiddlewaretoken", "version"}.isdisjoint(Autosave.objects.get().fields)


def test_opening_the_form_brings_the_typing_back(writer, item):
    keep(writer, item, done="쓰는 중")
    page = writer.get(address(item)).content.decode()
    assert "쓰는 중</textarea>" in page
    assert "자동 저장된 글(" in page
    assert 'name="version" value="1"' in page


def test_typing_is_nobody_elses_to_read(client, people, item):
    client.force_login(people["writer"])
    keep(client, item, done="나만 보는 글")
    for name in ("colleague", "head", "strategy"):
        client.force_login(people[name])
        assert "나만 보는 글" not in client.get(address(item)).content.decode()


def test_saving_ends_the_autosave(writer, item):
    keep(writer, item, done="쓰는 중")
    writer.post(address(item), make.entry(version=1, done="다 쓴 글"))
    assert not Autosave.objects.exists()


def test_typing_equal_to_what_is_stored_is_not_kept(writer, item, people):
    make.write(item, people["writer"])
    keep(writer, item, version=2)
    assert not Autosave.objects.exists()
    assert "자동 저장된 글" not in writer.get(address(item)).content.decode()


def test_a_colleagues_save_meanwhile_leads_to_the_page_of_two_texts(writer, item, people):
    keep(writer, item, done="나의 글")
    make.write(item, people["colleague"], done="동료의 글")
    page = writer.get(address(item)).content.decode()
    assert 'name="version" value="1"' in page
    response = writer.post(address(item), make.entry(version=1, done="나의 글"))
    assert response.status_code == 409
    assert PledgeReport.objects.get(submission=item).done == "동료의 글"


def test_typing_can_be_thrown_away(writer, item):
    keep(writer, item, done="쓰는 중")
    response = writer.post(address(item, "discard"), follow=True)
    assert "쓰는 중" not in response.content.decode()
    assert not Autosave.objects.exists()


def test_too_much_is_refused_in_a_sentence(writer, item):
    response = keep(writer, item, done="가" * 100_000)
    assert response.status_code == 409
    assert "너무 길어" in response.json()["error"]
    assert not Autosave.objects.exists()


def test_personal_numbers_are_not_kept(writer, item):
    response = keep(writer, item, done="900101-1234567")
    assert response.status_code == 409
    assert not Autosave.objects.exists()


def test_a_submitted_item_keeps_nothing(writer, item, people):
    make.hand_in(item, people["writer"])
    response = keep(writer, item, version=2, done="늦게 쓴 글")
    assert response.status_code == 409
    assert "고칠 수 없습니다" in response.json()["error"]


@pytest.mark.parametrize("version", ["", "x", "9" * 40])
def test_any_version_is_survived(writer, item, version):
    assert keep(writer, item, version=version, done="쓰는 중").status_code == 200


def test_an_ended_login_is_told_to_the_script(client, item):
    response = keep(client, item, done="쓰는 중")
    assert response.status_code == 401
    assert "로그인이 끝났습니다" in response.json()["error"]


def test_what_was_typed_survives_a_login(client, people, item):
    people["writer"].set_password(PASSWORD)
    people["writer"].save()
    client.post("/login/", {"login": "writer", "password": PASSWORD})
    session = client.session
    session["login_seen"] -= 100_000
    session.save()
    response = client.post(address(item), make.entry(version=1, done="밤새 쓴 글"))
    assert response.url.startswith("/login/")
    back = client.post(response.url, {"login": "writer", "password": PASSWORD})
    assert back.url == address(item)
    page = client.get(back.url).content.decode()
    assert "로그인 전에 쓰던 글을 되살렸습니다" in page
    assert "밤새 쓴 글</textarea>" in page
    assert 'name="version" value="1"' in page


def log_in(client, person, then):
    person.set_password(PASSWORD)
    person.save()
    client.post("/login/", {"login": person.username, "password": PASSWORD})
    return client.get(then)


def test_what_was_typed_survives_the_loss_of_the_session(client, people, item):
    refused = client.post(address(item), make.entry(done="쿠키가 사라진 뒤의 글"))
    assert refused.url.startswith("/login/")
    page = log_in(client, people["writer"], address(item)).content.decode()
    assert "쿠키가 사라진 뒤의 글</textarea>" in page
    assert "로그인 전에 쓰던 글을 되살렸습니다." in page


@pytest.mark.parametrize(("name", "status"), [("stranger", 404), ("head", 200)])
def test_typing_without_a_session_shows_itself_only_to_who_may_write(
    client, people, item, name, status
):
    client.post(address(item), make.entry(done="쿠키가 사라진 뒤의 글"))
    response = log_in(client, people[name], address(item))
    assert response.status_code == status
    assert "쿠키가 사라진 뒤의 글" not in response.content.decode()
