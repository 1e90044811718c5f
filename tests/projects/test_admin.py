"""Master data of plan and projects: the office keeps it; wrong money, people and words are refused."""

import pytest

from projects.history import project_changes
from projects.models import Funding, Milestone, Plan, PlanFigure, Project, ProjectOfficer, TaskAim
from tests.pledges.test_admin import add_row, form_of, line_of

from .makers import make_plan, make_project, make_step, make_task

PREFIXES = "lines", "officers", "funding", "milestones", "relations", "partners"


@pytest.fixture
def desk(client, people):
    """The strategy office's person who is let into the admin."""
    user = people["strategy"]
    user.is_staff = True
    user.save()
    client.force_login(user)
    return client


@pytest.fixture
def bridge(departments):
    """A project of a task, with one step and two sources that add up to its total."""
    plan = make_plan(departments["전략기획실"])
    PlanFigure.objects.create(plan=plan, key="total", label="지표", value=104)
    project = make_project(departments["도로과"], task=make_task(plan), total_cost=600)
    make_step(project)
    for source, amount in (("national", 300), ("municipal", 300)):
        Funding.objects.create(project=project, source=source, year=2019, planned=amount)
    return project


def page(row):
    return f"/admin/projects/{row._meta.model_name}/{row.pk}/change/"


def sentences(answer):
    return answer.content.decode()


@pytest.mark.parametrize("name", ["writer", "head", "executive", "strategy"])
def test_only_the_office_let_into_the_admin_keeps_projects(client, people, bridge, name):
    user = people[name]
    user.is_staff = name != "strategy"
    user.save()
    client.force_login(user)
    assert client.get(page(bridge)).status_code in (302, 403)
    assert client.post(page(bridge), {"title": "x"}).status_code in (302, 403)
    assert Project.objects.get().title == "출렁다리"


def test_a_project_is_never_deleted(desk, bridge):
    for row in (bridge, bridge.task, bridge.task.plan):
        where = page(row).replace("change", "delete")
        assert desk.post(where, {"post": "yes"}).status_code == 403


def test_pages_sent_back_untouched_write_nothing(desk, bridge):
    for row in (bridge, bridge.task, bridge.task.plan):
        assert desk.post(page(row), form_of(desk, page(row))).status_code == 302
        row.refresh_from_db()
        assert row.version == 1
    assert Project.history.count() == 1


def test_a_change_is_kept_with_who_and_why(desk, people, bridge):
    data = form_of(desk, page(bridge)) | {"location": "탑정호", "reason": "위치 확정"}
    assert desk.post(page(bridge), data).status_code == 302
    change = project_changes(bridge)[0]
    assert (change.field, change.after, change.reason) == ("위치", "탑정호", "위치 확정")
    answer = desk.get(page(bridge).replace("change", "history"))
    assert "탑정호" in sentences(answer)


def test_a_save_that_came_second_overwrites_nothing(desk, bridge):
    first, second = form_of(desk, page(bridge)), form_of(desk, page(bridge))
    assert desk.post(page(bridge), first | {"location": "탑정호"}).status_code == 302
    answer = desk.post(page(bridge), second | {"location": "강경"})
    assert answer.status_code == 409
    assert Project.objects.get().location == "탑정호"


def test_sources_that_do_not_add_up_are_refused(desk, bridge):
    data = form_of(desk, page(bridge)) | {"total_cost": "601"}
    assert "총사업비 601백만원과 다릅니다" in sentences(desk.post(page(bridge), data))
    line = line_of(data, "funding", source="national")
    assert desk.post(page(bridge), data | {f"{line}-planned": ""}).status_code == 302
    assert Project.objects.get().total_cost == 601


def test_spent_above_secured_is_refused_and_secured_above_planned_is_only_said(desk, bridge):
    data = form_of(desk, page(bridge))
    line = line_of(data, "funding", source="national")
    wrong = data | {f"{line}-secured": "310", f"{line}-spent": "311"}
    assert "집행 311이(가) 확보 310보다 큽니다" in sentences(desk.post(page(bridge), wrong))
    answer = desk.post(page(bridge), wrong | {f"{line}-spent": "310"}, follow=True)
    assert "확보 310이(가) 계획 300보다 큽니다" in sentences(answer)


def test_a_programme_whose_parts_differ_is_told(desk, bridge, departments):
    programme = make_project(departments["도로과"], slug="all", title="묶음", total_cost=1000)
    data = form_of(desk, page(bridge)) | {"parent": str(programme.pk)}
    answer = desk.post(page(bridge), data, follow=True)
    assert "묶음 아래 사업 합계: 600, 총계 1,000, 차이 △400" in sentences(answer)


def test_periods_of_officers_do_not_overlap(desk, bridge, people):
    ProjectOfficer.objects.create(
        project=bridge, person=people["writer"], starts_on="2019-01-01", ends_on="2019-03-31"
    )
    data = form_of(desk, page(bridge))
    new = {"person": str(people["colleague"].pk), "duty": "officer", "starts_on": "2019-03-31"}
    late = dict(data)
    add_row(data, "officers", **new)
    assert "담당자의 기간이 서로 겹칩니다" in sentences(desk.post(page(bridge), data))
    add_row(late, "officers", **new | {"starts_on": "2019-04-01"})
    assert desk.post(page(bridge), late).status_code == 302
    assert ProjectOfficer.objects.count() == 2


def test_a_step_has_its_dates_in_order(desk, bridge):
    data = form_of(desk, page(bridge))
    line = line_of(data, "milestones", title="착공")
    early = desk.post(page(bridge), data | {f"{line}-ends": "2019. 3."})
    assert "끝이 시작보다 빠릅니다" in sentences(early)
    both = desk.post(page(bridge), data | {f"{line}-ends": "2019. 5.", f"{line}-is_open": "on"})
    assert "언제까지를 비워 주세요" in sentences(both)
    assert Milestone.objects.get().ends == ""


def test_a_key_in_a_text_must_stand_for_a_figure(desk, bridge):
    where = page(bridge.task)
    data = form_of(desk, where)
    known = dict(data)
    add_row(data, "aims", order="1", text="지표 {nothing}개")
    assert "{nothing}에 맞는 수가 계획에 없습니다" in sentences(desk.post(where, data))
    add_row(known, "aims", order="1", text="지표 {total}개")
    assert desk.post(where, known).status_code == 302
    assert TaskAim.objects.get().text == "지표 {total}개"


def test_a_project_is_no_part_of_its_own_part(desk, bridge, departments):
    part = make_project(departments["도로과"], slug="part", title="부분", parent=bridge)
    data = form_of(desk, page(bridge)) | {"parent": str(part.pk)}
    assert "묶을 수 없습니다" in sentences(desk.post(page(bridge), data))


def test_two_lines_over_the_whole_period_are_refused(desk, bridge):
    Funding.objects.create(project=bridge, source="other", planned=1)
    data = form_of(desk, page(bridge)) | {"total_cost": ""}
    add_row(data, "funding", year="", source="other", planned="1", secured="", spent="")
    assert "같은 줄이 두 번 있습니다" in sentences(desk.post(page(bridge), data))


def test_a_year_has_one_plan_and_a_number_one_task(desk, bridge, departments):
    data = form_of(desk, "/admin/projects/plan/add/") | {
        "year": "2019",
        "title": "다시",
        "department": str(departments["도로과"].pk),
    }
    assert desk.post("/admin/projects/plan/add/", data).status_code == 200
    assert Plan.objects.count() == 1
