"""매니페스토 자체점검: each criterion says what is there and what is missing, and where it is seen."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pledges.editions import edition_of
from pledges.manifesto import CHECKS, MEANINGS, MISSING, PARTLY, THERE, facts_of, self_check
from pledges.models import JuryPanel, ManifestoGradeScale, ManifestoItem, Term
from tests import factories
from tests.pledges.test_public_quarters import publish_second

PAGE = "/board/manifesto/"
FIND = {check.label: check for check in CHECKS}


def found(label):
    return FIND[label].about(facts_of(edition_of()))


def test_every_check_belongs_to_a_published_criterion(quarter):
    assert {check.criterion for check in CHECKS} <= set(MEANINGS)
    assert [name for name, _, _ in self_check(edition_of())] == list(MEANINGS)


def test_the_rate_stands_with_its_counts(quarter, people):
    publish_second(quarter, people)
    factories_rate = found("공약이행률")
    assert "÷ 3건 =" in factories_rate.sentence and factories_rate.state == THERE


def test_targets_that_nobody_judged_are_named(quarter):
    finding = found("올해 목표 달성")
    assert finding.state == MISSING and "판단하지 않은 3건" in finding.sentence


def test_a_target_judged_and_one_not_is_part_of_it(people, departments):
    term = factories.make_term()
    factories.make_pledge(term, departments["도로과"], 1, 1)
    factories.first_quarter(people, target_met="true")
    assert found("올해 목표 달성").state == THERE


def test_figures_of_april_are_not_those_of_the_year_s_end(quarter):
    finding = found("연말 기준 자료")
    assert finding.state == PARTLY and "2019. 4. 30." in finding.sentence


@pytest.mark.parametrize(
    ("today", "state", "named"),
    [
        (datetime.date(2019, 5, 20), THERE, False),  # the second quarter is not over
        (datetime.date(2019, 7, 3), PARTLY, True),
    ],
)
def test_a_quarter_that_is_over_and_not_published_is_named(quarter, settings, today, state, named):
    settings.OFFICE_TODAY = today
    finding = found("정기 공개")
    assert finding.state == state and ("2019년 2분기" in finding.sentence) == named


@pytest.mark.parametrize(("days", "state"), [(120, THERE), (121, PARTLY)])
def test_figures_grow_old(quarter, settings, days, state):
    settings.OFFICE_TODAY = factories.Q1_AS_OF + datetime.timedelta(days)
    assert found("정확성").state == state


def test_what_a_card_lacks_is_counted(quarter):
    finding = found("구체성")
    assert finding.state == MISSING
    assert "0건 ÷ 전체 3건" in finding.sentence and "최종 목표 없음 3건" in finding.sentence
    assert "이행절차 없음" not in finding.sentence


def test_the_jury_and_opinions_are_counted(quarter):
    assert found("평가단 구성·운영").state == found("자발적 참여").state == MISSING
    factories.make_opinion()
    heard = found("자발적 참여")
    assert heard.state == PARTLY and "1건을 받아 0건을 처리" in heard.sentence
    assert found("참여성").href == "/pledges/1-1/" and found("제도적 기반").state == THERE


def test_a_panel_that_citizens_do_not_see_is_part_of_it(quarter):
    panel = JuryPanel.objects.create(
        term=Term.objects.get(),
        year=2019,
        name="배심원단",
        seats=5,
        recruited_by="ARS",
        is_public=True,
    )
    assert found("평가단 구성·운영").state == PARTLY  # never met
    panel.sessions.create(number=1, held_on=datetime.date(2019, 6, 1), agenda="위촉")
    assert found("평가단 구성·운영").state == THERE
    JuryPanel.objects.update(is_public=False)
    assert found("평가단 구성·운영").state == PARTLY


def test_wordings_that_nobody_knows_do_not_pass(quarter):
    assert found("선거공보와 같은가").state == MISSING


def test_the_page_shows_items_and_lines_of_every_year(client, quarter, people):
    ManifestoItem.objects.create(
        year=2020, kind="fulfilment", order=1, name="공약이행완료", points=100, source="(예시)"
    )
    ManifestoGradeScale.objects.create(
        year=2020, kind="fulfilment", grade="SA", min_score="65", source="(예시)"
    )
    client.force_login(people["strategy"])
    page = client.get(PAGE).content.decode()
    assert "SA 65점 이상" in page and "공약이행완료 100" in page and "다음 평가" in page


def test_before_the_first_publication_it_says_what_to_do(client, people):
    client.force_login(people["strategy"])
    assert "아직 공표한 분기가 없습니다" in client.get(PAGE).content.decode()


def test_queries_do_not_grow_with_the_pledges(client, quarter, people, departments):
    client.force_login(people["strategy"])
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    term = quarter.submissions.first().pledge_report.pledge.term
    for serial in range(3, 9):
        factories.make_pledge(term, departments["도로과"], 1, serial)
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(few) == len(many)
