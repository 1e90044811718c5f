"""이행 사업: a pledge's typed links to projects, kept on its card and shown with the project."""

import pytest
from django.db import IntegrityError, transaction

from pledges.history import pledge_changes
from pledges.models import PledgeProject
from tests import factories
from tests.pledges.test_admin import add_row, form_of, page
from tests.projects.makers import make_project

PREFIX = "project_links"


@pytest.fixture
def desk(client, people):
    """The strategy office's person who is let into the admin."""
    people["strategy"].is_staff = True
    people["strategy"].save()
    client.force_login(people["strategy"])
    return client


@pytest.fixture
def pledge(departments):
    return factories.make_pledge(factories.make_term(), departments["도로과"])


@pytest.fixture
def bridge(departments):
    return make_project(departments["도로과"])


def link(desk, pledge, project, kind="by"):
    data = form_of(desk, pledge)
    add_row(data, PREFIX, project=str(project.pk), kind=kind)
    return desk.post(page(pledge), {**data, "reason": "이행 사업 확인"})


def test_the_office_links_a_pledge_and_history_tells_it(desk, pledge, bridge):
    assert link(desk, pledge, bridge).status_code == 302
    row = PledgeProject.objects.get()
    assert (row.pledge, row.project, row.kind) == (pledge, bridge, "by")
    told = [(c.field, c.after, c.reason) for c in pledge_changes(pledge)]
    assert ("이행 사업 출렁다리 관계", "이 사업으로 이행", "이행 사업 확인") in told


def test_a_second_link_of_the_same_two_is_refused(desk, pledge, bridge):
    link(desk, pledge, bridge)
    assert link(desk, pledge, bridge, "with").status_code == 200
    assert PledgeProject.objects.get().kind == "by"
    with pytest.raises(IntegrityError), transaction.atomic():
        PledgeProject.objects.create(pledge=pledge, project=bridge, kind="with")


def test_the_projects_page_names_its_pledges(client, people, pledge, bridge):
    PledgeProject.objects.create(pledge=pledge, project=bridge, kind="with")
    client.force_login(people["writer"])
    shown = client.get(f"/projects/{bridge.pk}/staff/").content.decode()
    assert f"공약(연계): {pledge}" in shown
    assert "/admin/pledges/" not in shown
