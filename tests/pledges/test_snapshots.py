"""What is published: last approved figures, spending by year, funding, milestones, the rounding of its day."""

import datetime

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from pledges.models import (
    Funding,
    Pledge,
    PublishedPledge,
    PublishedTerm,
    RatePolicy,
    Source,
    Spending,
)
from pledges.rates import DEFAULT, Rounding
from pledges.snapshots import draw, publish, rounding_for, terms_of, total
from reporting.actions import publish_period
from reporting.models import Period, Publication
from tests import factories
from tests.change_makers import reword

TRUNC, UP = RatePolicy.Mode.TRUNC_COMPLEMENT, RatePolicy.Mode.HALF_UP


def shown(period, number="1-1", **how):
    """Return the drawn row of one pledge."""
    return next(row for row in draw(period, **how) if row.number == number)


@pytest.fixture
def first():
    """The published first quarter of `quarter`."""
    return lambda: Period.objects.get(year=2019, number=1)


@pytest.fixture
def pledge(quarter):
    """The card of the first item of 도로과."""
    return Pledge.objects.get(number="1-1")


@pytest.fixture
def approve(people):
    """Return a function that writes an item, hands it in and approves it."""

    def bring(submission, **fields):
        factories.hand_in(submission, people["writer"], **fields)
        return factories.move("approve", submission, people["strategy"])

    return bring


# --- which report is shown --------------------------------------------------------------------


def test_an_approved_item_carries_its_own_report(quarter, item, approve):
    approve(item, done="실시설계 착수", progress_pct="45", status="partial")
    row = shown(quarter)
    assert (row.reported, row.reported_in) == (True, str(quarter))
    assert (row.status, row.progress_pct, row.done) == ("partial", 45, "실시설계 착수")
    assert row.status_raw == "일부추진"


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_an_item_that_is_not_approved_carries_the_last_approved_report(
    quarter, first, item, people, state
):
    factories.write(
        item, people["writer"], done="아직 비밀", progress_pct="99", spent_national="999"
    )
    if state != "draft":
        factories.move("submit", item, people["writer"])
    if state == "returned":
        factories.send_back(item, people["strategy"])
    row = shown(quarter)
    assert (row.reported, row.reported_in) == (False, str(first()))
    assert (row.progress_pct, row.done, row.spent) == (25, "기본계획 수립", 100)
    assert "999" not in str(row.card)


def test_a_preview_shows_the_text_as_it_stands(quarter, item, people):
    factories.write(item, people["writer"], done="초안", spent_national="130")
    row = shown(quarter, approved_only=False)
    assert (row.reported, row.done, row.spent) == (True, "초안", 130)


def test_a_pledge_nobody_ever_reported_on_is_unknown(departments, people):
    factories.make_pledge(factories.make_term(), departments["도로과"])
    row = shown(factories.make_period(people["strategy"]))
    assert (row.reported, row.reported_in, row.status, row.done) == (False, "", "", "")
    assert (row.progress_pct, row.target_met, row.spent) == (None, None, None)


def test_a_later_quarter_does_not_reach_back_into_an_earlier_one(quarter, first, item, approve):
    approve(item, done="2분기 실적", spent_national="400")
    row = shown(first())
    assert (row.done, row.spent) == ("기본계획 수립", 100)


# --- spending ---------------------------------------------------------------------------------


def test_the_last_report_of_a_year_stands(quarter, item, approve):
    approve(item, spent_national="250", spent_municipal="30")
    row = shown(quarter)
    assert row.spent == 280
    assert {f["label"]: f["spent"] for f in row.card["funding"]} == {
        "계": 280,
        "국비": 250,
        "시비": 30,
    }


def test_a_report_without_amounts_takes_nothing_away(quarter, item, approve):
    approve(item)
    assert shown(quarter).spent == 100


def test_spent_zero_is_known(quarter, item, approve):
    approve(item, spent_national="0")
    assert shown(quarter).spent == 0


def test_years_without_a_report_come_from_the_card_and_reported_years_do_not(quarter, pledge):
    rows = {"before": 7000, "2018": 70, "2020": 20, "after": 9000}
    for year, amount in rows.items():
        Funding.objects.create(pledge=pledge, source=Source.NATIONAL, year=year, spent=amount)
    pledge.funding.filter(year="2019").update(spent=5000)
    # 2019 was reported with 100; what was spent before the term is 기투자, after it is not spent yet.
    assert shown(quarter).spent == 70 + 100 + 20


def test_years_add_up(quarter, item, pledge, people, approve):
    approve(item, spent_national="250")
    day = datetime.date(2020, 4, 2)
    with override_settings(OFFICE_TODAY=day):
        period = factories.make_period(
            people["strategy"], 1, day, datetime.date(2020, 4, 10), datetime.date(2020, 3, 31), 2020
        )
        approve(period.submissions.get(code="1-1"), spent_national="40", spent_other="2")
    row = shown(period)
    assert row.spent == 292
    assert {f["label"]: f["spent"] for f in row.card["funding"]} == {
        "계": 292,
        "국비": 290,
        "시비": None,
        "기타(민자)": 2,
    }


# --- money ------------------------------------------------------------------------------------


def test_unknown_amounts_are_left_out_and_unknown_altogether_stays_unknown():
    assert total([]) is None
    assert total([None, None]) is None
    assert total([None, 0]) == 0
    assert total([None, 5, 7]) == 12


def test_totals_of_partly_known_funding(quarter, pledge):
    pledge.funding.all().delete()
    rows = [
        ("before", "national", 1000, 1000),
        ("2019", "national", 500, None),
        ("2020", "national", None, None),
        ("2020", "municipal", None, 30),
        ("2022", "municipal", 40, None),
        ("after", "other", 2000, 2000),
    ]
    for year, source, planned, secured in rows:
        Funding.objects.create(
            pledge=pledge, year=year, source=source, planned=planned, secured=secured
        )
    row = shown(quarter)
    assert (row.planned, row.planned_in_term, row.secured) == (3540, 540, 30)
    lines = {f["label"]: f for f in row.card["funding"]}
    assert list(lines) == ["계", "국비", "시비", "기타(민자)"]
    keys = ("planned", "planned_in_term", "secured")
    assert {label: tuple(line[k] for k in keys) for label, line in lines.items()} == {
        "계": (3540, 540, 30),
        "국비": (1500, 500, None),
        "시비": (40, 40, 30),
        "기타(민자)": (2000, None, None),
    }
    years = lines["계"]["years"]
    assert list(years) == ["before", "2018", "2019", "2020", "2021", "2022", "after"]
    assert list(years.values()) == [1000, None, 500, None, None, 40, 2000]


def test_funding_that_is_all_unknown_stays_unknown(quarter, pledge):
    Spending.objects.all().delete()
    pledge.funding.update(planned=None, secured=None)
    row = shown(quarter)
    assert (row.planned, row.planned_in_term, row.secured, row.spent) == (None,) * 4
    assert row.card["funding"][0]["label"] == "계"


def test_a_card_without_money_has_no_funding_table(quarter, pledge):
    Spending.objects.all().delete()
    pledge.funding.all().delete()
    assert shown(quarter).card["funding"] == []


# --- milestones, targets ----------------------------------------------------------------------


def test_a_step_was_done_when_the_last_approved_report_says(quarter, item, pledge, people, approve):
    first, second = pledge.milestones.all()

    def actual(**how):
        return [m["actual"] for m in shown(quarter, **how).card["milestones"]]

    assert actual() == ["", ""]
    first.done_before = "2018-12"
    first.save()
    assert actual() == ["2018-12", ""]
    factories.write(item, people["writer"], **{f"step_{first.pk}": "2019. 4."})
    assert actual() == ["2018-12", ""]
    assert actual(approved_only=False) == ["2019-04", ""]
    factories.move("submit", item, people["writer"])
    factories.move("approve", item, people["strategy"])
    assert actual() == ["2019-04", ""]


def test_a_step_keeps_its_day_when_a_later_report_says_nothing(quarter, item, pledge, approve):
    step = pledge.milestones.first()
    approve(item, **{f"step_{step.pk}": "2019. 3. 7."})
    step_row = shown(quarter).card["milestones"][0]
    assert step_row == {"title": "기본계획", "planned": "2019-03", "actual": "2019-03-07"}


def test_targets_stand_in_the_order_of_the_years(quarter, pledge):
    for year, amount in [("after", None), ("2019", "3.50"), ("before", "100"), ("2022", "0")]:
        pledge.targets.create(year=year, text=year, amount=amount, unit="km")
    found = [(t["label"], t["amount"]) for t in shown(quarter).card["targets"]]
    assert found == [("기투자", "100"), ("2019", "3.5"), ("2022. 6.", "0"), ("임기 후", None)]


# --- the whole --------------------------------------------------------------------------------


def test_rows_stand_in_the_order_of_the_plan(departments, people):
    term, older = factories.make_term(), factories.make_term(6, 2016, 2020)
    factories.make_pledge(older, departments["복지과"])
    for field, serial in [(2, 1), (1, 10), (1, 2), (1, 1)]:
        factories.make_pledge(term, departments["도로과"], field, serial)
    period = factories.make_period(people["strategy"])
    rows = draw(period)
    assert [(r.term_no, r.number) for r in rows] == [
        (7, "1-1"),
        (7, "1-2"),
        (7, "1-10"),
        (7, "2-1"),
        (6, "1-1"),
    ]
    assert [r.number for r in sorted(rows[:4], key=lambda r: r.order)] == [
        r.number for r in rows[:4]
    ]
    assert [r.term_no for r in draw(period, term_no=6)] == [6]


def test_queries_do_not_grow_with_pledges(departments, people):
    term = factories.make_term()
    for serial in range(1, 6):
        factories.make_pledge(term, departments["도로과"], 1, serial)
    few = _queries(factories.make_period(people["strategy"], 1, as_of=factories.Q1_AS_OF))
    for serial in range(6, 41):
        factories.make_pledge(term, departments["도로과"], 1, serial)
    many = _queries(factories.make_period(people["strategy"], 2))
    assert (few[0], many[0]) == (5, 40)
    assert few[1] == many[1]


def _queries(period):
    for report in Pledge.objects.filter(reports__submission__period=period):
        report.reports.last().spending.create(source=Source.NATIONAL, amount=1)
    with CaptureQueriesContext(connection) as captured:
        rows = draw(period, approved_only=False)
    return len(rows), len(captured)


def test_what_is_published_is_what_was_drawn(quarter, item, people, approve):
    approve(item, spent_national="250")
    drawn = draw(quarter)
    publication = Publication.objects.create(period=quarter, revision=1, by=people["strategy"])
    assert publish(publication) == len(drawn) == 3
    skip = {"id", "publication_id"}
    names = [f.attname for f in PublishedPledge._meta.fields if f.attname not in skip]
    saved = publication.pledges.order_by("order")
    assert [[getattr(r, n) for n in names] for r in saved] == [
        [getattr(r, n) for n in names] for r in drawn
    ]


def test_a_card_changed_later_leaves_the_publication_alone(quarter, first, pledge):
    reword(pledge, title="바뀐 이름", final_goal="바뀐 목표")
    pledge.funding.update(planned=1)
    row = PublishedPledge.objects.get(publication__period=first(), number="1-1")
    assert (row.title, row.planned) == ("(예시) 공약 1-1", 800)


# --- the rounding of the day ------------------------------------------------------------------


def policy(term, day, mode=UP, places=2):
    return RatePolicy.objects.create(
        term=term, valid_from=datetime.date.fromisoformat(day), mode=mode, places=places
    )


def test_the_policy_in_force_on_the_as_of_date_rounds(departments):
    term, other = factories.make_term(), factories.make_term(8, 2022, 2026)
    policy(term, "2019-05-01")
    policy(term, "2020-01-01", UP, 1)
    policy(other, "2018-01-01", TRUNC, 0)
    day = datetime.date.fromisoformat
    assert rounding_for(term, day("2019-04-30")) == DEFAULT
    assert rounding_for(term, day("2019-05-01")) == Rounding(UP, 2)
    assert rounding_for(term, day("2019-12-31")) == Rounding(UP, 2)
    assert rounding_for(term, day("2021-06-30")) == Rounding(UP, 1)


def test_a_publication_keeps_the_policy_it_was_made_with(quarter, first, people):
    term = Pledge.objects.first().term
    policy(term, "2018-07-01")
    kept = PublishedTerm.objects.get(publication__period=first())
    assert (kept.rate_mode, kept.rate_places) == (TRUNC, 1)
    second = publish_period(first(), by=people["strategy"], revision=2, reason="산정 방식 정정")
    assert [(t.rate_mode, t.rate_places) for t in second.terms.all()] == [(UP, 2)]
    kept.refresh_from_db()
    assert (kept.rate_mode, kept.rate_places) == (TRUNC, 1)


def test_a_published_term_has_its_fields_in_order(quarter):
    found = terms_of(quarter, list(Pledge.objects.all()))
    assert [t.no for t in found] == [7]
    assert [(f["order"], f["name"]) for f in found[0].fields] == list(
        enumerate(factories.FIELDS, 1)
    )
