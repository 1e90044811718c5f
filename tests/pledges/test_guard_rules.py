"""Each rule of the guard, with values on both sides of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pledges import guard
from pledges.guard import entry, rulebook
from pledges.models import Funding, Milestone
from reporting.subjects import subject_of
from tests import factories


@pytest.fixture
def said(item, people):
    """Return a function that writes fields into the item and answers what a rule says of it."""

    def write(rule, **fields):
        report = factories.write(item, people["writer"], answered=False, **fields)
        return rule(guard.facts_of([report])[report.pk])

    return write


@pytest.fixture
def pledge(item):
    return subject_of(item).report(item).pledge


def steps(pledge, **dates):
    """Return the form's fields of the pledge's two steps."""
    first, second = pledge.milestones.order_by("order")
    return {
        f"step_{first.pk}": dates.get("first", ""),
        f"step_{second.pk}": dates.get("second", ""),
    }


DONE = ["completed", "completed_ongoing"]


@pytest.mark.parametrize("status", DONE)
def test_completed_with_open_steps(said, pledge, status):
    some = steps(pledge, first="2019. 3.")
    assert said(rulebook.completed_with_open_steps, status=status, **some) == (
        "완료로 보고했는데 끝나지 않은 이행절차가 1개 있습니다(착공)."
    )
    every = steps(pledge, first="2019. 3.", second="2019. 6.")
    assert not said(rulebook.completed_with_open_steps, status=status, **every)


def test_a_step_done_before_the_first_report_is_not_open(said, pledge):
    Milestone.objects.filter(pledge=pledge).update(done_before="2018-12")
    assert not said(rulebook.completed_with_open_steps, status="completed")


def test_open_steps_are_no_matter_before_completion(said):
    assert not said(rulebook.completed_with_open_steps, status="on_track")


@pytest.mark.parametrize("status", DONE)
def test_completed_with_unspent_money(said, status):
    left = said(
        rulebook.completed_with_unspent_money,
        status=status, spent_national="500", spent_municipal="299",
    )  # fmt: skip
    assert left == "완료로 보고했는데 확보액 800백만원 가운데 1백만원이 남아 있습니다."
    assert not said(
        rulebook.completed_with_unspent_money,
        status=status, spent_national="500", spent_municipal="300",
    )  # fmt: skip


def test_unknown_money_contradicts_nothing(said, pledge):
    Funding.objects.filter(pledge=pledge).update(secured=None)
    assert not said(rulebook.completed_with_unspent_money, status="completed", spent_national="1")


@pytest.mark.parametrize(
    ("ends", "is_late"),
    [("2018", True), ("2019-05", True), ("2019-06-29", True), ("2019-06-30", False),
     ("2019-06", False), ("2019", False), ("", False)],
)  # fmt: skip
def test_on_track_after_its_end(said, pledge, ends, is_late):
    type(pledge).objects.filter(pk=pledge.pk).update(starts="2018", ends=ends)
    assert bool(said(rulebook.on_track_after_its_end, status="on_track")) == is_late
    assert not said(rulebook.on_track_after_its_end, status="partial")


def test_partial_without_a_reason(said):
    rule = rulebook.partial_without_a_reason
    assert said(rule, status="partial")
    assert not said(rule, status="partial", problems="토지 보상 지연")
    assert not said(rule, status="partial", status_reason="국비 공모에서 떨어짐")
    assert not said(rule, status="on_track")


@pytest.mark.parametrize("status", DONE)
def test_completion_without_the_office_s_approval(said, status):
    assert said(rulebook.completed_without_approval, status=status)
    assert not said(rulebook.completed_without_approval, status="on_track")


def test_what_was_approved_as_completed_before_needs_no_second_word(people, departments):
    factories.make_pledge(factories.make_term(), departments["도로과"], 1, 1)
    factories.first_quarter(people, status="completed")
    item = factories.make_period(people["strategy"]).submissions.get()
    report = factories.write(item, people["writer"], answered=False, status="completed_ongoing")
    facts = guard.facts_of([report])[report.pk]
    assert not rulebook.completed_without_approval(facts)
    assert not guard.claims(facts)


def test_text_identical_to_last_quarter(said):
    rule = entry.same_text
    assert said(rule, done="기본 계획\n수립") == (
        "추진실적: 지난 보고(2019년 1분기)와 글이 똑같습니다."
    )
    both = said(rule, done="기본계획 수립", next_plans="주민설명회 개최")
    assert both.startswith("추진실적·향후계획:")
    assert not said(rule, done="기본계획 수립함", next_plans="")


def test_falling_cumulative_spending(said):
    rule = entry.falling_spending
    assert said(rule, spent_national="99") == (
        "올해 누적 집행액이 지난 보고보다 줄었습니다(국비 100→99백만원)."
    )
    assert not said(rule, spent_national="100")
    assert not said(rule, spent_national="")


def test_a_new_year_begins_at_nothing(people, departments, item):
    later = factories.make_period(people["strategy"], 1, year=2020)
    report = factories.write(
        later.submissions.get(code="1-1"), people["writer"], answered=False, spent_national="1"
    )
    assert not entry.falling_spending(guard.facts_of([report])[report.pk])


def test_spending_above_budget(said, pledge):
    rule = entry.spending_above_budget
    assert "국비 집행 501백만원이 확보액 500백만원보다 많습니다." in said(
        rule, spent_national="501"
    )
    assert not said(rule, spent_national="500")
    assert not said(rule, spent_other="999999")  # nothing is known of this source
    Funding.objects.filter(pledge=pledge, source="national").update(secured=None)
    assert "계획액 500백만원보다" in said(rule, spent_national="501")


def test_a_jump_of_more_than_twenty_points_without_evidence(said, item, people):
    rule = entry.jump_without_evidence
    assert not said(rule, progress_pct="45")
    assert said(rule, progress_pct="46") == "추진율이 25%에서 46%로 올랐는데 증빙이 없습니다."
    assert not said(rule, progress_pct="")
    report = subject_of(item).report(item)
    form = subject_of(item).form(
        report,
        data=factories.entry(progress_pct="46"),
        files={"evidence": SimpleUploadedFile("준공.pdf", b"%PDF-1.4 x")},
    )
    assert form.is_valid(), form.errors
    form.save(by=people["writer"])
    assert not rule(guard.facts_of([report])[report.pk])


def test_an_untouched_report_breaks_no_rule(item):
    report = subject_of(item).report(item)
    looked = guard.look([report])[report.pk]
    assert (looked.contradictions, looked.warnings) == ((), ())


def test_looking_costs_the_same_for_one_and_for_many(quarter, django_assert_num_queries):
    subject = subject_of(quarter.submissions.first())
    reports = [subject.report(submission) for submission in quarter.submissions.all()]
    for few in (reports[:1], reports):
        with django_assert_num_queries(10):
            guard.look(few)


def test_the_page_lists_every_rule_with_its_sentence(client, people):
    client.force_login(people["writer"])
    page = client.get("/pledges/rules/").content.decode()
    for rule in (*guard.STATUS_RULES, *guard.ENTRY_RULES):
        for text in (rule.label, rule.sentence, rule.looks_at):
            assert text.replace("'", "&#x27;").replace(">", "&gt;") in page
