"""`manage.py make_scale --times N`: N times the data in the past, once; the present stays as it was."""

import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from nonsan_strategy.scale.copies import earlier
from pledges.editions import edition_of
from pledges.models import Funding, Pledge, PledgeReport, PublishedPledge, PublishedTerm, Term
from reporting.models import Period, Publication, PublicMark, Submission, Transition
from reporting.subjects import all_subjects
from tests.factories import Q1_DAY

GROWING = (Pledge, PledgeReport, Funding, Submission)


def scale(times, **options):
    out = io.StringIO()
    call_command("make_scale", times=times, stdout=out, **{"yes": True, **options})
    return out.getvalue()


def row_counts():
    ours = ("accounts", "reporting", "pledges")
    models = [m for m in apps.get_models() if m._meta.app_label in ours]
    return {model._meta.label: model._base_manager.count() for model in models}


def test_three_times_is_two_more_terms_with_all_that_hangs_on_them(plan_2019):
    before = _grown()
    assert "3배" in scale(3)
    assert _grown() == {model: count * 3 for model, count in before.items()}
    assert list(Term.objects.values_list("no", "starts_on__year")) == [
        (1002, 2010),
        (1001, 2014),
        (7, 2018),
    ]
    # The half year of the work plan is published too, without a term.
    assert (Publication.objects.count(), PublishedTerm.objects.count()) == (6, 5)
    assert PublishedPledge.objects.count() == 5 * 66
    copies = Submission.objects.filter(period__year__lt=2018)
    assert set(copies.values_list("state", flat=True)) == {"approved"}
    assert Transition.objects.filter(submission__in=copies).count() == copies.count() * 2
    assert all(title.startswith("(예시)") for title in _titles())


def _grown():
    """Return {model: rows of pledges}; the work plan is not copied."""
    counts = {model: model.objects.count() for model in GROWING}
    return counts | {Submission: Submission.objects.filter(kind="pledge").count()}


def _titles():
    return PublishedPledge.objects.filter(term_no__gt=1000).values_list("title", flat=True)


def test_a_second_run_adds_nothing_and_a_larger_one_only_what_is_missing(plan_2019):
    scale(2)
    counts = row_counts()
    assert "이미 2배" in scale(2)
    assert row_counts() == counts
    scale(3)
    assert Term.objects.filter(no__gt=1000).count() == 2


def test_the_present_stays_as_it_was_and_the_public_mark_grows(plan_2019, client):
    mark = PublicMark.objects.get().number
    newest = edition_of().publication
    period = Period.objects.get(code="2019-q2")
    owed = [owed.key for owed in all_subjects()[0].owed(period)]
    scale(3)
    assert edition_of().publication == newest
    assert [owed.key for owed in all_subjects()[0].owed(period)] == owed
    assert PublicMark.objects.get().number == mark + 2
    assert client.get("/pledges/?period=2015-q1").status_code == 200


def test_it_stays_away_from_a_database_that_is_no_demo(plan_2019, settings):
    with pytest.raises(CommandError, match="--yes"):
        scale(2, yes=False)
    settings.DEMO = True
    assert "2배" in scale(2, yes=False)


@pytest.mark.parametrize("times", [0, 506])
def test_a_number_that_leaves_the_calendar_is_refused(plan_2019, times):
    with pytest.raises(CommandError, match="1부터 505까지"):
        scale(times)


def test_dates_go_back_by_whole_years():
    leap = Q1_DAY.replace(year=2020, month=2, day=29)
    assert str(earlier(leap, 1)) == "2019-02-28"
