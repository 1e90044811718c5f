"""공약 추진상황 보고서: drafts and published ones, what needs attention, what is unknown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pledges import documents, rules
from pledges.documents import figures
from pledges.models import Demo, Pledge, PledgeReport, PublishedPledge, Status
from reporting import documents as d
from reporting.exports import RENDERERS
from reporting.models import Period
from tests import factories
from tests.change_makers import reword


def first_quarter():
    return Period.objects.get(code="2019-q1")


def tables(document):
    return [block for block in document.blocks if isinstance(block, d.Table)]


def texts(document, kind):
    return [block.text for block in document.blocks if isinstance(block, kind)]


def test_an_unknown_amount_stays_blank_and_leaves_the_rate(quarter):
    rows = [
        PublishedPledge(card={"funding": [line("계", planned_in_term=200, secured=None)]}),
        PublishedPledge(card={"funding": [line("계", planned_in_term=300, secured=100)]}),
        PublishedPledge(card={}),
    ]
    total, national, *_ = figures.money(rows)
    assert (total.planned_in_term, total.secured, str(total.secured_rate)) == (500, 100, "33.33")
    assert (national.planned, national.secured_rate) == (None, None)


def line(label, **amounts):
    names = ("planned", "planned_in_term", "secured", "spent")
    return {"label": label, **{name: amounts.get(name) for name in names}}


@pytest.mark.parametrize("demo", [Demo.NONE, Demo.ALL])
def test_a_table_without_a_real_name_over_examples_has_no_mark(quarter, people, demo):
    Pledge.objects.update(demo=demo)
    item = quarter.submissions.get(code="1-1")
    factories.hand_in(item, people["writer"], status="partial", problems="지연")
    document = documents.report_document(quarter)
    assert not [text for text in texts(document, d.Note) if text.startswith("*")]
    assert "(예시) 공약 1-1" in [row[1] for table in tables(document) for row in table.rows]


# --- what is not published --------------------------------------------------------------------
def test_an_open_period_is_a_draft_and_says_how_much_is_approved(quarter, people):
    one, two = quarter.submissions.filter(code__startswith="1-")
    factories.hand_in(one, people["writer"], status="completed")
    factories.move("approve", one, people["strategy"])
    factories.hand_in(two, people["writer"], status="partial", problems="보상 지연")
    document = documents.report_document(quarter)
    notes = texts(document, d.Note)
    assert document.draft
    assert "전체 3건 가운데 1건이 승인된" in document.summary
    assert "미공표 자료: 전체 3건 가운데 1건이 승인됨" in notes
    assert "이번 기간 미보고 1건은 마지막으로 승인된 내용으로 셈" in notes
    assert tables(document)[1].rows == ((3, 1, 0, 1, 1, None),)


def test_a_published_report_stays_as_it_was(quarter, people):
    before = documents.report_document(first_quarter())
    PledgeReport.objects.update(status=Status.SCRAPPED)
    for pledge in Pledge.objects.all():
        reword(pledge, title="바뀐 이름")
    assert documents.report_document(first_quarter()) == before


def test_sluggish_pledges_come_with_problem_and_countermeasure(quarter, people):
    one = quarter.submissions.get(code="1-1")
    factories.hand_in(
        one, people["writer"], status="on_hold", problems="보상 지연", countermeasures="협의 재개"
    )
    document = documents.report_document(quarter)
    found = [row for table in tables(document) for row in table.rows if "보상 지연" in row]
    assert [(row[0], row[3], row[4], row[5]) for row in found] == [
        ("1-1", "보류\n부진", "보상 지연", "협의 재개")
    ]
    header = [cell.label for cell in tables(document)[1].header_rows[0]]
    assert header == ["총계", "완료(0.0%)", "추진중(66.7%)", "그 밖(33.3%)", "비고"]


def test_no_sluggish_pledge_is_said_so(quarter):
    document = documents.report_document(first_quarter())
    assert "해당 없음" in texts(document, d.Item)
    assert document.summary.endswith("부진사업은 없음.")


def test_a_period_without_pledges_makes_a_report_without_numbers(people):
    period = factories.make_period(people["strategy"])
    document = documents.report_document(period)
    assert document.summary == "2019년 2분기에 보고할 공약이 없음."
    assert RENDERERS["pdf"](document).startswith(b"%PDF")


@pytest.mark.parametrize("published", [True, False])
def test_queries_do_not_grow_with_pledges(people, departments, published):
    term = factories.make_term()
    factories.make_pledge(term, departments["도로과"], 1, 1)
    factories.make_pledge(term, departments["복지과"], 2, 1)
    factories.first_quarter(people)
    few = queries(factories.make_period(people["strategy"]), published)
    for serial in range(2, 14):
        factories.make_pledge(term, departments["도로과"], 1, serial)
    many = factories.make_period(
        people["strategy"],
        3,
        factories.Q2_OPENS,
        factories.Q2_DUE,
        factories.Q2_AS_OF.replace(month=9),
    )
    if published:
        writers = {people[n].department_id: people[n] for n in ("writer", "stranger")}
        factories.approve_all(many, writers, people["strategy"])
        factories.close_and_publish(many, people["strategy"])
        few = queries(first_quarter(), True)
    assert queries(many, published) == few


def queries(period, published):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        document = documents.full_report_document(period)
    assert document.draft or published
    return len(seen)


# --- rules ------------------------------------------------------------------------------------
def row(**fields):
    return PublishedPledge(**{"status": "on_track", "reported": True, **fields})


Q1 = Period(cadence="q", year=2019, number=1, as_of=factories.Q1_AS_OF)
Q3 = Period(cadence="q", year=2019, number=3, as_of=factories.Q2_AS_OF.replace(month=10))
HALF = Period(cadence="h", year=2019, number=2, as_of=factories.Q2_AS_OF.replace(month=10))


@pytest.mark.parametrize(
    ("pledge", "period", "expected"),
    [
        (row(), Q1, []),
        (row(status="partial"), Q1, ["behind"]),
        (row(status="on_hold"), Q1, ["behind"]),
        (row(status="scrapped"), Q1, ["behind"]),
        (row(status="completed"), Q1, []),
        (row(target_met=False), Q1, ["target"]),
        (row(target_met=True), Q1, []),
        (row(target_met=None), Q1, []),
        (row(completes_in=2018), Q1, ["overdue"]),
        (row(completes_in=2019), Q1, []),
        (row(completes_in=2018, status="completed"), Q1, []),
        (row(completes_in=2018, status="completed_ongoing"), Q1, []),
        (row(secured=100, spent=49), Q1, []),
        (row(secured=100, spent=49), Q3, ["spending"]),
        (row(secured=100, spent=49), HALF, []),
        (row(secured=100, spent=50), Q3, []),
        (row(secured=100, spent=0), Q3, ["spending"]),
        (row(secured=100, spent=None), Q3, []),
        (row(secured=None, spent=10), Q3, []),
        (row(secured=0, spent=0), Q3, []),
        (row(secured=100, spent=0, status="completed"), Q3, []),
        (row(reported=False), Q1, ["unreported"]),
        (row(status=""), Q1, ["unreported"]),
        (row(status="", completes_in=2018), Q1, ["unreported"]),
    ],
)
def test_a_rule_calls_for_attention(pledge, period, expected):
    assert [rule.key for rule in rules.reasons(pledge, period)] == expected
