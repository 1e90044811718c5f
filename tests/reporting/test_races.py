"""Two at once: nothing acknowledged is lost, nothing happens twice; on SQLite and on PostgreSQL."""

import threading

import pytest
from django.db import OperationalError, close_old_connections, connection

from reporting import actions
from reporting.history import Stale
from reporting.models import Period, Publication, Submission, Transition
from reporting.subjects import subject_of
from reporting.workflow import Refused, take
from tests import factories

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def together(*jobs):
    """Run the jobs in threads that start at once; return each one's result or exception, in order."""
    gate = threading.Barrier(len(jobs))
    results = [None] * len(jobs)

    def run(place, job):
        try:
            gate.wait(timeout=10)
            results[place] = job()
        except Exception as error:  # the loser's refusal is what these tests are about
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    close_old_connections()
    assert not any(isinstance(result, OperationalError) for result in results), results
    return results


def save(item, by, version, **fields):
    subject = subject_of(item)
    report, form = actions.save_entry(
        item,
        version=version,
        by=by,
        fill=lambda report: subject.form(report, data=factories.entry(**fields)),
    )
    assert form.is_valid(), form.errors
    return report


def test_of_two_saves_of_one_version_one_wins_and_one_is_told(item, people):
    version = subject_of(item).report(item).version
    for turn in range(5):
        results = together(
            lambda v=version, t=turn: save(item, people["writer"], v, done=f"담당자의 글 {t}"),
            lambda v=version, t=turn: save(item, people["colleague"], v, done=f"동료의 글 {t}"),
        )
        won = [r for r in results if not isinstance(r, Exception)]
        assert (len(won), [type(r) for r in results if isinstance(r, Exception)]) == (1, [Stale])
        report = subject_of(item).report(item)
        assert report.done == won[0].done
        version += 1
        assert report.version == version
    assert report.history.count() == 1 + 5  # created, and one line for each acknowledged save


def test_two_clicks_on_submit_make_one_move(item, people):
    factories.write(item, people["writer"])
    results = together(*[lambda: take("submit", item, by=people["writer"])] * 2)
    assert sum(isinstance(r, Transition) for r in results) == 1
    assert sum(isinstance(r, Refused) for r in results) == 1
    assert item.transitions.count() == 1


def test_approval_and_recall_at_once_leave_one_truth(item, people):
    item = factories.hand_in(item, people["writer"])
    together(
        lambda: take("approve", item, by=people["strategy"]),
        lambda: take("recall", item, by=people["writer"]),
    )
    item.refresh_from_db()
    assert [t.target for t in item.transitions.all()] == ["submitted", item.state]


def test_approval_never_covers_a_text_that_was_not_read(item, people):
    item = factories.hand_in(item, people["writer"])
    read = subject_of(item).report(item).version

    def change():
        take("recall", item, by=people["writer"])
        save(item, people["writer"], read, done="읽지 않은 글")
        take("submit", item, by=people["writer"])

    together(change, lambda: take("approve", item, by=people["strategy"], seen=read))
    item.refresh_from_db()
    if item.state == Submission.State.APPROVED:
        assert subject_of(item).report(item).done != "읽지 않은 글"


def test_a_submission_and_the_closing_of_its_period_do_not_cross(quarter, people):
    for code in ("1-1", "1-2"):
        factories.write(quarter.submissions.get(code=code), people["writer"])
    item = quarter.submissions.get(code="1-1")
    closed, handed_in = together(
        lambda: actions.close_period(quarter, by=people["strategy"], missing_reason="지연"),
        lambda: take("submit", item, by=people["writer"]),
    )
    assert not isinstance(closed, Exception)
    closed_at = Period.objects.get(pk=quarter.pk).closed_at
    late = item.transitions.filter(at__gt=closed_at)
    assert not late.exists()
    assert isinstance(handed_in, Refused) or item.transitions.count() == 1


def test_two_clicks_on_publish_publish_once(quarter, people):
    actions.close_period(quarter, by=people["strategy"], missing_reason="지연")
    results = together(
        *[lambda: actions.publish_period(quarter, by=people["strategy"], revision=1)] * 3
    )
    assert len({r.pk for r in results}) == 1
    assert Publication.objects.get(period=quarter).pledges.count() == 3


def test_two_clicks_on_open_make_each_item_once(people, departments):
    term = factories.make_term()
    for serial in range(1, 6):
        factories.make_pledge(term, departments["도로과"], 1, serial)
    period = actions.create_period(
        Period(
            cadence="q",
            year=2019,
            number=2,
            opens_on=factories.Q2_OPENS,
            due_on=factories.Q2_DUE,
            as_of=factories.Q2_AS_OF,
        ),
        by=people["strategy"],
    )
    results = together(*[lambda: actions.open_period(period, by=people["strategy"])] * 3)
    assert sorted(results) == [0, 0, 5]
    assert period.submissions.count() == 5


def test_forty_saves_by_eight_writers_lose_nothing(people, departments):
    term = factories.make_term()
    for serial in range(1, 9):
        factories.make_pledge(term, departments["도로과"], 1, serial)
    items = list(factories.make_period(people["strategy"]).submissions.order_by("order"))

    def five_saves(item):
        report = subject_of(item).report(item)
        for turn in range(5):
            report = save(item, people["writer"], report.version, done=f"{item.code} {turn}")
        return report.done

    results = together(*[lambda item=item: five_saves(item) for item in items])
    assert results == [f"{item.code} 4" for item in items]
    assert [subject_of(item).report(item).version for item in items] == [6] * 8


def test_one_autosave_per_person_however_often_it_is_sent(item, people):
    results = together(
        *[
            lambda n=n: actions.autosave(
                item, by=people["writer"], fields={"done": str(n)}, version=1
            )
            for n in range(4)
        ]
    )
    assert not [r for r in results if isinstance(r, Exception)]
    assert item.autosaves.count() == 1
