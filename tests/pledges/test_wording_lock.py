"""The wording of a pledge changes by a decided adjustment only: the database says so on both engines."""

import pytest
from django.db import IntegrityError, connection, transaction

from pledges import triggers
from pledges.models import Adjustment, Pledge
from reporting.history import keep_version
from tests import change_makers as makers
from tests import factories


@pytest.fixture
def pledge(people, departments):
    return factories.make_pledge(
        factories.make_term(), departments["도로과"], election_wording="걷고 싶은 길"
    )


@pytest.fixture
def decided(pledge, people):
    """An adjustment as it stands after the mayor's decision."""
    return Adjustment.objects.create(
        pledge=pledge,
        kind="content",
        department=pledge.lead_department,
        requested_by=people["writer"],
        state="decided",
        verdict="right",
        votes_for=2,
        votes_against=1,
        votes_abstain=0,
        decided_on=makers.DECIDED,
    )


def refused(**fields):
    with pytest.raises(IntegrityError, match=triggers.SENTENCE), transaction.atomic():
        Pledge.objects.update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "몰래"},
        {"content": "몰래"},
        {"final_goal": "몰래"},
        {"is_active": False},
        {"election_wording": "몰래"},
        {"election_wording": ""},
    ],
    ids=str,
)
def test_another_wording_is_refused(pledge, fields):
    refused(**fields)
    assert Pledge.objects.get().title == "(예시) 공약 1-1"


def test_saving_through_python_is_refused_too(pledge, people):
    pledge.title = "몰래"
    with pytest.raises(IntegrityError, match=triggers.SENTENCE), transaction.atomic():
        keep_version(pledge, 1, by=people["strategy"])


def test_the_rest_of_the_card_stays_free(pledge):
    Pledge.objects.update(location="취암동", ends="2022-06", expected_effect="편리", scope="3km")


def test_a_decided_adjustment_changes_it_once(pledge, decided):
    Pledge.objects.update(title="새 이름", wording_by=decided)
    refused(title="또 새 이름", wording_by=decided)
    refused(title="또 새 이름")
    refused(title="또 새 이름", wording_by=None)


@pytest.mark.parametrize("state", ["draft", "requested", "agenda", "judged", "applied", "rejected"])
def test_an_adjustment_in_another_state_changes_nothing(pledge, decided, state):
    Adjustment.objects.update(state=state)
    refused(title="새 이름", wording_by=decided)


def test_the_election_s_wording_is_not_rewritten_by_an_adjustment_either(pledge, decided):
    refused(election_wording="다른 문안", wording_by=decided)


def test_an_unknown_election_wording_is_filled_in_once(pledge, departments):
    other = factories.make_pledge(pledge.term, departments["도로과"], 1, 2)
    Pledge.objects.filter(pk=other.pk).update(election_wording="알아낸 문안")
    refused(election_wording="다른 문안")


def test_the_lock_is_on_the_table(db):
    """A later migration that rebuilds the table on SQLite loses the trigger; this notices."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", [triggers.TABLE]
            )
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [triggers.TABLE],
            )
        assert triggers.NAME in {name for (name,) in cursor.fetchall()}


def test_the_lock_can_be_taken_away_and_put_back(pledge):
    with connection.cursor() as cursor:
        for statement in triggers.free(connection.vendor):
            cursor.execute(statement)
        Pledge.objects.update(title="새 이름")
        for statement in triggers.guard(connection.vendor):
            cursor.execute(statement)
    refused(title="또 새 이름")


def test_the_admin_shows_the_wording_and_the_way_to_change_it(client, pledge, people):
    people["strategy"].is_staff = True
    people["strategy"].save()
    client.force_login(people["strategy"])
    where = f"/admin/pledges/pledge/{pledge.pk}/change/"
    page = client.get(where)
    fields = page.context["adminform"].form.fields
    assert not {"title", "content", "final_goal", "is_active", "election_wording"} & set(fields)
    assert "여기서 고칠 수 없습니다" in page.text and 'href="/adjustments/"' in page.text
    add = client.get("/admin/pledges/pledge/add/").context["adminform"].form.fields
    assert {"title", "content", "final_goal", "is_active", "election_wording"} <= set(add)
