"""생활SOC: rates that may be unknown, types by date, stages in order, what counts as a major change."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts import triggers
from projects.details import soc as details
from projects.models import SocChange, SocFacility, SocStep, SocUsage, SubsidyRate
from projects.regional import soc
from projects.regional_rules import soc as rules
from reporting.workflow import Refused

from .regional_makers import make_complex, make_types, make_uplift

D = datetime.date
DAY = D(2019, 8, 1)
Stage, Outcome = SocStep.Stage, SocStep.Outcome


@pytest.fixture
def types(db):
    return make_types()


@pytest.fixture
def row(people, types):
    return make_complex(people["writer"].department, [types["library"], types["care"]])


def enter(row, people, stage, on=DAY, outcome="done", note="", seen=None):
    seen = row.steps.count() if seen is None else seen
    return soc.enter_step(
        row, seen=seen, stage=stage, outcome=outcome, on=on, note=note, by=people["strategy"]
    )


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


# --- rates ------------------------------------------------------------------------------------
def test_a_rate_without_a_base_is_unknown_and_says_why(types):
    make_uplift()
    rate = rules.effective_rate(types["library"], D(2020, 5, 1))
    assert rate == (None, 10, None, "2020년 기본 보조율이 입력되지 않아 알 수 없습니다.")


@pytest.mark.parametrize(
    ("day", "base", "effective"),
    [
        (D(2019, 12, 31), 40, 40),
        (D(2020, 1, 1), 40, 50),
        (D(2022, 12, 31), 40, 50),
        (D(2023, 1, 1), 40, 40),
        (D(2021, 1, 1), 95, 100),
    ],
)
def test_the_uplift_holds_for_its_three_years_and_never_passes_all(types, day, base, effective):
    make_uplift()
    SubsidyRate.objects.create(facility_type=types["library"], year=day.year, base_rate=base)
    assert rules.effective_rate(types["library"], day).effective == effective


def test_the_window_is_three_years():
    assert rules.window_of(D(2020, 1, 1)) == D(2022, 12, 31)
    assert rules.window_of(D(2020, 2, 29)) == D(2023, 2, 27)


# --- facility types ---------------------------------------------------------------------------
def test_a_complex_needs_two_different_types_valid_on_the_day(types):
    library, care, family = types["library"], types["care"], types["family"]
    assert rules.type_problems([library, care], D(2019, 8, 2)) == []
    assert rules.type_problems([library, library], D(2019, 8, 2)) == [
        "복합화는 서로 다른 시설유형이 2가지 이상이어야 합니다. 지금 1가지입니다."
    ]
    assert rules.type_problems([library, family], D(2019, 9, 30)) == [
        "가족센터은(는) 신청일 2019. 9. 30.에 대상 시설유형이 아닙니다."
    ]
    assert rules.type_problems([library, family], D(2019, 10, 1)) == []


def test_an_application_with_one_type_is_not_handed_in(people, types):
    row = make_complex(people["writer"].department, [types["library"]])
    for stage in (Stage.DEMAND, Stage.FINDING, Stage.PLAN):
        enter(row, people, stage)
    with pytest.raises(Refused, match="2가지 이상"):
        enter(row, people, Stage.CITY)
    soc.set_facility(row, facility_type=types["care"], area=None, by=people["strategy"])
    assert enter(row, people, Stage.CITY).number == 4


# --- stages -----------------------------------------------------------------------------------
def test_a_stage_waits_for_the_one_before_it(row, people):
    with pytest.raises(Refused, match="'수요조사'을\\(를\\) 먼저"):
        enter(row, people, Stage.FINDING)
    with pytest.raises(Refused, match="사유를 적어"):
        enter(row, people, Stage.DEMAND, outcome="skipped")
    enter(row, people, Stage.DEMAND, outcome="skipped", note="2018년에 마침")
    assert enter(row, people, Stage.FINDING).stage == "finding"
    assert rules.next_stage(row.steps.all()) == Stage.PLAN


def test_a_stage_is_not_earlier_than_the_one_before_it(row, people):
    enter(row, people, Stage.DEMAND, on=D(2019, 3, 1))
    with pytest.raises(Refused, match="2019. 3. 1."):
        enter(row, people, Stage.FINDING, on=D(2019, 2, 28))


def test_after_a_failure_nothing_follows_until_it_is_corrected(row, people):
    enter(row, people, Stage.DEMAND, outcome="failed", note="예산 없음")
    assert rules.next_stage(row.steps.all()) is None
    with pytest.raises(Refused, match="탈락·반려"):
        enter(row, people, Stage.FINDING)
    enter(row, people, Stage.DEMAND)
    enter(row, people, Stage.FINDING)
    with pytest.raises(Refused, match="이미 기록되어"):
        enter(row, people, Stage.DEMAND)


def test_the_same_click_twice_has_one_effect(row, people):
    enter(row, people, Stage.DEMAND, seen=0)
    with pytest.raises(Refused, match="더해졌습니다"):
        enter(row, people, Stage.DEMAND, seen=0)
    assert row.steps.count() == 1


def test_a_step_is_only_added(row, people):
    step = enter(row, people, Stage.DEMAND)
    with pytest.raises(TypeError):
        step.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        SocStep.objects.update(document="다른 문서")


def test_the_database_asks_a_reason_for_a_skipped_stage(row, people):
    with pytest.raises(IntegrityError), transaction.atomic():
        SocStep.objects.create(
            complex=row,
            number=1,
            stage="demand",
            outcome="skipped",
            on=D(2019, 1, 1),
            by=people["strategy"],
        )


def test_changes_and_steps_cannot_be_deleted(row, people):
    with connection.cursor() as cursor:
        for table in ("projects_socstep", "projects_socchange"):
            for sql in triggers.free(table, connection.vendor) + triggers.guard(
                table, connection.vendor
            ):
                cursor.execute(sql)
    enter(row, people, Stage.DEMAND)
    with pytest.raises(IntegrityError), transaction.atomic():
        SocStep.objects.all().delete()


# --- the agreement ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("facts", "major"),
    [
        ({"cost_before": 1000, "cost_after": 1299}, False),
        ({"cost_before": 1000, "cost_after": 1300}, True),
        ({"cost_before": 1000, "cost_after": 700}, True),
        ({"cost_before": 0, "cost_after": 1}, True),
        ({"cost_before": None, "cost_after": 5000}, False),
        ({"area_before": 100, "area_after": 129}, False),
        ({"area_before": 100, "area_after": 130}, True),
        ({"months_before": 24, "months_after": 35}, False),
        ({"months_before": 24, "months_after": 36}, True),
        ({"months_before": 36, "months_after": 24}, True),
    ],
)
def test_what_is_a_major_change(facts, major):
    assert rules.is_major(SocChange(**facts)) is major


def test_an_agreement_follows_the_selection(row, people):
    agreement = row.agreement.__class__ if hasattr(row, "agreement") else None
    assert agreement is None
    client = client_of(people["strategy"])
    where = reverse("regional:complex-part", args=[row.pk, "agreement"])
    good = {"signed_on": "2019-12-01", "starts_on": "2020-01-01", "ends_on": "2022-12-31"}
    answer = client.post(where, good)
    assert answer.status_code == 409
    assert "선정 단계를 먼저" in answer.content.decode()
    for stage in list(Stage)[:-1]:
        enter(row, people, stage)
    assert client.post(where, good).status_code == 302
    page = client.get(reverse("regional:complex", args=[row.pk])).content.decode()
    assert "2020. 1. 1. ~ 2022. 12. 31." in page
    assert "3–5년이 아닙니다" not in page


@pytest.mark.parametrize(
    ("ends", "warns"), [(D(2022, 12, 30), True), (D(2022, 12, 31), False), (D(2025, 1, 1), True)]
)
def test_an_agreement_holds_three_to_five_years(ends, warns):
    assert bool(rules.agreement_warning(D(2020, 1, 1), ends)) is warns


def test_a_change_is_computed_first_and_then_recorded_once(row, people):
    client = client_of(people["strategy"])
    where = reverse("regional:complex-part", args=[row.pk, "change"])
    sent = {
        "seen": "0",
        "decided_on": "2021-03-01",
        "cost_before": "1,000",
        "cost_after": "1,300",
        "reason": "물가",
    }
    shown = client.post(where, sent)
    assert "균형위 심의 대상입니다" in shown.content.decode()
    assert row.changes.count() == 0
    assert client.post(where, {**sent, "record": "1"}).status_code == 302
    assert client.post(where, {**sent, "record": "1"}).status_code == 409
    assert row.changes.count() == 1
    assert "심의 대상" in client.get(reverse("regional:complex", args=[row.pk])).content.decode()


# --- users, rights, staleness -----------------------------------------------------------------
def test_users_are_counted_from_the_opening_on(row, people):
    def write(month):
        soc.set_usage(row, year=2022, month=month, users=120, by=people["writer"])

    with pytest.raises(Refused, match="개관일"):
        write(5)
    row.opened_on = D(2022, 5, 20)
    row.save()
    with pytest.raises(Refused, match="개관하기 전"):
        write(4)
    write(5)
    write(5)
    assert SocUsage.objects.get().users == 120
    assert SocUsage.history.count() == 1


def test_a_department_edits_its_own_and_sees_no_other(row, people):
    facts = reverse("regional:complex-part", args=[row.pk, "facts"])
    step = reverse("regional:complex-part", args=[row.pk, "step"])
    page = reverse("regional:complex", args=[row.pk])
    assert client_of(people["writer"]).get(facts).status_code == 200
    assert client_of(people["writer"]).get(step).status_code == 403
    assert client_of(people["head"]).get(page).status_code == 200
    assert client_of(people["head"]).get(facts).status_code == 403
    assert client_of(people["stranger"]).get(page).status_code == 404
    assert client_of(people["executive"]).get(page).status_code == 200
    assert client_of(people["strategy"]).get(page + "nothing/").status_code == 404


def test_a_stale_save_shows_both_and_overwrites_nothing(row, people):
    client = client_of(people["writer"])
    where = reverse("regional:complex-part", args=[row.pk, "facts"])
    assert client.post(where, {"version": "1", "operator": "시설관리공단"}).status_code == 302
    late = client.post(where, {"version": "1", "operator": "논산문화원"})
    text = late.content.decode()
    assert late.status_code == 409
    assert "시설관리공단" in text and "논산문화원" in text
    row.refresh_from_db()
    assert row.operator == "시설관리공단"
    assert client.post(where, {"version": "2", "operator": "논산문화원"}).status_code == 302


def test_a_facility_is_written_changed_and_taken_out(row, people, types):
    client = client_of(people["writer"])
    where = reverse("regional:complex-part", args=[row.pk, "facility"])
    sent = {"facility_type": types["family"].pk, "area": "120.5"}
    assert client.post(where, sent).status_code == 302
    assert client.post(where, {**sent, "area": "0"}).status_code == 422
    assert SocFacility.objects.filter(complex=row).count() == 3
    assert client.post(where, {**sent, "drop": "on"}).status_code == 302
    assert SocFacility.objects.filter(complex=row).count() == 2


def test_a_snapshot_holds_types_and_stages_as_plain_words(row, people):
    enter(row, people, Stage.DEMAND)
    told = details.detail(row.project)
    assert told["tables"][0]["rows"] == [["작은도서관", "", ""], ["다함께돌봄센터", "", ""]]
    assert told["tables"][1]["rows"] == [["수요조사", "2019-08-01", "마침"]]
