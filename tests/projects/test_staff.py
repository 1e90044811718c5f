"""사업 for staff: who reads it, the list with this year's money, one project as it stands today."""

import datetime

import pytest
from django.utils.timezone import now

from projects.models import (
    Funding,
    Project,
    ProjectLine,
    ProjectOfficer,
    ProjectRelation,
    WorkReport,
    WorkSpending,
)
from projects.staff import told
from projects.views.staff import BESIDE, pages_beside
from reporting.models import Submission

from .makers import half_year, make_plan, make_project, make_step, make_task

LIST = "/projects/staff/"


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def bridge(departments, people):
    """A project of 도로과 with money, an officer of today and one of the past, and two steps."""
    task = make_task(make_plan(departments["전략기획실"]))
    row = make_project(departments["도로과"], task=task, total_cost=1200, location="탑정호")
    Funding.objects.create(project=row, source="national", year=2019, planned=600, secured=500)
    Funding.objects.create(project=row, source="municipal", year=2020, planned=600)
    for person, starts, ends in (
        ("colleague", "2018-01-01", "2018-12-31"),
        ("writer", "2019-01-01", None),
    ):
        ProjectOfficer.objects.create(
            project=row,
            person=people[person],
            starts_on=day(starts),
            ends_on=ends and day(ends),
        )
    make_step(row, "착공", "2019-04")
    make_step(row, "준공", "2019-12", order=2)
    return row


def reported(project, people, spent, state=Submission.State.APPROVED):
    """Let a report of the first half tell what was spent and that work began."""
    approved = state == Submission.State.APPROVED
    item = Submission.objects.create(
        period=half_year(),
        kind="work",
        key=f"project-{project.pk}",
        code="사업 1-1",
        title=project.title,
        order=1,
        department=project.department,
        due_on=day("2019-07-20"),
        state=state,
        submitted_at=None if state == Submission.State.DRAFT else now(),
        decided_at=now() if approved else None,
        decided_by=people["strategy"] if approved else None,
    )
    report = WorkReport.objects.create(submission=item, project=project)
    WorkSpending.objects.create(report=report, source="national", amount=spent)
    report.steps.create(milestone=project.milestones.get(title="착공"), actual="2019-05")
    return item


@pytest.mark.parametrize("name", ["writer", "head", "strategy", "executive", "homeless"])
def test_whoever_works_for_the_city_reads_every_project(people, bridge, name):
    assert list(Project.objects.visible_to(people[name])) == [bridge]


@pytest.mark.parametrize("role", ["", "juror", "partner"])
def test_guests_and_the_operator_read_none(client, people, bridge, role):
    people["stranger"].role = role
    people["stranger"].save()
    client.force_login(people["stranger"])
    assert not Project.objects.visible_to(people["stranger"])
    assert client.get(LIST).status_code == 403
    assert client.get(f"/projects/{bridge.pk}/staff/").status_code == 403
    assert f'href="{LIST}"' not in client.get("/account/").content.decode()


def test_a_project_that_is_not_there_is_not_found(client, people):
    client.force_login(people["writer"])
    assert client.get("/projects/999/staff/").status_code == 404


def test_the_list_tells_the_officer_and_this_years_money(client, people, bridge):
    reported(bridge, people, 450)
    client.force_login(people["stranger"])
    page = client.get(LIST).content.decode()
    row = page[page.index("<tbody>") : page.index("</tbody>")]
    for text in ("출렁다리", "writer", ">1,200<", ">600<", ">500<", ">450<"):
        assert text in row
    assert "colleague" not in row


@pytest.mark.parametrize("state", [Submission.State.DRAFT, Submission.State.SUBMITTED])
def test_what_was_not_approved_is_no_spending(people, bridge, state):
    reported(bridge, people, 450, state)
    assert told([bridge])[0].spent is None


def test_money_of_another_year_or_of_no_year_is_not_this_years(departments):
    row = make_project(departments["도로과"])
    Funding.objects.create(project=row, source="national", year=2020, planned=7)
    Funding.objects.create(project=row, source="municipal", year=None, planned=8)
    assert (told([row])[0].planned, row.secured, row.spent) == (None, None, None)


def test_the_list_is_narrowed_by_task_kind_department_and_words(
    client, people, departments, bridge
):
    make_project(departments["복지과"], "study", title="용역", kind="study", scope="시 전체")
    make_project(departments["복지과"], "old", title="끝난 일", is_active=False)
    client.force_login(people["executive"])

    def found(**asked):
        return [row.title for row in client.get(LIST, asked).context["page_obj"]]

    assert set(found()) == set(found(page=1)) == {"출렁다리", "용역"}
    assert found(task=bridge.task.pk) == ["출렁다리"]
    assert found(kind="study") == ["용역"]
    assert found(department=departments["복지과"].pk) == ["용역"]
    assert found(q="탑정호") == ["출렁다리"]
    assert found(q="시 전체") == ["용역"]
    assert found(managed="no") == ["끝난 일"]
    assert found(kind="nothing") == []


def test_the_sheet_has_what_is_worked_out(client, people, bridge):
    reported(bridge, people, 450)
    client.force_login(people["head"])
    lines = client.get(LIST, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    row = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    assert row["담당자"] == "writer"
    assert [row[f"올해 {name}(백만원)"] for name in ("계획", "확보", "집행")] == [
        "600",
        "500",
        "450",
    ]
    assert client.get(LIST, {"format": "xlsx"}).status_code == 200


def test_more_rows_cost_no_more_queries(
    client, people, departments, bridge, django_assert_max_num_queries
):
    for n in range(15):
        row = make_project(departments["도로과"], f"p{n}", task=bridge.task)
        Funding.objects.create(project=row, source="national", year=2019, planned=1)
    client.force_login(people["strategy"])
    with django_assert_max_num_queries(22):
        client.get(LIST)


def test_one_project_shows_everything_that_hangs_on_it(client, people, departments, bridge):
    item = reported(bridge, people, 450)
    road = make_project(departments["도로과"], "road", title="진입도로")
    ProjectRelation.objects.create(project=road, other=bridge, kind="before")
    ProjectLine.objects.create(project=bridge, order=1, text="현수교 600m")
    client.force_login(people["writer"])
    page = client.get(f"/projects/{bridge.pk}/staff/").content.decode()
    for text in ("탑정호", "현수교 600m", "colleague", "진입도로", "2019. 5.", "완료", "예정"):
        assert text in page
    assert f'href="/entries/{item.pk}/"' in page or f"/{item.pk}/" in page
    assert "/admin/projects/" not in page
    assert "/revise/" not in page


def test_another_departments_report_is_not_offered(client, people, bridge):
    reported(bridge, people, 450)
    client.force_login(people["stranger"])
    assert client.get(f"/projects/{bridge.pk}/staff/").context["report"] is None


def test_a_figure_that_nothing_gives_stands_as_it_is_written(client, people, bridge):
    ProjectLine.objects.create(project=bridge, order=1, text="{nothing}건")
    make_step(bridge, "{nothing} 착수", order=3)
    client.force_login(people["writer"])
    assert "{nothing}" in client.get(f"/projects/{bridge.pk}/staff/").content.decode()


def test_the_keeper_of_master_data_goes_on_to_its_card(client, people, bridge):
    people["strategy"].is_staff = True
    people["strategy"].save()
    client.force_login(people["strategy"])
    page = client.get(f"/projects/{bridge.pk}/staff/").content.decode()
    assert f"/admin/projects/project/{bridge.pk}/change/" in page
    assert f"/projects/{bridge.pk}/revise/" in page


def test_pages_that_are_not_there_are_not_offered(settings):
    assert len(pages_beside()) <= len(BESIDE)
    settings.ROOT_URLCONF = "projects.staff_urls"
    assert pages_beside() == []
