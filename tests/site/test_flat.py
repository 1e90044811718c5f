"""The pages cost the same queries and rows at ×1 and at ×3 of the data (`make_scale`)."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from pledges.models import PledgeReport
from reporting.models import Period, Submission
from tests.factories import entry

PUBLIC = [
    "/",
    "/pledges/",
    "/pledges/?q=x",
    "/pledges/?period=2019-q1",
    "/pledges/1-1/",
    "/pledges/9-9/",
    "/pledges/about/",
]
STAFF = {
    "writer": ["/desk/", "/desk/?period=all"],
    "strategy": ["/review/", "/periods/", "/reports/", "/board/pledges/"],
}


@pytest.fixture
def scaled(plan_2019):
    """Return a function that brings the data to so many times the plan."""
    return lambda times: call_command("make_scale", times=times, yes=True, stdout=io.StringIO())


def cost(client, path):
    """Return (queries, letters of the answer) of a page."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    return len(captured), len(answer.content)


def costs(client, plan_2019):
    """Return {(who, path): cost} of every page."""
    found = {("", path): cost(client, path) for path in PUBLIC}
    for name, paths in STAFF.items():
        client.force_login(plan_2019[name])
        client.get(paths[0])  # the login's own writing is over
        found |= {(name, path): cost(client, path) for path in paths}
        client.logout()
    client.force_login(plan_2019["strategy"])
    found["period"] = cost(client, f"/periods/{Period.objects.get(code='2019-q2').pk}/")
    client.logout()
    return found


def test_every_page_costs_the_same_queries_at_three_times_the_data(client, plan_2019, scaled):
    scaled(2)  # the newest term has one before it in both, and so a link to it
    before = {key: queries for key, (queries, _) in costs(client, plan_2019).items()}
    scaled(4)
    assert {key: queries for key, (queries, _) in costs(client, plan_2019).items()} == before


def test_public_pages_have_the_same_letters_at_three_times_the_data(client, scaled):
    scaled(2)
    before = {path: client.get(path).content for path in PUBLIC}
    scaled(4)
    assert {path: client.get(path).content for path in PUBLIC} == before


def test_what_is_chosen_from_does_not_grow_and_reaches_back(plan_2019, scaled):
    scaled(16)
    assert Period.objects.count() == 34  # 16 × two quarters, and the two halves of the plan
    assert len(Period.objects.offered()) == 24
    oldest = Period.objects.newest_first().last()
    offered = Period.objects.offered(oldest.code)
    assert offered[0].code == "2019-h2" and offered[-1] == oldest
    assert offered == sorted(offered, key=lambda p: (p.year, p.number), reverse=True)
    middle = Period.objects.offered("1963-q2")
    assert middle == Period.objects.offered("1963-q2", many=24) and len(middle) <= 24 + 25


def test_a_save_is_few_statements_however_much_there_is(client, plan_2019, scaled):
    item = Submission.objects.filter(period__code="2019-q2", code="1-1").get()
    writer = User.objects.create(
        username="saver", department_id=item.department_id, role=Role.WRITER
    )
    client.force_login(writer)
    client.get(f"/desk/{item.pk}/")
    first = _saved(client, item, "한 번")
    again = _saved(client, item, "두 번")
    scaled(3)
    assert _saved(client, item, "세 번") == again <= first
    assert again <= 24


def _saved(client, item, done):
    report = PledgeReport.objects.get(submission=item)
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(f"/desk/{item.pk}/", entry(done=done, version=report.version))
    assert answer.status_code == 302
    report.refresh_from_db()
    assert report.done == done
    return len(captured)
