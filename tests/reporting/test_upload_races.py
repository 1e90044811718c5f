"""Two at once around an upload: written once or not at all, and nobody's text is lost."""

import pytest

from pledges.models import PledgeReport
from reporting import actions, uploads
from reporting.history import Stale
from reporting.models import Upload
from reporting.workflow import Refused, take
from tests import factories
from tests.reporting import workbooks
from tests.reporting.test_races import save, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def brought(user, values):
    return workbooks.bring(user, workbooks.filled(workbooks.take(user), values))[1]


def reports(quarter):
    return {r.submission.code: r for r in PledgeReport.objects.filter(submission__period=quarter)}


def test_two_clicks_on_confirm_write_once(quarter, people):
    upload = brought(people["writer"], {("1-1", "문제점"): "민원", ("1-2", "추진율(%)"): 45})
    results = together(*[lambda: uploads.confirm(upload, by=people["writer"])] * 3)
    assert {r.pk for r in results} == {upload.pk}
    for report in reports(quarter).values():
        if report.submission.department_id == people["writer"].department_id:
            assert report.version == 2
            assert report.history.filter(history_change_reason="엑셀 올리기").count() == 1
    assert reports(quarter)["1-1"].submission.authors.count() == 1


def test_two_people_s_sheets_of_the_same_cells_one_wins_whole(quarter, people):
    for turn in range(4):
        mine, theirs = (
            brought(people[name], {(code, "추진실적"): f"{name} {turn}" for code in ("1-1", "1-2")})
            for name in ("writer", "colleague")
        )
        results = together(
            lambda u=mine: uploads.confirm(u, by=people["writer"]),
            lambda u=theirs: uploads.confirm(u, by=people["colleague"]),
        )
        assert sorted(isinstance(r, Upload) for r in results) == [False, True]
        assert sum(isinstance(r, Refused) for r in results) == 1
        found = reports(quarter)
        assert found["1-1"].done == found["1-2"].done and found["1-1"].done.endswith(str(turn))


def test_confirming_while_somebody_saves_the_same_rows_loses_neither(quarter, people):
    """Another cell of the same row: both stand. The lock of many rows does not cross the lock of one."""
    item = quarter.submissions.get(code="1-2")
    for turn in range(6):
        upload = brought(
            people["writer"], {("1-1", "문제점"): f"민원 {turn}", ("1-2", "문제점"): f"민원 {turn}"}
        )
        version = reports(quarter)["1-2"].version
        confirmed, saved = together(
            lambda u=upload: uploads.confirm(u, by=people["writer"]),
            lambda v=version, t=turn: save(
                item,
                people["colleague"],
                v,
                done=f"동료 {t}",
                problems=f"민원 {t - 1}" if t else "",
            ),
        )
        found = reports(quarter)["1-2"]
        assert isinstance(confirmed, Upload) and found.problems == f"민원 {turn}"
        if isinstance(saved, Stale):
            assert found.version == version + 1
        else:
            assert found.done == f"동료 {turn}" and found.version == version + 2


def test_confirming_and_closing_do_not_cross(quarter, people):
    upload = brought(people["writer"], {("1-1", "문제점"): "민원"})
    confirmed, closed = together(
        lambda: uploads.confirm(upload, by=people["writer"]),
        lambda: actions.close_period(quarter, by=people["strategy"], missing_reason="지연"),
    )
    assert not isinstance(closed, Exception)
    done = isinstance(confirmed, Upload)
    assert done or isinstance(confirmed, Refused)
    assert (reports(quarter)["1-1"].problems == "민원") is done


def test_confirming_and_handing_in_do_not_cross(quarter, people):
    item = quarter.submissions.get(code="1-1")
    factories.write(item, people["writer"])
    upload = brought(people["writer"], {("1-1", "문제점"): "민원"})
    confirmed, handed_in = together(
        lambda: uploads.confirm(upload, by=people["writer"]),
        lambda: take("submit", item, by=people["colleague"], seen=2),
    )
    if isinstance(confirmed, Refused):
        assert not isinstance(handed_in, Exception)
    else:  # what was handed in was read at version 2, which is no more
        assert isinstance(handed_in, Refused)
