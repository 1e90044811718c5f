"""계획 변경: one numbered revision with what changed, or no effect at all."""

import threading

import pytest
from django.db import connection

from projects.history import project_changes
from projects.models import Project, Revision, RevisionLine

from .makers import make_project

GOOD = {
    "total_cost": "1,500",
    "starts": "2018.",
    "ends": "2020.",
    "location": "탑정호",
    "scope": "",
    "decided_on": "2019-07-01",
    "reason": "국비 증액",
    "version": "1",
}


@pytest.fixture
def bridge(departments):
    return make_project(
        departments["도로과"], total_cost=1200, starts="2018", ends="2019", location="탑정호"
    )


def send(client, project, **more):
    return client.post(f"/projects/{project.pk}/revise/", {**GOOD, **more})


def lines_of(revision):
    return [(line.label, line.before, line.after) for line in revision.lines.all()]


def test_a_change_leaves_the_next_number_with_what_changed_only(client, people, bridge):
    client.force_login(people["strategy"])
    assert send(client, bridge).status_code == 302
    bridge.refresh_from_db()
    revision = bridge.revisions.get()
    assert (bridge.total_cost, bridge.ends, bridge.version) == (1500, "2020", 2)
    assert (revision.number, revision.reason, str(revision.decided_on)) == (
        1,
        "국비 증액",
        "2019-07-01",
    )
    assert lines_of(revision) == [
        ("총사업비", "1,200백만원", "1,500백만원"),
        ("사업기간", "2018. ~ 2019. (2년간)", "2018. ~ 2020. (3년간)"),
    ]
    told = [(c.field, c.who, c.reason) for c in project_changes(bridge)]
    assert ("총사업비(백만원)", "strategy", "1차 변경: 국비 증액") in told
    page = client.get(f"/projects/{bridge.pk}/staff/").content.decode()
    assert "1차 변경" in page and "1,500백만원" in page


def test_numbers_leave_no_gap(client, people, bridge):
    client.force_login(people["strategy"])
    send(client, bridge)
    send(client, bridge, version="2")  # nothing changes
    send(client, bridge, version="1", scope="누가 먼저 저장함")
    assert send(client, bridge, version="2", scope="600m").status_code == 302
    assert list(bridge.revisions.values_list("number", flat=True)) == [1, 2]


def test_nothing_changed_is_refused(client, people, bridge):
    client.force_login(people["strategy"])
    answer = send(client, bridge, total_cost="1200", ends="2019")
    assert answer.status_code == 409
    assert "바뀐 것이 없습니다" in answer.content.decode()
    assert not Revision.objects.exists()
    assert Project.objects.get().version == 1


def test_a_stale_save_changes_nothing_and_shows_what_is_stored(client, people, bridge):
    client.force_login(people["strategy"])
    send(client, bridge)
    answer = send(client, bridge, total_cost="9999", reason="다른 사람")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "1,500백만원" in page and 'name="version" value="2"' in page
    assert Project.objects.get().total_cost == 1500
    assert Revision.objects.count() == 1


def test_a_form_sent_twice_has_one_effect(client, people, bridge):
    client.force_login(people["strategy"])
    assert [send(client, bridge).status_code for _ in range(2)] == [302, 302]
    assert Revision.objects.count() == 1
    assert RevisionLine.objects.count() == 2
    assert Project.objects.get().version == 2


@pytest.mark.parametrize("name", ["writer", "head", "executive", "operator"])
def test_only_the_office_revises(client, people, bridge, name):
    client.force_login(people[name])
    assert send(client, bridge).status_code == 403
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", " "),
        ("decided_on", "2019-07-04"),
        ("decided_on", "0001-01-01"),
        ("ends", "2017."),
        ("total_cost", "-1"),
        ("total_cost", "2000000001"),
        ("starts", "2019. 13."),
    ],
)
def test_what_no_plan_can_be_is_refused(client, people, bridge, field, value):
    client.force_login(people["strategy"])
    assert send(client, bridge, **{field: value}).status_code == 422
    assert not Revision.objects.exists()


def test_a_long_reason_is_kept_whole(client, people, bridge):
    client.force_login(people["strategy"])
    assert send(client, bridge, reason="가" * 1500).status_code == 302
    assert Revision.objects.get().reason == "가" * 1500


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
def test_two_at_once_leave_one_revision(client, people, bridge):
    barrier, answers = threading.Barrier(2), []

    def one(reason):
        try:
            from_here = type(client)()
            from_here.force_login(people["strategy"])
            barrier.wait(timeout=10)
            answers.append(send(from_here, bridge, reason=reason).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(reason,)) for reason in ("가", "나")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 409]
    assert list(Revision.objects.values_list("number", flat=True)) == [1]
