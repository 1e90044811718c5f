"""What the year's plan tells of pledges: counts and tables of the quarter published by its day."""

import datetime

import pytest

from pledges.documents import plan_blocks, plan_figures
from pledges.documents.plan import as_of

pytestmark = pytest.mark.django_db
BEFORE, AFTER = datetime.date(2019, 4, 29), datetime.date(2019, 6, 30)


def test_the_last_quarter_and_each_quarter_of_the_year(plan_2019):
    found = plan_figures(2019, AFTER)
    assert found["pledges.rate"] == found["pledges.2019-q1.rate"] == "39.3%"
    assert found["pledges.as-of"] == "2019. 4월말"
    assert (found["pledges.total"], found["pledges.fields"]) == ("66", "5")
    assert found["pledges.2019-q2.rate"] == "-"


def test_the_tables_have_the_plans_shape(plan_2019):
    (fields,), (statuses,) = (
        plan_blocks(name, AFTER) for name in ("pledges:fields", "pledges:statuses")
    )
    assert fields.rows == ((66, 19, 14, 8, 17, 8),)
    assert statuses.rows == ((66, 4, 22, 40, 0, None),)
    upper, lower = statuses.header_rows
    assert [(cell.label, cell.colspan) for cell in upper] == [
        ("총계", 1),
        ("완료(39.3%)", 2),
        ("추진중(60.7%)", 2),
        ("비고", 1),
    ]
    assert [cell.label for cell in lower] == ["종료", "이행후 계속추진", "정상추진", "일부추진"]


def test_before_the_first_publication_nothing_is_told(plan_2019):
    assert set(plan_figures(2019, BEFORE).values()) == {"-"}
    (note,) = plan_blocks("pledges:fields", BEFORE)
    assert note.text == "공표된 공약 이행 현황 없음"


def test_another_name_is_no_table_of_pledges(plan_2019):
    assert plan_blocks("balanced", AFTER) == []


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        ((2019, 4, 30), "2019. 4월말"),
        ((2020, 2, 29), "2020. 2월말"),
        ((2019, 4, 25), "2019. 4. 25."),
    ],
)
def test_a_months_last_day_is_its_end(day, printed):
    assert as_of(datetime.date(*day)) == printed
