"""What looks like a slip in a half-year report: each doubt is told, none keeps the report from being handed in."""

import datetime

import pytest

from projects.subject import WorkSubject
from reporting.workflow import take
from tests.projects.work_makers import approved, open_half, report_of, save, step_name


@pytest.fixture
def task(half):
    return half.submissions.get(code="업무 1")


@pytest.fixture
def project(half):
    return half.submissions.get(code="사업 1-1")


def doubts(item):
    return WorkSubject().warnings(WorkSubject().report(item))


def second(item, people):
    """Return the same item of the second half."""
    return open_half(people["strategy"], 2).submissions.get(key=item.key)


def test_spending_that_falls_within_the_year_is_told(project, people):
    approved(project, people, done="공정률 10%", spent_municipal="60")
    later = second(project, people)
    save(later, people["writer"], done="공정률 20%", spent_municipal="60")
    assert doubts(later) == []
    save(later, people["writer"], done="공정률 20%", spent_municipal="50")
    assert doubts(later) == ["올해 누적 집행액이 지난 보고보다 줄었습니다(시비 60→50백만원)."]
    take("submit", later, by=people["writer"])


def test_unknown_spending_is_no_fall(project, people):
    approved(project, people, done="공정률 10%", spent_municipal="60")
    later = second(project, people)
    save(later, people["writer"], done="공정률 20%", spent_municipal="")
    assert doubts(later) == []


def test_spending_up_to_the_budget_is_no_doubt(project, people):
    save(project, people["writer"], done="공정률 10%", spent_municipal="100")
    assert doubts(project) == []
    save(project, people["writer"], done="공정률 10%", spent_municipal="101")
    assert doubts(project) == ["2019년 시비 집행 101백만원이 계획 100백만원보다 많습니다."]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2019-07-03", False),
        ("2019-07-04", True),
        ("2019-07", False),
        ("2019-08", True),
        ("2020", True),
    ],
)
def test_a_step_done_on_a_day_to_come_is_told(task, people, settings, day, told):
    settings.OFFICE_TODAY = datetime.date(2019, 7, 3)
    save(task, people["writer"], done="착공함", **{step_name(task): day})
    said = [s for s in doubts(task) if "아직 오지 않은 날" in s]
    assert bool(said) is told
    assert all("착공(" in s for s in said)


def test_words_of_the_last_report_said_again_are_told(task, people):
    approved(
        task,
        people,
        done="착공함",
        problems="보상",
        next_plans="준공",
        **{step_name(task): "2019-04"},
    )
    later = second(task, people)
    save(later, people["writer"], done=" 착공함\n", problems="보상", next_plans="준공 준비")
    assert doubts(later) == ["추진실적: 지난 보고(2019년 상반기)와 글이 똑같습니다."]
    save(later, people["writer"], done="기초공사", problems="보상", next_plans="준공")
    assert doubts(later) == ["향후계획: 지난 보고(2019년 상반기)와 글이 똑같습니다."]


def test_blank_is_not_said_again(task, people):
    approved(task, people, done="착공함", **{step_name(task): "2019-04"})
    later = second(task, people)
    save(later, people["writer"], done="기초공사", next_plans="")
    assert doubts(later) == []


def test_a_step_done_in_an_earlier_report_is_not_late_again(task, people):
    approved(task, people, done="착공함", **{step_name(task): "2019-04"})
    later = second(task, people)
    save(later, people["writer"], done="기초공사")
    assert WorkSubject().problems(report_of(later)) == []
    take("submit", later, by=people["writer"])


def test_a_report_without_a_word_is_not_handed_in(task):
    assert WorkSubject().problems(report_of(task))[0] == (
        "추진실적을 적거나 마친 일정의 완료를 적어 주세요."
    )
