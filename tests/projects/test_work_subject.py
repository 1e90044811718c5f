"""What a half year owes, how it is entered, handed in, approved and published through the one desk."""

import datetime

import pytest

from projects.models import ProjectOfficer, PublishedTask, StepReport
from projects.subject import WorkSubject
from reporting.actions import close_period, publish_period
from reporting.clock import on_day
from reporting.history import Stale
from reporting.workflow import Refused, take
from tests.projects.work_makers import save, step_name


def test_a_half_year_owes_tasks_and_running_projects_that_report(half):
    owed = [(o.code, o.title) for o in WorkSubject().owed(half)]
    assert owed == [("업무 1", "균형발전"), ("사업 1-1", "출렁다리")]
    assert {s.kind for s in half.submissions.all()} == {"work"}


def test_a_quarter_owes_pledges_only(quarter):
    assert {s.kind for s in quarter.submissions.all()} == {"pledge"}


def test_a_late_step_needs_a_word(half, people):
    item = half.submissions.get(code="업무 1")
    save(item, people["writer"], done="설계를 마침")
    with pytest.raises(Refused, match=r"착공\(2019\. 4\.\)"):
        take("submit", item, by=people["writer"])
    save(item, people["writer"], done="설계를 마침", problems="보상이 늦어짐")
    take("submit", item, by=people["writer"])


def test_from_entry_to_publication(half, people):
    item, project = (half.submissions.get(code=c) for c in ("업무 1", "사업 1-1"))
    _, form = save(item, people["writer"], done="착공함", **{step_name(item): "2019. 4. 25."})
    assert form.is_valid(), form.errors
    save(project, people["writer"], done="공정률 10%", spent_municipal="120")
    assert "계획 100백만원보다 많습니다" in WorkSubject().warnings(WorkSubject().report(project))[0]
    assert WorkSubject().briefs([item])[item.pk].text == "완료 1/1"
    for one in (item, project):
        take("submit", one, by=people["writer"])
        take("approve", one, by=people["strategy"])
    close_period(half, by=people["strategy"])
    with on_day(half.due_on):
        publish_period(half, by=people["strategy"], revision=1)
    row = PublishedTask.objects.get()
    assert (row.done, row.data["milestones"][0]["actual"]) == ("착공함", "2019-04-25")


def test_a_stale_save_changes_nothing_and_a_second_one_is_no_news(half, people):
    item = half.submissions.get(code="업무 1")
    fields = {"done": "착공함", step_name(item): "2019-04"}
    save(item, people["writer"], **fields)
    with pytest.raises(Stale):
        save(item, people["colleague"], version=1, done="다른 글")
    save(item, people["writer"], **fields)
    report = WorkSubject().report(item)
    assert (report.version, report.done) == (2, "착공함")
    assert StepReport.objects.get().history.count() == 1


def test_entry_and_review_pages(half, people, client):
    item = half.submissions.get(code="업무 1")
    client.force_login(people["writer"])
    page = client.get(f"/desk/{item.pk}/")
    assert page.status_code == 200 and "이번 완료" in page.content.decode()
    bad = client.post(f"/desk/{item.pk}/", {"version": 1, step_name(item): "²"})
    assert bad.status_code == 422
    client.force_login(people["strategy"])
    assert client.get(f"/review/{item.pk}/").status_code == 200
    assert client.get(f"/periods/{half.pk}/").status_code == 200


def test_a_hand_over_ends_one_row_and_begins_the_next(half, people):
    key = half.submissions.get(code="사업 1-1").key
    ProjectOfficer.objects.create(
        project_id=int(key.split("-")[1]),
        person=people["writer"],
        starts_on=datetime.date(2019, 1, 1),
    )
    assert [c.key for c in WorkSubject().charges(people["writer"])] == [key]
    WorkSubject().hand_over([key], to=people["colleague"], by=people["strategy"], reason="인계")
    rows = ProjectOfficer.objects.order_by("starts_on").values_list("person__username", "ends_on")
    assert list(rows) == [("writer", datetime.date(2019, 7, 2)), ("colleague", None)]
