"""Two daily runs, two buttons, two hand-overs at once: each thing happens once, on both databases."""

import datetime
import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site
from django.core import mail as outbox_of
from django.db import connection

from pledges.models import Pledge
from reporting import handovers
from reporting.extensions import extend_deadline
from reporting.models import Extension, Handover, Mail, Reminder
from reporting.reminders import remind_all, send_by_hand
from reporting.workflow import Refused, take
from tests import factories
from tests.reporting.test_races import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
DUE = datetime.date(2019, 7, 10)
LATER = datetime.date(2019, 7, 15)


@pytest.fixture
def addressed(quarter, people):
    for name, person in people.items():
        person.email = f"{name}@nonsan.example"
        person.save()
    return people


def test_two_runs_at_once_remind_once(quarter, addressed, settings):
    settings.OFFICE_TODAY = DUE
    tallies = together(*[remind_all] * 3)
    assert sorted(tally["보냄"] for tally in tallies) == [0, 0, 3]
    assert Reminder.objects.count() == Mail.objects.count() == len(outbox_of.outbox) == 3


def test_two_processes_of_the_command_remind_once(quarter, addressed):
    """As the schedule of two servers would start it: processes of their own on the same database."""
    command = [sys.executable, "manage.py", "remind", "--skip-checks"]
    more = {"DATABASE_URL": database_url(), "DEMO": "1", "OFFICE_TODAY": DUE.isoformat()}
    runs = [
        subprocess.Popen(
            command, cwd=site.BASE_DIR, env=os.environ | more, stdout=-1, stderr=-1, text=True
        )
        for _ in range(2)
    ]
    answers = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], answers
    sent = sorted("보냄 3통" in out for out, _ in answers)
    assert sent == [False, True], answers
    assert Reminder.objects.count() == Mail.objects.count() == 3


def database_url():
    """Return the address of the database of this test."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def test_two_buttons_at_once_send_once(quarter, addressed):
    jobs = [lambda: send_by_hand(quarter, by=addressed["strategy"])] * 2
    tallies = together(*jobs)
    assert sorted(tally["보냄"] for tally in tallies) == [0, 3]
    assert Reminder.objects.count() == len(outbox_of.outbox) == 3


def test_a_deadline_and_a_hand_in_do_not_block_each_other(quarter, item, people, departments):
    factories.write(item, people["writer"])

    def extend():
        return extend_deadline(
            quarter, departments["도로과"], due_on=LATER, reason="지연", by=people["strategy"]
        )

    extended, again, handed_in = together(
        extend, extend, lambda: take("submit", item, by=people["writer"])
    )
    assert extended == again and Extension.objects.count() == 1
    assert handed_in.target == "submitted"
    assert quarter.submissions.get(code="1-2").due_on == LATER


def test_two_clicks_hand_over_once(quarter, people, departments):
    Pledge.objects.filter(lead_department=departments["도로과"]).update(officer=people["writer"])

    def click():
        row = Handover(
            from_person=people["writer"],
            successor=people["colleague"],
            department=departments["도로과"],
            effective_on=datetime.date(2019, 7, 3),
        )
        return handovers.register(row, by=people["head"])

    results = together(click, click)
    assert [isinstance(r, Refused) for r in results].count(True) == 1, results
    [row] = Handover.objects.all()
    assert len(row.content["items"]) == 2


def test_two_runs_at_once_hand_over_once(quarter, people, departments, settings):
    Pledge.objects.filter(lead_department=departments["도로과"]).update(officer=people["writer"])
    factories.make_handover(people)
    settings.OFFICE_TODAY = datetime.date(2019, 8, 1)
    tallies = together(*[handovers.apply_all] * 2)
    assert sorted((tally["넘김"], tally["보류"]) for tally in tallies) == [(0, 0), (1, 0)]
    assert Pledge.objects.get(number="1-1").history.count() == 2  # made, handed over
