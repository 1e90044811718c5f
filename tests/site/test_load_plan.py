"""The plan's own numbers come out of the loaded data; the data is refused when they would not."""

import csv
import datetime
import io
import re
from collections import Counter

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from accounts.models import AccessChange, Department
from pledges.models import Demo, Funding, Pledge, PledgeReport, PublishedPledge, Status
from pledges.rates import groups
from reporting import clock
from reporting.models import Period, Publication, Submission, Transition

DATA = settings.BASE_DIR / "data" / "2019"
REASON = "2019년 주요업무 추진상황에서 옮김"
REAL_NAMES = {
    "국방국가산업단지 조성",
    "KTX 훈련소역 설치",
    "탑정호 관광종합발전 확대",
    "육군훈련소 밀리터리파크·선샤인랜드 관광단지",
    "강경근대문화권역 관광개발",
    "국방산업 육성기반",
    "기업유치",
    "중소기업 방산 진출",
    "다목적 실내체육관",
    "사람꽃복지관",
    "논산열린도서관",
}


def load(**options):
    out = io.StringIO()
    call_command("load_plan", 2019, stdout=out, **options)
    return out.getvalue()


def row_counts():
    """Return {model: number of rows} of every table of ours, history tables too."""
    ours = ("accounts", "reporting", "pledges")
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in ours
    }


# --- the plan's numbers -----------------------------------------------------------------------


def test_the_fields_hold_as_many_pledges_as_the_plan_says(plan_2019):
    assert Counter(Pledge.objects.values_list("field__name", flat=True)) == {
        "시민행복도시": 19,
        "생활안정도시": 14,
        "공동체도시": 8,
        "건강안전도시": 17,
        "일류교육도시": 8,
    }


def test_the_published_first_quarter_has_the_plans_statuses_and_rates(plan_2019):
    publication = Publication.objects.get(period__code="2019-q1")
    statuses = list(publication.pledges.values_list("status", flat=True))
    assert Counter(statuses) == {
        Status.COMPLETED: 4,
        Status.COMPLETED_ONGOING: 22,
        Status.ON_TRACK: 40,
    }
    shares = groups(statuses)
    assert (str(shares.fulfilled_rate), str(shares.in_progress_rate)) == ("39.3", "60.7")
    assert publication.period.as_of == datetime.date(2019, 4, 30)


def test_the_plans_own_words_for_the_status_are_kept(plan_2019):
    raw = PublishedPledge.objects.values_list("status_raw", flat=True)
    assert Counter(raw) == {"종료": 4, "이행후 계속추진": 22, "정상추진": 40}


def test_the_second_quarter_is_open_and_every_pledge_owes_a_report(plan_2019):
    period = Period.objects.get(code="2019-q2")
    assert (period.state, period.due_on) == (Period.State.OPEN, datetime.date(2019, 7, 10))
    assert period.submissions.filter(state=Submission.State.DRAFT).count() == 66


def test_money_is_counted_once_and_spending_stays_within_what_was_secured(plan_2019):
    with (DATA / "funding.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert Funding.objects.count() == len(rows)
    over = [
        p.number
        for p in PublishedPledge.objects.all()
        if (p.spent or 0) > (p.secured or p.spent or 0)
    ]
    assert over == []


def test_nobody_approved_what_they_wrote(plan_2019):
    moves = {move: set() for move in ("submit", "approve")}
    for move, by in Transition.objects.values_list("move", "by__username"):
        moves[move].add(by)
    assert moves == {"submit": {"plan-loader"}, "approve": {"plan-reviewer"}}


def test_those_who_stand_for_the_papers_cannot_log_in(plan_2019):
    for name in ("plan-loader", "plan-reviewer"):
        user = plan_2019[name]
        assert (user.is_active, user.has_usable_password()) == (False, False)


def test_every_card_says_in_its_history_where_it_came_from(plan_2019):
    created = Pledge.history.filter(history_type="+")
    assert created.count() == 66
    assert set(created.values_list("history_change_reason", "history_user__username")) == {
        (REASON, "plan-loader")
    }
    assert set(
        PledgeReport.history.filter(history_type="~").values_list(
            "history_change_reason", flat=True
        )
    ) == {REASON}


def test_the_clock_is_let_go_after_loading(plan_2019):
    assert clock.today() == settings.OFFICE_TODAY


# --- twice, and after people's changes --------------------------------------------------------


def test_a_second_run_writes_nothing(plan_2019, settings):
    settings.DEMO = True
    before = row_counts()
    said = load()
    assert row_counts() == before
    assert "새로 만듦: 없음" in said
    assert "공약 66" in said


def test_what_people_changed_stays(plan_2019):
    Pledge.objects.filter(number="1-9").update(location="고친 위치")
    Period.objects.filter(code="2019-q2").update(due_on=datetime.date(2019, 7, 31))
    load()
    assert Pledge.objects.get(number="1-9").location == "고친 위치"
    assert Period.objects.get(code="2019-q2").due_on == datetime.date(2019, 7, 31)


# --- what is an example says so ---------------------------------------------------------------


def test_only_names_that_are_public_stand_without_the_mark(plan_2019):
    unmarked = Pledge.objects.exclude(title__startswith="(예시) ")
    assert set(unmarked.values_list("title", flat=True)) == REAL_NAMES
    assert set(unmarked.values_list("demo", flat=True)) == {Demo.DETAILS}
    assert unmarked.exclude(content__startswith="(예시) ").count() == 0
    assert unmarked.exclude(final_goal__startswith="(예시) ").count() == 0
    told = PublishedPledge.objects.filter(demo=Demo.DETAILS)
    assert told.count() == told.filter(done__startswith="(예시) ").count() == 11
    assert set(
        Pledge.objects.filter(title__startswith="(예시)").values_list("demo", flat=True)
    ) == {Demo.ALL}
    assert Pledge.objects.filter(is_core=True).count() == 5


def test_departments_but_the_office_are_marked(plan_2019):
    unmarked = Department.objects.exclude(name__startswith="(예시) ")
    assert [department.name for department in unmarked] == ["전략기획실"]


PHONE = re.compile(r"\d{2,3}-\d{3,4}-\d{4}")
PERSONAL = re.compile(r"\d{6}-?[1-8]\d{6}|[\w.]+@[\w.]+|01[016789]-?\d{3,4}-?\d{4}")


@pytest.mark.parametrize("path", sorted(p for p in DATA.rglob("*") if p.is_file()), ids=str)
def test_no_file_holds_a_real_number_or_address_of_a_person(path):
    text = path.read_text("utf-8")
    assert PERSONAL.findall(text) == []
    assert [n for n in PHONE.findall(text) if not n.startswith("041-000-")] == []


# --- demo logins ------------------------------------------------------------------------------

LOGINS = {"writer", "writer2", "head", "strategy", "strategy2", "executive", "juror", "admin"}


def test_the_demo_has_a_login_for_every_role_with_one_password(plan_2019, settings):
    settings.DEMO = True
    out = io.StringIO()
    call_command("demo_logins", stdout=out)
    assert set(plan_2019) > LOGINS
    for name in LOGINS:
        assert name in out.getvalue()
        assert plan_2019[name].name.startswith("(예시)")
    assert "nonsan-2019-demo" in out.getvalue()
    assert plan_2019["writer"].check_password("nonsan-2019-demo")
    assert plan_2019["admin"].is_superuser
    assert AccessChange.objects.filter(whom=plan_2019["writer"]).exists()


def test_the_writer_of_the_demo_owes_several_pledges(plan_2019):
    mine = Submission.objects.visible_to(plan_2019["writer"]).filter(period__code="2019-q2")
    assert mine.count() == 6
