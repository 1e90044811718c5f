"""A later deadline for one department: what it opens, whom it leaves alone, what cannot undo it."""

import datetime

import pytest
from django.core import mail as outbox_of
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from reporting import actions
from reporting.extensions import extend_deadline
from reporting.models import Extension, Period
from reporting.stages import reached
from reporting.workflow import Refused, take
from tests import factories

LATER = datetime.date(2019, 7, 15)
AFTER = datetime.date(2019, 7, 11)  # the day after the period's own deadline


@pytest.fixture
def roads(departments):
    return departments["도로과"]


@pytest.fixture
def extend(quarter, roads, people):
    """Return a function that extends 도로과's deadline."""

    def run(period=quarter, department=roads, due_on=LATER, reason="현장 확인이 늦어짐", by=None):
        by = by or people["strategy"]
        return extend_deadline(period, department, due_on=due_on, reason=reason, by=by)

    return run


def dues(period):
    return {s.code: s.due_on for s in period.submissions.all()}


def reschedule(period, by, due_on):
    period = Period.objects.get(pk=period.pk)
    period.due_on = due_on
    return actions.reschedule(period, version=period.version, by=by)


def test_the_department_can_write_and_hand_in_after_the_old_day(
    quarter, item, people, extend, settings
):
    row = extend()
    assert (row.old_due, row.new_due, row.by) == (factories.Q2_DUE, LATER, people["strategy"])
    settings.OFFICE_TODAY = AFTER
    assert factories.hand_in(item, people["writer"]).state == "submitted"
    with pytest.raises(Refused, match="기한이 지났습니다"):
        factories.write(quarter.submissions.get(code="2-1"), people["stranger"])
    settings.OFFICE_TODAY = LATER + datetime.timedelta(days=1)
    with pytest.raises(Refused, match="기한이 지났습니다"):
        factories.write(quarter.submissions.get(code="1-2"), people["writer"])


def test_it_can_be_given_when_the_day_is_already_past(item, people, extend, settings):
    settings.OFFICE_TODAY = AFTER
    extend()
    factories.hand_in(item, people["writer"])


def test_only_what_is_unfinished_and_due_earlier_moves(quarter, item, people, extend):
    factories.hand_in(item, people["writer"])
    own = LATER + datetime.timedelta(days=5)
    quarter.submissions.filter(code="1-2").update(due_on=own)
    with pytest.raises(Refused, match="모두 그날이거나 더 뒤"):
        extend()
    quarter.submissions.filter(code="1-2").update(due_on=factories.Q2_DUE)
    extend()
    assert dues(quarter) == {"1-1": factories.Q2_DUE, "1-2": LATER, "2-1": factories.Q2_DUE}


def test_what_is_opened_later_gets_the_day_too(quarter, people, departments, extend):
    extend()
    term = quarter.submissions.first().pledge_report.pledge.term
    factories.make_pledge(term, departments["도로과"], 3, 1)
    factories.make_pledge(term, departments["복지과"], 3, 2)
    actions.open_period(quarter, by=people["strategy"])
    assert (dues(quarter)["3-1"], dues(quarter)["3-2"]) == (LATER, factories.Q2_DUE)


@pytest.mark.parametrize(
    ("period_due", "roads_due"),
    [
        (datetime.date(2019, 7, 12), LATER),
        (datetime.date(2019, 7, 8), LATER),
        (LATER, LATER),
        (datetime.date(2019, 7, 20), datetime.date(2019, 7, 20)),
    ],
)
def test_new_dates_of_the_period_do_not_undo_it(quarter, people, extend, period_due, roads_due):
    extend()
    reschedule(quarter, people["strategy"], period_due)
    assert dues(quarter) == {"1-1": roads_due, "1-2": roads_due, "2-1": period_due}
    reschedule(quarter, people["strategy"], factories.Q2_DUE)  # and back
    assert dues(quarter) == {"1-1": LATER, "1-2": LATER, "2-1": factories.Q2_DUE}


def test_a_second_extension_counts_on_from_the_first(quarter, extend):
    extend()
    again = LATER + datetime.timedelta(days=3)
    assert extend(due_on=again).old_due == LATER
    assert dues(quarter)["1-1"] == again
    assert Extension.objects.count() == 2


def test_the_same_click_twice_is_one_extension(extend):
    assert extend() == extend()
    assert Extension.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"due_on": factories.Q2_DUE}, "뒤의 날"),
        ({"due_on": datetime.date(2019, 7, 5)}, "뒤의 날"),
        ({"due_on": datetime.date(2019, 7, 1)}, "오늘이나 그 뒤"),
        ({"reason": " "}, "사유"),
    ],
)
def test_what_is_wrong_gets_a_sentence(quarter, extend, wrong, sentence):
    with pytest.raises(Refused, match=sentence):
        extend(**wrong)
    assert not Extension.objects.exists()


def test_a_department_that_owes_nothing_has_nothing_to_extend(quarter, departments, extend):
    with pytest.raises(Refused, match="모두 냈습니다"):
        extend(department=departments["전략기획실"])


def test_a_closed_period_only_for_what_came_back(quarter, item, people, extend):
    factories.hand_in(item, people["writer"])
    item = factories.move("approve", item, people["strategy"])
    actions.close_period(quarter, by=people["strategy"], missing_reason="지연")
    with pytest.raises(Refused, match="마감되었고"):
        extend()
    words = {"comment": "정정", "due_on": factories.Q2_DUE}
    take("reopen", item, by=people["strategy"], **words)
    extend()
    assert dues(quarter)["1-1"] == LATER
    assert dues(quarter)["1-2"] == factories.Q2_DUE  # left out, and stays so


@pytest.mark.parametrize("name", ["writer", "head", "executive", "operator"])
def test_only_the_office_extends(extend, people, name):
    with pytest.raises(PermissionDenied):
        extend(by=people[name])


@pytest.mark.parametrize(
    "wrong", [{"new_due": factories.Q2_DUE}, {"reason": ""}], ids=["not later", "no reason"]
)
def test_the_database_holds_the_rules_too(quarter, roads, people, wrong):
    fields = {"old_due": factories.Q2_DUE, "new_due": LATER, "reason": "까닭", **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(period=quarter, department=roads, by=people["strategy"], **fields)


def test_the_department_is_told_and_reminded_of_the_new_day(item, people, extend):
    people["writer"].email = "writer@nonsan.example"
    people["writer"].save()
    extend()
    [letter] = outbox_of.outbox
    assert letter.to == ["writer@nonsan.example"]
    assert "2019. 7. 15.까지 연장했습니다" in letter.body and "현장 확인이 늦어짐" in letter.body
    item.refresh_from_db()
    assert [s.code for s in reached(item.due_on, AFTER)] == ["before"]


# --- the pages ----------------------------------------------------------------------------------


def sent(roads, **more):
    fields = {"department": roads.pk, "due_on": "2019-07-15", "reason": "현장 확인이 늦어짐"}
    return {f"extend-{name}": value for name, value in {**fields, **more}.items()}


def test_the_period_page_extends_and_tells(client, quarter, people, roads):
    client.force_login(people["strategy"])
    where = reverse("reporting:period-extend", args=[quarter.pk])
    answer = client.post(where, sent(roads), follow=True).content.decode()
    assert "도로과의 기한을 2019. 7. 15.까지 연장했습니다" in answer
    assert "연장한 기한" in answer and "현장 확인이 늦어짐" in answer
    client.force_login(people["writer"])
    desk = client.get("/desk/").content.decode()
    assert "제출 기한이 2019. 7. 15.까지 연장되었습니다" in desk and "현장 확인이 늦어짐" in desk
    client.force_login(people["stranger"])
    assert "연장되었습니다" not in client.get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"due_on": "2019-07-10"}, 409),
        ({"due_on": "어제"}, 422),
        ({"reason": ""}, 422),
        ({"reason": "900101-1234567"}, 422),
        ({"department": "999"}, 422),
    ],
)
def test_a_refused_extension_is_the_page_with_a_sentence(
    client, quarter, people, roads, more, status
):
    client.force_login(people["strategy"])
    where = reverse("reporting:period-extend", args=[quarter.pk])
    answer = client.post(where, sent(roads, **more))
    assert answer.status_code == status
    assert "입력한 내용을 확인해 주세요" in answer.content.decode()
    assert not Extension.objects.exists()


def test_a_link_of_the_page_asks_for_one_department(client, quarter, people, roads):
    client.force_login(people["strategy"])
    where = reverse("reporting:period", args=[quarter.pk])
    shown = client.get(where, {"extend": roads.pk}).content.decode()
    assert f'<option value="{roads.pk}" selected>' in shown
    assert client.get(where, {"extend": "²"}).status_code == 200
