"""균형발전: sums with their difference, 순도비 without 국비 on every way in, the ladder, the call."""

import copy

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from nonsan_strategy.plan.check import problems
from nonsan_strategy.plan.read import read
from projects import triggers
from projects.models import (
    BalancedProject,
    Funding,
    FundingStep,
    Proposal,
    ProposalMove,
)
from projects.regional import balanced
from projects.regional_rules import balanced as rules
from reporting.history import Stale
from reporting.workflow import Refused, WrongState

from .regional_makers import make_district, make_phase, make_proposal


@pytest.fixture
def district(people):
    return make_district(people["writer"].department, make_phase())


@pytest.fixture
def proposal(people):
    return make_proposal(people["writer"].department, make_phase(2, 1, 2021, 2025))


@pytest.fixture
def plan(settings):
    return read(settings.BASE_DIR / "data" / "2019")


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


# --- no national money ------------------------------------------------------------------------
def test_the_form_refuses_national_money_for_a_province_only_project(district, people):
    client = client_of(people["writer"])
    where = reverse("regional:rung", args=[district.pk])
    sent = {"year": "2019", "source": "national", "step": "planned", "amount": "100"}
    answer = client.post(where, sent)
    assert answer.status_code == 422
    assert rules.NO_NATIONAL in answer.content.decode()
    assert client.post(where, {**sent, "source": "provincial"}).status_code == 302
    assert FundingStep.objects.get().source == "provincial"


def test_the_verbs_refuse_it_too(district, people):
    with pytest.raises(Refused, match="순도비"):
        balanced.set_rung(
            district, year=2019, source="national", step="planned", amount=1, by=people["strategy"]
        )
    other = make_district(people["writer"].department, district.phase, "special", 2)
    Funding.objects.create(project=other.project, source="national", planned=1)
    other.fund_group = "province"
    with pytest.raises(Refused, match="순도비"):
        balanced.set_district(other, by=people["strategy"])


def test_the_card_of_a_project_refuses_it(district):
    with pytest.raises(ValidationError, match="순도비"):
        Funding(project=district.project, source="national", planned=1).clean()
    Funding(project=district.project, source="national", planned=0).clean()


@pytest.mark.parametrize("column", ["planned", "secured", "spent"])
def test_the_database_refuses_national_money_in_funding(district, column):
    with pytest.raises(IntegrityError), transaction.atomic():
        Funding.objects.create(project=district.project, source="national", **{column: 1})
    line = Funding.objects.create(project=district.project, source="national", **{column: 0})
    with pytest.raises(IntegrityError), transaction.atomic():
        Funding.objects.filter(pk=line.pk).update(**{column: 5})


def test_the_database_refuses_national_money_on_the_ladder(district):
    where = {"district": district, "year": 2019, "step": "planned"}
    with pytest.raises(IntegrityError), transaction.atomic():
        FundingStep.objects.create(**where, source="national", amount=1)
    rung = FundingStep.objects.create(**where, source="municipal", amount=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        FundingStep.objects.filter(pk=rung.pk).update(source="national")


def test_the_database_refuses_to_make_a_project_with_national_money_province_only(people):
    phase = make_phase()
    for number, table in ((1, "funding"), (2, "ladder")):
        row = make_district(people["writer"].department, phase, "special", number)
        if table == "funding":
            Funding.objects.create(project=row.project, source="national", spent=1)
        else:
            FundingStep.objects.create(
                district=row, source="national", year=2019, step="spent", amount=1
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            BalancedProject.objects.filter(pk=row.pk).update(fund_group="province")


def test_the_guards_stand_after_all_migrations(db):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        names = {name for (name,) in cursor.fetchall()}
    ends = [""] if connection.vendor == "postgresql" else ["_insert", "_update"]
    assert {f"{t}_{triggers.NAME}{end}" for t in triggers.BROKEN for end in ends} <= names


# --- sums -------------------------------------------------------------------------------------
def test_the_plan_of_2019_adds_up_and_says_by_how_much_when_not(plan):
    assert problems(plan) == []
    bad = copy.deepcopy(plan.work)
    for row in bad["projects"]:
        if row["slug"] == "balanced-1-3-5":
            row["total_cost"] = 901
    found = problems(type(plan)(**{**plan.__dict__, "work": bad}))
    assert (
        "제1단계 3기 균형발전사업 지구별 합계 (7개 지구): 29,377, 총사업비 29,376, 차이 1" in found
    )


def test_the_loader_refuses_national_money_of_a_province_only_project(plan):
    bad = copy.deepcopy(plan.work)
    for row in bad["projects"]:
        if row["slug"] == "balanced-1-3-4":
            row["funding"] = [{"source": "national", "year": None, "planned": 3276}]
    found = problems(type(plan)(**{**plan.__dict__, "work": bad}))
    assert f"소상공인·청년 창업지원: {rules.NO_NATIONAL}" in found


def test_an_unknown_part_is_not_a_zero():
    lines = rules.check_lines(100, [("국비", 40), ("시비", None)], [60, None])
    assert [line[1:] for line in lines] == [(None, 100, None)] * 2
    assert rules.phase_problems("기", lines) == []


# --- the ladder -------------------------------------------------------------------------------
def test_a_later_rung_that_holds_more_is_told(district, people):
    for step, amount in (("planned", 100), ("notified", 120), ("spent", 90)):
        balanced.set_rung(
            district,
            year=2019,
            source="municipal",
            step=step,
            amount=amount,
            by=people["writer"],
        )
    warning = "2019년 시비: 내시 120이(가) 계획 100보다 큽니다."
    assert rules.ladder_warnings(district.ladder.all()) == [warning]
    page = client_of(people["head"]).get(reverse("regional:district", args=[district.pk]))
    assert warning in page.content.decode()


def test_the_same_rung_twice_is_one_row_and_a_correction_keeps_history(district, people):
    where = {"year": 2019, "source": "municipal", "step": "planned", "by": people["writer"]}
    for amount in (100, 100, 80):
        balanced.set_rung(district, amount=amount, **where)
    assert FundingStep.objects.get().amount == 80
    assert list(FundingStep.history.values_list("amount", flat=True)) == [80, 100]


def test_a_district_belongs_to_its_department(district, people):
    page = reverse("regional:district", args=[district.pk])
    rung = reverse("regional:rung", args=[district.pk])
    assert client_of(people["stranger"]).get(page).status_code == 404
    assert client_of(people["head"]).get(rung).status_code == 403
    assert client_of(people["executive"]).get(rung).status_code == 403


def test_a_number_is_given_once(district, people):
    other = make_district(people["writer"].department, district.phase, number=2)
    where = reverse("regional:district-edit", args=[other.pk])
    answer = client_of(people["strategy"]).post(where, {"number": "1", "fund_group": "province"})
    assert answer.status_code == 422
    assert "이미 있습니다" in answer.content.decode()


# --- the call for projects --------------------------------------------------------------------
@pytest.mark.parametrize("name", rules.MOVES)
@pytest.mark.parametrize("state", Proposal.State.values)
@pytest.mark.parametrize("who", ["writer", "stranger", "head", "strategy", "executive"])
def test_every_move_from_every_state_by_everybody(name, state, who, proposal, people):
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    _, sources, target, only_office, _ = rules.MOVES[name]
    allowed = who == "strategy" or (who == "writer" and not only_office)
    proposal.refresh_from_db()
    if allowed and state in sources:
        moved = balanced.take(name, proposal, seen=1, comment="까닭", by=people[who])
        assert (moved.state, ProposalMove.objects.get().source) == (target, state)
        return
    with pytest.raises(WrongState if allowed else PermissionDenied):
        balanced.take(name, proposal, seen=1, comment="까닭", by=people[who])
    assert not ProposalMove.objects.exists()


def test_a_move_of_an_older_page_and_one_without_words_are_refused(proposal, people):
    writer, office = people["writer"], people["strategy"]
    with pytest.raises(Stale):
        balanced.take("write", proposal, seen=9, by=writer)
    balanced.take("write", proposal, seen=1, by=writer)
    balanced.take("submit", proposal, seen=2, by=writer)
    with pytest.raises(Refused, match="까닭"):
        balanced.take("back", proposal, seen=3, by=office)
    assert Proposal.objects.get().state == "submitted"


def test_a_department_brings_its_proposal_once(people, proposal):
    client = client_of(people["writer"])
    sent = {"phase": proposal.phase_id, "title": "새 제안", "menu": "service", "amount": "1,000"}
    answer = client.post(reverse("regional:proposal-new"), sent)
    assert answer.status_code == 302
    assert client.post(reverse("regional:proposal-new"), sent).status_code == 409
    made = Proposal.objects.get(title="새 제안")
    assert (made.department, made.amount) == (people["writer"].department, 1000)
    client.post(reverse("regional:proposal-move", args=[made.pk]), {"move": "write", "seen": "1"})
    client.post(reverse("regional:proposal-move", args=[made.pk]), {"move": "submit", "seen": "2"})
    edit = reverse("regional:proposal-edit", args=[made.pk])
    assert client.post(edit, {**sent, "version": "3"}).status_code == 409


def test_the_list_is_narrowed_and_shows_only_one_s_own(people, proposal):
    make_proposal(people["stranger"].department, proposal.phase, title="남의 제안", menu="service")
    where = reverse("regional:proposals")
    mine = client_of(people["writer"]).get(where).content.decode()
    assert "남의 제안" not in mine
    office = client_of(people["strategy"]).get(where, {"menu": "service"}).content.decode()
    assert "남의 제안" in office
    assert '<b class="num">1</b>건' in office
    sheet = client_of(people["strategy"]).get(where, {"format": "csv"})
    assert "남의 제안,사회적서비스" in sheet.content.decode("utf-8-sig")
