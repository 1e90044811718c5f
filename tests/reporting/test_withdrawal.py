"""Taking a publication back: citizens read the revision before or nothing, and why."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pledges.models import PublishedPledge
from reporting import actions, publishing
from reporting.marks import public_number
from reporting.models import Period, Publication
from reporting.workflow import Refused, take
from tests import factories


@pytest.fixture
def first(quarter, people):
    """Return the publication of 2019-q1."""
    return Publication.objects.get(period__code="2019-q1")


@pytest.fixture
def second(first, people):
    """Return the corrected second revision of 2019-q1."""
    item = first.period.submissions.get(code="1-1")
    take("reopen", item, by=people["strategy"], comment="정정", due_on=factories.Q2_DUE)
    factories.hand_in(item, people["writer"], done="고친 실적", progress_pct="25")
    factories.move("approve", item, people["strategy"])
    return actions.publish_period(
        first.period, by=people["strategy"], revision=2, reason="실적을 고침"
    )


def withdraw(publication, by, reason="잘못된 값을 실어 거두어들입니다."):
    return publishing.withdraw_publication(publication, reason=reason, by=by)


def citizen(client, query=""):
    return client.get(f"/pledges/{query}").content.decode()


def test_the_revision_before_shows_again_with_the_reason(client, second, people):
    assert "고친 실적" in client.get("/pledges/1-1/").content.decode()
    before = public_number()
    withdraw(second, people["strategy"])
    assert public_number() > before
    assert "고친 실적" not in client.get("/pledges/1-1/").content.decode()
    page = citizen(client)
    assert "제2판을 거두어들임" in page and "잘못된 값을 실어" in page
    assert "이 화면은 제1판입니다" in page


def test_with_nothing_left_citizens_are_told_why(client, first, people):
    withdraw(first, people["strategy"])
    page = citizen(client)
    assert "지금 읽을 수 있는 자료가 없습니다" in page
    assert "2019년 1분기 제1판을 거두어들임" in page and "잘못된 값을 실어" in page
    assert client.get("/pledges/1-1/").status_code == 404
    assert client.get("/pledges/?period=2019-q1").status_code == 404
    assert client.get("/").status_code == 200
    assert PublishedPledge.objects.filter(publication=first).count() == 3  # the record stays


def test_another_period_still_stands(client, quarter, first, people):
    writers = {people[name].department_id: people[name] for name in ("writer", "stranger")}
    factories.approve_all(quarter, writers, people["strategy"])
    newest = factories.close_and_publish(quarter, people["strategy"])
    withdraw(newest, people["strategy"])
    page = citizen(client)
    assert "2019년 2분기 제1판을 거두어들임" in page
    assert [p.period.code for p in Publication.objects.current()] == ["2019-q1"]


def test_numbers_go_on_and_a_correction_follows(client, first, people):
    withdraw(first, people["strategy"])
    with pytest.raises(Refused, match="무엇을 왜"):
        actions.publish_period(first.period, by=people["strategy"], revision=2)
    again = actions.publish_period(
        first.period, by=people["strategy"], revision=2, reason="값을 고쳐 다시 공표"
    )
    assert again.revision == 2
    page = citizen(client)
    assert "제1판을 거두어들임" in page and "값을 고쳐 다시 공표" in page


def test_only_the_standing_revision_is_taken_back_and_only_once(first, second, people):
    with pytest.raises(Refused, match="다른 판"):
        withdraw(first, people["strategy"])
    withdraw(second, people["strategy"])
    with pytest.raises(Refused, match="이미"):
        withdraw(second, people["strategy"])


@pytest.mark.parametrize(
    ("reason", "why"), [(" ", "사유를 적어"), ("문의 010-1234-5678", "개인정보로 보이는")]
)
def test_the_reason_is_public_and_clean(first, people, reason, why):
    with pytest.raises(Refused, match=why):
        withdraw(first, people["strategy"], reason)
    assert Publication.objects.current().get() == first


@pytest.mark.parametrize("who", ["writer", "head", "executive"])
def test_only_the_office_takes_back(first, people, who):
    with pytest.raises(PermissionDenied):
        withdraw(first, people[who])


def test_the_page_asks_twice_and_shows_it_afterwards(client, first, people):
    client.force_login(people["strategy"])
    address = reverse("reporting:period-withdraw", args=[first.period_id])
    assert "시민은" in client.get(address).content.decode()
    data = {"revision": 1, "reason": "잘못된 값"}
    assert client.post(address, data).status_code == 422
    assert client.post(address, {**data, "revision": 7, "checked": "on"}).status_code == 404
    page = client.post(address, {**data, "checked": "on"}, follow=True).content.decode()
    assert "거두어들임" in page and "잘못된 값" in page
    assert 'name="revision" value="2"' in page  # the next revision can be published
    again = client.post(address, {**data, "checked": "on"})
    assert again.status_code == 409 and "이미 거두어들인" in again.content.decode()


def test_reports_of_a_withdrawn_period_are_for_the_office_again(client, first, people):
    client.force_login(people["writer"])
    address = reverse("reporting:report", args=["pledges", "2019-q1", "html"])
    assert client.get(address).status_code == 200
    withdraw(first, people["strategy"])
    assert client.get(address).status_code == 404
    client.force_login(people["executive"])
    assert client.get(address).status_code == 200
    assert client.get("/board/pledges/").status_code == 200
    assert Period.objects.get(pk=first.period_id).state == "published"
