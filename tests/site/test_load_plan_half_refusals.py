"""Reports of the half year that do not fit the plan's tasks and projects are refused in a sentence."""

import pytest

from .test_load_plan import row_counts
from .test_load_plan_refusals import change, data, refusal  # noqa: F401

pytestmark = pytest.mark.django_db
FILE = "reports-2019-h1/works.json"

SPOILT = {
    "a task that is not there": (
        lambda rows: rows[0].update(task=99),
        "2019-h1: 없는 업무·사업 99의 실적입니다.",
    ),
    "a project that is not there": (
        lambda rows: rows.append({"project": "moon-base", "done": ["착륙"]}),
        "2019-h1: 없는 업무·사업 moon-base의 실적입니다.",
    ),
    "a task told twice": (
        lambda rows: rows.append(rows[0]),
        "2019-h1: 1의 실적이 두 번 있습니다.",
    ),
    "a step that the plan does not have": (
        lambda rows: rows[1]["steps"].update(준공="2019-04"),
        "2019-h1: 2의 일정 '준공'이(가) 계획에 없습니다.",
    ),
}


@pytest.mark.parametrize(("how", "said"), SPOILT.values(), ids=SPOILT)
def test_a_half_year_that_does_not_fit_the_plan_is_refused(data, how, said):  # noqa: F811
    change(data / FILE, how)
    assert said in refusal(data)


def test_a_day_that_is_none_takes_everything_back(data):  # noqa: F811
    before = row_counts()
    change(
        data / FILE, lambda rows: rows[2].update(steps=dict.fromkeys(rows[2]["steps"], "2019-13"))
    )
    assert "주요업무·사업 업무 3 실적:" in refusal(data)
    assert row_counts() == before


def test_a_task_without_a_word_takes_everything_back(data):  # noqa: F811
    before = row_counts()
    change(data / FILE, lambda rows: rows[0].update(done=[]))
    assert "추진실적을 적거나" in refusal(data)
    assert row_counts() == before


def test_a_step_without_its_figure_is_no_other_step(data):  # noqa: F811
    """A step is named as the plan's data names it, its `{key}` included."""
    change(
        data / FILE,
        lambda rows: rows[1].update(steps={"사업 발굴(수요조사 2차) 및 추진단 구성": "2019-01"}),
    )
    assert "계획에 없습니다" in refusal(data)
