"""The chart of steps: true to the days, and told without colour."""

import datetime
from decimal import Decimal

from django.template import Context, Template

from reporting import charts

ON = datetime.date(2019, 6, 30)


def day(text):
    return datetime.date.fromisoformat(text)


def draw(*steps, on=ON):
    source = Template("{% load charts %}{% gantt steps on title %}")
    return source.render(Context({"steps": list(steps), "on": on, "title": "A < B"}))


def test_the_months_hold_every_step_and_the_day():
    step = charts.Step("착공", day("2019-02-10"), day("2019-04-30"))
    assert charts.months([step], ON) == (day("2019-02-01"), day("2019-07-01"))
    late = step._replace(done=(day("2019-09-01"), day("2019-09-30")))
    assert charts.months([late], ON)[1] == day("2019-10-01")


def test_a_month_is_as_wide_as_its_days():
    step = charts.Step("착공", day("2019-04-01"), day("2019-04-30"))
    row = charts.step_rows([step], day("2019-01-01"), day("2020-01-01"))[0]
    assert row["bar"]["x"] == Decimal("24.65")  # 90 of 365 days
    assert row["bar"]["width"] == Decimal("32.87") - Decimal("24.65")


def test_a_step_that_goes_on_reaches_the_end_of_its_year_with_an_arrow():
    step = charts.Step("운영", day("2019-03-01"), None)
    first, end = charts.months([step], ON)
    assert (first, end) == (day("2019-03-01"), day("2020-01-01"))
    row = charts.step_rows([step], first, end)[0]
    assert row["open"] and row["bar"]["x"] + row["bar"]["width"] == 100
    assert "M-14 0 L0 10" in draw(step)


def test_a_step_without_a_date_is_named_and_has_no_bar():
    step = charts.Step("준공", None, None, state="예정")
    assert charts.step_rows([step], day("2019-06-01"), day("2019-07-01"))[0]["bar"] is None
    drawn = draw(step)
    assert "준공 · 때를 정하지 않음" in drawn and "M-14 0" not in drawn


def test_what_was_done_is_marked_where_it_was_done():
    step = charts.Step(
        "착공", day("2019-01-01"), day("2019-01-31"), (day("2019-06-01"), ON), "완료"
    )
    row = charts.step_rows([step], day("2019-01-01"), day("2020-01-01"))[0]
    assert row["done"]["x"] == Decimal("41.36") and row["bar"]["x"] == 0
    assert "착공 · 완료" in draw(step)


def test_many_years_get_few_ticks():
    assert [t["label"] for t in charts.ticks(day("2019-11-01"), day("2020-02-01"))] == [
        "2019년 11월", "12월", "2020년 1월",
    ]  # fmt: skip
    years = charts.ticks(day("2018-05-01"), day("2026-01-01"))
    assert years[0]["label"] == "2019년" and len(years) == 7
    assert len(charts.ticks(day("1900-01-01"), datetime.date.max)) <= charts.TICKS_AT_MOST + 1


def test_the_picture_has_a_name_a_region_and_no_style_of_its_own():
    drawn = draw(charts.Step("<b>", day("2019-01-01"), day("2019-01-31"), None, "지연", "scrapped"))
    assert 'role="img"' in drawn and "<title" in drawn and "<desc" in drawn
    assert 'tabindex="0" role="region" aria-label="A &lt; B 그림"' in drawn
    assert "style=" not in drawn and "<b>" not in drawn
    assert "기준일" in drawn and "6월" in drawn
