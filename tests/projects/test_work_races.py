"""Two at once on a half-year report: nothing acknowledged is lost, nothing happens twice."""

import pytest

from projects.models import PublishedTask, StepReport, WorkReport, WorkSpending
from reporting.actions import close_period, create_period, open_period, publish_period
from reporting.clock import on_day
from reporting.history import Stale
from reporting.models import Period, Transition
from reporting.workflow import Refused, take
from tests.projects.work_makers import FIRST, make_works, report_of, save, step_name
from tests.reporting.test_races import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def task(half):
    return half.submissions.get(code="업무 1")


def test_of_two_saves_of_one_version_one_wins_and_one_is_told(task, people):
    step = step_name(task)
    for version in range(1, 5):
        results = together(
            lambda v=version: save(
                task, people["writer"], v, done=f"글 {v}", **{step: f"2019-0{v}"}
            ),
            lambda v=version: save(
                task, people["colleague"], v, done=f"말 {v}", **{step: f"201{v}"}
            ),
        )
        won = [r for r in results if not isinstance(r, Exception)]
        assert (len(won), [type(r) for r in results if isinstance(r, Exception)]) == (1, [Stale])
        report, form = won[0]
        assert (report_of(task).done, report_of(task).version) == (report.done, version + 1)
        assert StepReport.objects.get().actual == form.cleaned_data[step]
    assert WorkReport.history.filter(id=report.pk).count() == 1 + 4


def test_the_same_entry_sent_twice_writes_one_row_of_each(half, people):
    item = half.submissions.get(code="사업 1-1")
    entry = {"done": "공정률 10%", "spent_municipal": "60"}
    results = together(*[lambda: save(item, people["writer"], 1, **entry)] * 3)
    assert sum(not isinstance(r, Exception) for r in results) >= 1
    assert all(isinstance(r, Stale | tuple) for r in results)
    assert list(WorkSpending.objects.values_list("amount", flat=True)) == [60]
    assert report_of(item).version == 2


def test_two_clicks_on_submit_make_one_move(task, people):
    save(task, people["writer"], done="착공함", **{step_name(task): "2019-04"})
    results = together(*[lambda: take("submit", task, by=people["writer"])] * 2)
    assert sum(isinstance(r, Transition) for r in results) == 1
    assert sum(isinstance(r, Refused) for r in results) == 1


def test_two_clicks_on_open_make_each_report_once(people, departments):
    make_works(departments)
    period = create_period(Period(cadence="h", year=2019, number=1, **FIRST), by=people["strategy"])
    results = together(*[lambda: open_period(period, by=people["strategy"])] * 3)
    assert sorted(results) == [0, 0, 2]
    assert WorkReport.objects.count() == 2


def test_two_clicks_on_publish_publish_once(half, people):
    close_period(half, by=people["strategy"], missing_reason="지연")

    def publish():
        with on_day(half.due_on):
            return publish_period(half, by=people["strategy"], revision=1)

    results = together(publish, publish, publish)
    assert len({r.pk for r in results}) == 1
    assert PublishedTask.objects.count() == 1
