"""The lines and tables of documents: steps by what is done, districts by fund, cards, what a draft shows."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.documents import (
    DOCUMENTS,
    annual_document,
    balanced_document,
    book_of,
    card_document,
    cards_document,
    steps,
    studies_document,
    tables,
)
from projects.models import (
    Funding,
    Milestone,
    Project,
    ProjectOfficer,
    Revision,
    RevisionLine,
)
from reporting import documents as d
from reporting.models import Period
from tests.projects import makers
from tests.projects.test_snapshots import reported

ON = datetime.date(2019, 6, 15)


# --- steps --------------------------------------------------------------------------------------
def step(title, starts, ends="", is_open=False, actual="", notes=(), pk=0):
    return {
        "pk": pk,
        "title": title,
        "starts": starts,
        "ends": ends,
        "is_open": is_open,
        "actual": actual,
        "notes": [{"mark": mark, "text": text} for mark, text in notes],
    }


def lines(*found):
    return [line for line, _ in steps.listed(found, ON)]


def test_one_step_on_several_dates_is_one_line():
    found = [step("보고", f"2019-{month}") for month in ("07", "10", "12")]
    assert lines(*found, step("최종", "2019-12")) == [
        "2019. 7. / 10. / 12.: 보고",
        "2019. 12.: 최종",
    ]


def test_steps_with_other_notes_stay_apart():
    found = [step("보고", "2019-07", notes=[("note", "서면")]), step("보고", "2019-10")]
    assert lines(*found) == ["2019. 7.: 보고", "2019. 10.: 보고"]


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (step("착공", "2019-04", "2019-05", actual="2019-05"), "2019. 4. ~ 5.: 착공"),
        (step("착공", "2019-04", actual="2019-04-25"), "2019. 4.: 착공"),
        (step("착공", "2019-04", actual="2019-06"), "2019. 6.: 착공(당초 2019. 4.)"),
        (step("착공", "2019-04", actual="2019-03"), "2019. 3.: 착공(당초 2019. 4.)"),
        (step("관리", "2019-01", is_open=True), "2019. 1. ~: 관리"),
        (step("착공", "2019-05"), "2019. 5.: 착공 (지연)"),
        (step("현행화", ""), "현행화"),
        (step("현행화", "", actual="2019-06"), "현행화"),
    ],
)
def test_a_line_of_a_step(given, line):
    assert lines(given) == [line]


def test_a_late_date_of_a_step_stands_apart_from_those_to_come():
    found = [step("보고", f"2019-{month}", pk=pk) for pk, month in enumerate(("03", "07", "10"))]
    assert lines(*found) == ["2019. 3.: 보고 (지연)", "2019. 7. / 10.: 보고"]


def test_a_chart_of_months_marks_plan_done_and_today():
    chart = steps.chart(
        [step("착공", "2019-05", "2019-07", actual="2019-06"), step("준공", "2019-08")], ON
    )
    (year,) = chart.columns[1:]
    assert (year.label, [c.label for c in year.children]) == ("2019년", ["5", "▼6", "7", "8"])
    assert chart.rows == (("착공", "□", "■", "□", ""), ("준공", "", "", "", "□"))


def test_a_chart_of_many_years_has_a_column_a_quarter_or_a_year():
    quarters = steps.chart([step("공사", "2018", "2020")], ON)
    assert [c.label for c in quarters.columns[1:]] == ["2018년", "2019년", "2020년"]
    assert [c.label for c in quarters.columns[2].children] == ["1/4", "▼2/4", "3/4", "4/4"]
    years = steps.chart([step("공사", "2015", "2030")], ON)
    assert [c.label for c in years.columns[1:]][3:6] == ["2018", "▼2019", "2020"]


def test_steps_without_dates_make_no_chart():
    assert steps.chart([step("현행화", "")], ON) is None


# --- districts ------------------------------------------------------------------------------------
class Row:
    """A snapshot row as far as the table of districts reads it."""

    starts, ends = "2018", "2019"

    def __init__(self, title, cost, fund=""):
        self.title, self.total_cost = title, cost
        facts = [["사업구분", fund]] if fund else []
        self.data = {"lines": [], "detail": {"facts": facts, "tables": []}}


PARTS = [
    Row("출렁다리", 11000, "균특사업"),
    Row("직매장", 2900, "균특"),
    Row("창업", 3276, "순도비"),
]


def test_the_funds_are_a_joined_first_column():
    table = tables.districts(Row("3기", 17176), PARTS)
    assert table.columns[0].label == "구분"
    assert [row[0] for row in table.rows] == ["합계", "균특사업", "균특사업", "순도비사업"]
    assert table.first_spans == (1, 2, 0, 1)
    assert table.rows[0][1:4] == ("3개 지구", "", 17176)


def test_subtotals_come_first_in_their_group_and_know_what_they_do_not_know():
    table = tables.districts(Row("3기", 17176), PARTS, subtotals=True)
    assert [(row[1], row[3]) for row in table.rows] == [
        ("3개 지구", 17176),
        ("소계 2개", 13900),
        ("1 출렁다리", 11000),
        ("2 직매장", 2900),
        ("소계 1개", 3276),
        ("3 창업", 3276),
    ]
    unknown = tables.districts(Row("3기", 1), [PARTS[0], Row("모름", None, "균특")], subtotals=True)
    assert unknown.rows[1][3] is None


def test_without_funds_there_is_no_such_column():
    table = tables.districts(Row("3기", 1), [Row("출렁다리", 1)], subtotals=True)
    assert [c.label for c in table.columns][0] == "사업명"
    assert [row[0] for row in table.rows] == ["합계 1개 지구", "1 출렁다리"]


# --- documents --------------------------------------------------------------------------------------
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(departments):
    return makers.make_plan(departments["전략기획실"])


def texts(document, kind=d.Item):
    return [block.text for block in document.blocks if isinstance(block, kind)]


def test_a_published_half_year_stays_as_it_was(plan, people):
    task = makers.make_task(plan)
    period = makers.half_year()
    makers.published(period, people["strategy"])
    task.title = "다른 이름"
    task.save()
    document = annual_document(period)
    assert [b.title for b in document.blocks if isinstance(b, d.Task)] == ["균형발전"]
    assert not document.draft


def test_a_draft_speaks_of_what_is_written_and_says_that_it_is_one(plan, people):
    task = makers.make_task(plan)
    one = makers.make_step(task, "착공", "2019-04")
    period = makers.half_year(state=Period.State.OPEN)
    period.by = people["strategy"]
    before = annual_document(period)
    assert before.draft and "2019. 4.: 착공 (지연)" in texts(before)
    reported(period, task, state="submitted", **{f"s{one.pk}": "2019-04"})
    after = annual_document(period)
    assert "2019. 4.: 착공" in texts(after)
    headings = texts(after, d.Heading)
    assert "그동안 추진상황" in headings  # although the plan has no heading for it


def test_without_a_plan_the_report_says_so(db):
    period = makers.half_year(year=2025)
    assert texts(annual_document(period), d.Note) == ["2025년도 주요업무 계획이 없음"]
    for _, _, build, *_ in DOCUMENTS.values():
        assert build(period).blocks


def test_a_card_tells_money_people_steps_revisions(departments, plan, people):
    task = makers.make_task(plan)
    project = makers.make_project(
        departments["도로과"], task=task, starts="2018", ends="2020", total_cost=100
    )
    Funding.objects.create(project=project, source="national", year=2019, planned=60, secured=50)
    Funding.objects.create(project=project, source="municipal", year=None, planned=40)
    Milestone.objects.create(project=project, order=1, title="착공", starts="2019-04")
    day = datetime.date
    for person, starts, ends in (
        ("writer", day(2018, 1, 1), day(2018, 12, 31)),
        ("colleague", day(2019, 1, 1), None),
        ("head", day(2019, 12, 1), None),
    ):
        duty = "head" if person == "head" else "officer"
        ProjectOfficer.objects.create(
            project=project, person=people[person], duty=duty, starts_on=starts, ends_on=ends
        )
    revision = Revision.objects.create(
        project=project, number=1, decided_on=day(2019, 3, 4), reason="설계 변경"
    )
    RevisionLine.objects.create(revision=revision, label="총사업비", before="90", after="100")
    period = makers.half_year()
    found = [b for b in card_document(period, project.pk).blocks if isinstance(b, d.Table)]
    money, officers, steps_, chart, revisions = found
    assert money.rows == (
        ("총계", 60, 50, None, 40, None, None),
        ("국비", 60, 50, None, None, None, None),
        ("시비", None, None, None, 40, None, None),
    )
    assert [(row[1], row[3]) for row in officers.rows] == [
        ("colleague", "현재"),
        ("writer", "2018. 12. 31."),
    ]
    assert steps_.rows == (("착공", "2019. 4.", "", "지연"),)
    assert chart.rows == (("착공", "□"),)
    assert revisions.rows == (("1차", "2019. 3. 4.", "총사업비", "90", "100", "설계 변경"),)


def test_a_project_that_the_period_does_not_hold_has_no_card(departments, plan):
    gone = makers.make_project(departments["도로과"], is_active=False)
    assert card_document(makers.half_year(), gone.pk) is None


def test_the_queries_of_a_document_do_not_grow(departments, plan):
    def cost(build):
        with CaptureQueriesContext(connection) as seen:
            build(period)
        return len(seen)

    period = makers.half_year()
    builders = [build for _, _, build, *_ in DOCUMENTS.values()]
    first = makers.make_task(plan, 1)
    makers.make_step(first)
    makers.make_project(departments["도로과"], "p0", task=first)
    few = [cost(build) for build in builders]
    for number in range(2, 8):
        task = makers.make_task(plan, number)
        makers.make_step(task)
        makers.make_project(departments["도로과"], f"p{number}", task=task, kind="study")
    assert [cost(build) for build in builders] == few


class TestOf2019:
    """The reports of the half year that the plan of 2019 is."""

    @pytest.fixture
    def period(self, plan_2019):
        return Period.objects.get(code="2019-h1")

    def test_the_sums_of_the_districts_are_told_and_right(self, period):
        document = balanced_document(period)
        notes = texts(document, d.Note)
        assert (
            "재원 합계: 29,376 = 국비 7,400 + 도비 9,788 + 시비 12,188 (총사업비와 같음)" in notes
        )
        assert any(note.startswith("지구 합계: 29,376 = 11,000 + 2,900") for note in notes)
        money = next(b for b in document.blocks if isinstance(b, d.Table))
        assert money.rows[0] == ("총계", 29376, 7400, 9788, 12188, None)
        assert {row[2:] for row in money.rows[1:]} == {(None, None, None, None)}

    def test_a_wrong_sum_is_told_with_the_difference(self, period, plan_2019):
        Project.objects.filter(slug="balanced-1-3-2").update(total_cost=2901)
        draft = balanced_document(Period.objects.get(code="2019-h2"))
        assert any(note.endswith("(총사업비와 차이 1)") for note in texts(draft, d.Note))

    def test_the_contracts_with_the_money_that_is_known(self, period):
        document = studies_document(period)
        table = next(b for b in document.blocks if isinstance(b, d.Table))
        amounts = {row[1]: row[4] for row in table.rows}
        assert amounts["논산시 청년정책 기본계획 수립 용역"] == 50
        assert amounts["금강천리 발길따라 지역매력살리기 사업 시행방안 수립"] is None
        assert len(table.rows) == 4

    @pytest.mark.parametrize("kind", ["hwpx", "xlsx"])
    def test_one_card_is_taken_away_by_the_staff_alone(self, period, plan_2019, client, kind):
        project = Project.objects.get(slug="geumgang")
        address = f"/projects/{project.pk}/card.{kind}"
        assert client.get(address).url.startswith("/login/")
        client.force_login(plan_2019["writer"])
        answer = client.get(address)
        assert answer.status_code == 200 and answer.content.startswith(b"PK")
        for wrong in (f"{address}?period=2019-h2", f"{address}?period=%00", "/projects/0/card.pdf"):
            assert client.get(wrong).status_code == 404
        for wrong in ("html", "doc"):
            assert client.get(f"/projects/{project.pk}/card.{wrong}").status_code == 404
        assert client.get(f"/projects/{10**18}/card.pdf").status_code == 404

    def test_every_project_has_a_card_of_its_own(self, period):
        book, document = book_of(period), cards_document(period)
        cards = [b.title for b in document.blocks if isinstance(b, d.Card)]
        assert cards == [row.title for row in book.drawn.projects]
