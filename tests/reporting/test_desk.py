"""나의 할 일: who sees what, in which order, and handing in from the list."""

import datetime

import pytest
from django.urls import reverse

from reporting.actions import close_period
from reporting.models import Submission
from tests import factories as make

DESK = "/desk/"


@pytest.fixture
def period(people, departments):
    return make.make_quarters(people, departments, roads=4)


@pytest.fixture
def roads(period, departments):
    """The four items of 도로과 in the open quarter."""
    return list(period.submissions.filter(department=departments["도로과"]).order_by("order"))


def titles(response):
    return {
        state: [row.submission.code for row in rows]
        for state, _, _, rows in response.context["groups"]
    }


@pytest.mark.parametrize("name", ["executive", "operator", "homeless"])
def test_people_without_a_department_are_told_so(client, people, name):
    client.force_login(people[name])
    response = client.get(DESK)
    assert response.status_code == 403
    assert "부서가 정해진" in response.content.decode()


def test_anonymous_visitors_log_in_first(client, db):
    assert client.get(DESK).url == "/login/?next=/desk/"


def test_groups_stand_in_order_with_the_reviewers_words(client, people, roads):
    make.hand_in(roads[1], people["writer"])
    make.send_back(
        make.hand_in(roads[2], people["writer"]), people["strategy"], "횟수를 적어 주세요"
    )
    make.move("approve", make.hand_in(roads[3], people["writer"]), people["strategy"])
    client.force_login(people["writer"])
    response = client.get(DESK)
    assert list(titles(response).items()) == [
        ("returned", ["1-3"]),
        ("draft", ["1-1"]),
        ("submitted", ["1-2"]),
        ("approved", ["1-4"]),
    ]
    page = response.content.decode()
    assert "횟수를 적어 주세요" in page
    assert "4건 중 1건 제출, 1건 승인</b> · 반려 1건 · 작성 중 1건" in page
    assert "모두 냈습니다." not in page
    assert "다시 낼 기한 2019. 7. 10." in page
    assert "D-7" in page


def test_other_departments_items_are_not_there(client, people, period):
    client.force_login(people["stranger"])
    assert titles(client.get(DESK)) == {"draft": ["2-1"]}


def test_a_head_reads_the_same_without_buttons(client, people, roads):
    make.write(roads[0], people["writer"])
    client.force_login(people["head"])
    response = client.get(DESK)
    assert titles(response) == {"draft": ["1-1", "1-2", "1-3", "1-4"]}
    assert "고른 항목 제출" not in response.content.decode()
    assert "보기만 할 수 있습니다" in response.content.decode()


def test_overdue_items_are_marked(client, people, roads, settings):
    settings.OFFICE_TODAY = datetime.date(2019, 7, 11)
    client.force_login(people["writer"])
    page = client.get(DESK).content.decode()
    assert "기한 지남 4건" in page


@pytest.mark.parametrize(("day", "mark"), [(10, "오늘까지"), (8, "D-2")])
def test_days_left_are_counted_by_the_office_clock(client, people, roads, settings, day, mark):
    settings.OFFICE_TODAY = datetime.date(2019, 7, day)
    client.force_login(people["writer"])
    assert mark in client.get(DESK).content.decode()


def test_an_empty_desk_says_what_comes_next(client, people):
    client.force_login(people["writer"])
    assert "전략기획실이 보고기간을 열면" in client.get(DESK).content.decode()


ALL_IN = "모두 냈습니다. 전략기획실의 검토를 기다립니다."


def test_a_desk_with_everything_handed_in_says_so(client, people, roads):
    handed = [make.hand_in(submission, people["writer"]) for submission in roads]
    make.move("approve", handed[0], people["strategy"])
    client.force_login(people["writer"])
    page = client.get(DESK).content.decode()
    assert ALL_IN in page
    assert "4건 중 3건 제출, 1건 승인" in page
    assert "4/4" in page
    for submission in handed[1:]:
        make.move("approve", submission, people["strategy"])
    page = client.get(DESK).content.decode()
    assert ALL_IN not in page
    assert "4건 중 0건 제출, 4건 승인" in page


def test_an_empty_desk_whose_items_wait_in_a_closed_period_says_so(client, people, roads, period):
    for submission in roads:
        make.hand_in(submission, people["writer"])
    close_period(period, by=people["strategy"], missing_reason="공사 중")
    client.force_login(people["writer"])
    response = client.get(DESK)
    assert titles(response) == {}
    assert ALL_IN in response.content.decode()
    assert "전략기획실이 보고기간을 열면" not in response.content.decode()


def sections(page):
    """Return {state: the part of the page that shows this group}."""
    parts = page.split('<section aria-labelledby="group-')[1:]
    return {part.partition('"')[0]: part.partition("</section>")[0] for part in parts}


def test_the_bar_stands_under_each_group_with_boxes(client, people, roads):
    make.write(roads[0], people["writer"])
    make.send_back(make.hand_in(roads[1], people["writer"]), people["strategy"])
    make.hand_in(roads[2], people["writer"])
    client.force_login(people["writer"])
    page = client.get(DESK).content.decode()
    bars = {s: part.count('form="hand-in">고른 항목 제출') for s, part in sections(page).items()}
    boxes = {s: part.count('type="checkbox"') for s, part in sections(page).items()}
    assert bars == boxes == {"returned": 1, "draft": 1, "submitted": 0}
    assert page.count('id="hand-in"') == 1
    assert "sticky-actions" not in page


def test_without_anything_complete_there_is_no_bar(client, people, roads):
    client.force_login(people["writer"])
    page = client.get(DESK).content.decode()
    assert "고른 항목 제출" not in page
    assert 'type="checkbox"' not in page


def test_the_period_can_be_chosen(client, people, roads):
    client.force_login(people["writer"])
    assert titles(client.get(DESK, {"period": "2019-q1"}))["approved"] == [
        "1-1",
        "1-2",
        "1-3",
        "1-4",
    ]
    everything = titles(client.get(DESK, {"period": "all"}))
    assert sum(map(len, everything.values())) == 8
    assert titles(client.get(DESK, {"period": "nonsense"})) == {
        "draft": ["1-1", "1-2", "1-3", "1-4"]
    }


def test_what_came_back_stays_although_its_period_is_closed(client, people, roads, period):
    make.send_back(make.hand_in(roads[0], people["writer"]), people["strategy"])
    close_period(period, by=people["strategy"], missing_reason="공사 중")
    client.force_login(people["writer"])
    assert titles(client.get(DESK)) == {"returned": ["1-1"]}


def test_queries_do_not_grow_with_rows(client, people, departments, django_assert_num_queries):
    make.make_quarters(people, departments, roads=12)
    client.force_login(people["writer"])
    client.get(DESK)
    with django_assert_num_queries(18):
        client.get(DESK)


def test_several_are_handed_in_at_once(client, people, roads):
    for submission in roads[:2]:
        make.write(submission, people["writer"])
    client.force_login(people["writer"])
    picks = [f"{s.pk}:2" for s in roads[:2]] + [f"{roads[2].pk}:1", "x:1", "9999999999999:1"]
    response = client.post(reverse("reporting:desk-submit"), {"pick": picks}, follow=True)
    page = response.content.decode()
    assert "2건을 제출했습니다." in page
    assert "이행상태를 골라 주세요." in page
    assert titles(response)["submitted"] == ["1-1", "1-2"]


def test_an_item_changed_since_is_not_handed_in_unseen(client, people, roads):
    make.write(roads[0], people["colleague"])
    client.force_login(people["writer"])
    client.post(reverse("reporting:desk-submit"), {"pick": [f"{roads[0].pk}:1"]})
    assert Submission.objects.get(pk=roads[0].pk).state == "draft"


def test_other_departments_items_are_not_handed_in_from_the_list(client, people, roads):
    make.write(roads[0], people["writer"])
    for name, status in [("stranger", 302), ("head", 302), ("strategy", 302), ("executive", 403)]:
        client.force_login(people[name])
        response = client.post(reverse("reporting:desk-submit"), {"pick": [f"{roads[0].pk}:2"]})
        assert response.status_code == status
        assert Submission.objects.get(pk=roads[0].pk).state == "draft"
