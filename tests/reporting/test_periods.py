"""Opening, closing and publishing a period, by the verbs and by the pages."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pledges.models import PledgeReport, PublishedPledge
from reporting import actions
from reporting.history import Stale
from reporting.models import Period, Publication, Submission
from reporting.workflow import Refused, take
from tests import factories
from tests.change_makers import reword

State = Period.State


@pytest.fixture
def done(quarter, people):
    """Return the quarter with everything approved."""
    writers = {people[name].department_id: people[name] for name in ("writer", "stranger")}
    factories.approve_all(quarter, writers, people["strategy"])
    return quarter


@pytest.fixture
def published(done, people):
    factories.close_and_publish(done, people["strategy"])
    return Period.objects.get(pk=done.pk)


def page(name, period, *more):
    return reverse(f"reporting:{name}", args=[period.pk, *more])


def test_opening_gives_every_active_pledge_one_item_and_an_empty_report(quarter):
    items = quarter.submissions.order_by("order")
    assert [(s.code, s.department.name, s.due_on) for s in items] == [
        ("1-1", "도로과", factories.Q2_DUE),
        ("1-2", "도로과", factories.Q2_DUE),
        ("2-1", "복지과", factories.Q2_DUE),
    ]
    assert PledgeReport.objects.in_period(quarter).filter(status="", done="").count() == 3


def test_opening_again_adds_only_what_is_new(quarter, people, departments):
    term = quarter.submissions.first().pledge_report.pledge.term
    factories.make_pledge(term, departments["복지과"], 3, 1)
    assert actions.open_period(quarter, by=people["strategy"]) == 1
    assert actions.open_period(quarter, by=people["strategy"]) == 0
    assert quarter.submissions.count() == 4


def test_a_pledge_out_of_use_or_of_another_term_owes_nothing(people, departments):
    old = factories.make_term(no=6, starts=2014, ends=2018)
    factories.make_pledge(old, departments["도로과"])
    term = factories.make_term()
    factories.make_pledge(term, departments["도로과"], 1, 1, is_active=False)
    factories.make_pledge(term, departments["도로과"], 1, 2)
    period = factories.make_period(people["strategy"])
    assert [s.code for s in period.submissions.all()] == ["1-2"]


@pytest.mark.parametrize("who", ["writer", "head", "executive", "operator"])
def test_only_the_office_runs_periods(quarter, people, who):
    for verb in (actions.open_period, actions.close_period):
        with pytest.raises(PermissionDenied):
            verb(quarter, by=people[who])
    with pytest.raises(PermissionDenied):
        actions.publish_period(quarter, by=people[who], revision=1)


def test_closing_with_something_missing_needs_a_reason(quarter, people):
    with pytest.raises(Refused, match="3건"):
        actions.close_period(quarter, by=people["strategy"])
    actions.close_period(quarter, by=people["strategy"], missing_reason="부서 사정으로 제출 지연")
    quarter.refresh_from_db()
    assert quarter.state == State.CLOSED
    assert "부서 사정" in quarter.history.first().history_change_reason


def test_after_closing_a_draft_can_no_longer_be_written_or_handed_in(quarter, item, people):
    factories.write(item, people["writer"])
    actions.close_period(quarter, by=people["strategy"], missing_reason="지연")
    with pytest.raises(Refused, match="마감"):
        take("submit", item, by=people["writer"])
    with pytest.raises(Refused, match="마감"):
        factories.write(item, people["writer"])


def test_an_open_period_is_not_published(done, people):
    with pytest.raises(Refused, match="먼저 마감"):
        actions.publish_period(done, by=people["strategy"], revision=1)


def test_what_is_not_approved_is_published_as_unreported_with_the_figures_before(
    quarter, people, item
):
    factories.hand_in(item, people["writer"], done="승인받지 못한 글", progress_pct="99")
    actions.close_period(quarter, by=people["strategy"], missing_reason="지연")
    publication = actions.publish_period(quarter, by=people["strategy"], revision=1)
    row = publication.pledges.get(number="1-1")
    assert (row.reported, row.reported_in, row.done, row.progress_pct) == (
        False,
        "2019년 1분기",
        "기본계획 수립",
        25,
    )


def test_publishing_twice_by_the_same_button_publishes_once(done, people):
    actions.close_period(done, by=people["strategy"])
    first = actions.publish_period(done, by=people["strategy"], revision=1)
    assert actions.publish_period(done, by=people["strategy2"], revision=1) == first
    assert Publication.objects.filter(period=done).count() == 1


def test_a_published_figure_never_changes(published, people):
    before = list(PublishedPledge.objects.filter(publication__period=published).values())
    item = published.submissions.get(code="1-1")
    pledge = item.pledge_report.pledge
    reword(pledge, title="바뀐 이름")
    take("reopen", item, by=people["strategy"], comment="집행액 정정", due_on=factories.Q2_DUE)
    factories.write(item, people["writer"], done="고친 글")
    assert list(PublishedPledge.objects.filter(publication__period=published).values()) == before


def test_a_correction_is_the_next_revision_with_a_public_reason(published, people):
    item = published.submissions.get(code="1-1")
    take("reopen", item, by=people["strategy"], comment="집행액 정정", due_on=factories.Q2_DUE)
    publish = {"by": people["strategy"], "revision": 2}
    with pytest.raises(Refused, match="정정 중인 1건"):
        actions.publish_period(published, reason="집행액을 바로잡음", **publish)
    factories.hand_in(item, people["writer"], done="고친 글")
    factories.move("approve", item, people["strategy"])
    with pytest.raises(Refused, match="무엇을 왜"):
        actions.publish_period(published, reason=" ", **publish)
    second = actions.publish_period(published, reason="집행액을 바로잡음", **publish)
    assert second.pledges.get(number="1-1").done == "고친 글"
    assert [p.revision for p in Publication.objects.current()] == [2, 1]  # of Q2, of Q1
    with pytest.raises(Refused, match="다른 판"):
        actions.publish_period(published, reason="건너뜀", by=people["strategy"], revision=9)


def test_the_pages_lead_from_a_new_period_to_its_publication(client, people, departments):
    term = factories.make_term()
    factories.make_pledge(term, departments["도로과"])
    client.force_login(people["strategy"])
    answer = client.post(
        reverse("reporting:period-new"),
        {
            "cadence": "q",
            "year": "2019",
            "number": "2",
            "opens_on": "2019-07-01",
            "due_on": "2019-07-10",
            "as_of": "2019-06-30",
        },
    )
    period = Period.objects.get()
    assert (answer.url, period.code, period.state) == (
        page("period", period),
        "2019-q2",
        "prepared",
    )
    client.post(page("period-open", period))
    item = period.submissions.get()
    assert "아직 내지 않은 항목" in client.get(page("period", period)).content.decode()
    factories.hand_in(item, people["writer"])
    factories.move("approve", item, people["strategy"])
    client.post(page("period-close", period))
    client.post(page("period-publish", period), {"revision": "1", "reason": "", "checked": "on"})
    period.refresh_from_db()
    assert (period.state, period.publications.get().pledges.count()) == (State.PUBLISHED, 1)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"due_on": "2019-06-01"}, "제출 기한이 입력 시작일보다 빠릅니다"),
        ({"number": "5"}, "1부터 4까지"),
        ({"number": "0"}, "1부터 4까지"),
        ({"as_of": "2019-05-31"}, "기간의 끝보다 빠릅니다"),
        ({"as_of": "어제"}, "날짜"),
        ({"year": "2019", "number": "1"}, "이미"),
    ],
)
def test_a_wrong_period_gets_a_sentence_and_is_not_made(client, people, quarter, wrong, sentence):
    client.force_login(people["strategy"])
    data = {
        "cadence": "q",
        "year": "2019",
        "number": "3",
        "opens_on": "2019-10-01",
        "due_on": "2019-10-10",
        "as_of": "2019-09-30",
        **wrong,
    }
    answer = client.post(reverse("reporting:period-new"), data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Period.objects.count() == 2


def test_a_new_deadline_reaches_the_items_that_had_the_old_one(client, people, quarter, item):
    own = datetime.date(2019, 7, 20)
    Submission.objects.filter(pk=item.pk).update(due_on=own)
    client.force_login(people["strategy"])
    form = {
        "opens_on": "2019-07-01",
        "due_on": "2019-07-12",
        "as_of": "2019-06-30",
        "version": quarter.version,
    }
    client.post(page("period-edit", quarter), form)
    assert sorted(s.due_on for s in quarter.submissions.all()) == [
        datetime.date(2019, 7, 12),
        datetime.date(2019, 7, 12),
        own,
    ]
    answer = client.post(page("period-edit", quarter), {**form, "due_on": "2019-07-15"})
    assert answer.status_code == 409
    assert "그 사이 다른 사람이" in answer.content.decode()
    quarter.refresh_from_db()
    assert quarter.due_on == datetime.date(2019, 7, 12)


def test_rescheduling_a_stale_period_writes_nothing(quarter, people):
    quarter.due_on = datetime.date(2019, 7, 30)
    with pytest.raises(Stale):
        actions.reschedule(quarter, version=quarter.version - 1, by=people["strategy"])
    assert Period.objects.get(pk=quarter.pk).due_on == factories.Q2_DUE


def test_the_period_page_costs_the_same_with_more_items(client, people, departments, quarter):
    client.force_login(people["strategy"])
    address = page("period", quarter)
    with_three = _queries(client, address)
    term = quarter.submissions.first().pledge_report.pledge.term
    for serial in range(3, 20):
        factories.make_pledge(term, departments["도로과"], 1, serial)
    actions.open_period(quarter, by=people["strategy"])
    assert _queries(client, address) == with_three


def _queries(client, address):
    client.get(address)  # the session's own bookkeeping is done once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_period_is_made_once(quarter, people):
    def again():
        return Period(
            cadence="q",
            year=2019,
            number=2,
            opens_on=factories.Q2_OPENS,
            due_on=factories.Q2_DUE,
            as_of=factories.Q2_AS_OF,
        )

    with pytest.raises(Refused, match="이미 있습니다"):
        actions.create_period(again(), by=people["strategy"])
    assert Period.objects.filter(code="2019-q2").count() == 1  # the transaction is not broken


def test_publication_fixes_the_as_of_date(published, people, client):
    period = Period.objects.get(pk=published.pk)
    sent = {
        "opens_on": period.opens_on,
        "due_on": period.due_on,
        "as_of": "2019-06-29",
        "note": "오타",
        "version": period.version,
    }
    client.force_login(people["strategy"])
    answer = client.post(f"/periods/{period.pk}/edit/", sent)
    assert answer.status_code == 409
    assert "공표한 기간의 기준일은 바꿀 수 없습니다" in answer.text
    period.refresh_from_db()
    assert period.as_of == factories.Q2_AS_OF


def test_nothing_is_published_before_its_as_of_date(done, people, settings):
    actions.close_period(done, by=people["strategy"])
    settings.OFFICE_TODAY = done.as_of - datetime.timedelta(days=1)
    with pytest.raises(Refused, match="기준일"):
        actions.publish_period(done, by=people["strategy"], revision=1)
    settings.OFFICE_TODAY = done.as_of
    assert actions.publish_period(done, by=people["strategy"], revision=1).revision == 1


def test_publishing_needs_a_look_at_what_goes_out(client, quarter, item, people):
    factories.hand_in(item, people["writer"], status="completed")
    factories.move("approve", item, people["strategy"])
    actions.close_period(quarter, by=people["strategy"], missing_reason="지연")
    client.force_login(people["strategy"])
    shown = client.get(page("period", quarter)).content.decode()
    assert "공약 3건, 공약이행률 33.3% (지금 시민 화면 0.0%)" in shown
    assert "2건은 미보고로" in shown
    answer = client.post(page("period-publish", quarter), {"revision": "1", "reason": ""})
    assert answer.status_code == 422
    assert "확인하고 표시해 주세요" in answer.content.decode()
    assert not quarter.publications.exists()


def test_a_closing_by_mistake_is_taken_back_until_publication(client, quarter, item, people):
    factories.write(item, people["writer"])
    actions.close_period(quarter, by=people["strategy"], missing_reason="잘못 누름")
    client.force_login(people["strategy"])
    client.post(page("period-open", quarter))
    quarter.refresh_from_db()
    assert (quarter.state, quarter.closed_at) == (State.OPEN, None)
    take("submit", item, by=people["writer"])
    actions.close_period(quarter, by=people["strategy"], missing_reason="지연")
    actions.publish_period(quarter, by=people["strategy"], revision=1)
    with pytest.raises(Refused, match="공표되어"):
        actions.open_period(quarter, by=people["strategy"])
