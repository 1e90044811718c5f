"""What the plan of 2019 brings for 생활SOC and 균형발전, and what it leaves unknown."""

from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from projects.details import balanced as details
from projects.models import (
    BalancedPhase,
    BalancedProject,
    FacilityType,
    Funding,
    SubsidyRate,
    SubsidyUplift,
)
from projects.regional_rules import balanced as rules


def test_the_loaded_plan_shows_the_plan_s_table(plan_2019):
    phase = BalancedPhase.objects.get(stage=1, number=3)
    districts = list(phase.districts.select_related("project"))
    Fund = BalancedProject.Fund
    assert rules.subtotal(districts, Fund.SPECIAL_ACCOUNT) == 17200
    assert rules.subtotal(districts, Fund.PROVINCE_ONLY) == 12176
    assert [line[1:] for line in rules.lines_of(phase)] == [(29376, 29376, 0)] * 2
    assert not Funding.objects.filter(project__balanced__isnull=False).exists()
    client = Client()
    client.force_login(User.objects.filter(role=Role.STRATEGY, is_active=True).first())
    page = client.get(reverse("regional:balanced")).content.decode()
    for text in ("29,376", "7개 지구", "소계 17,200", "소계 12,176", "국비 7,400 + 도비 9,788"):
        assert text in page
    told = details.detail(phase.programme)
    assert len(told["tables"][0]["rows"]) == 7
    assert ["균특사업 소계", "17,200백만원"] in told["facts"]


def test_types_uplift_and_empty_rates_are_loaded(plan_2019):
    assert FacilityType.objects.valid_on("2019-06-12").count() == 9
    assert FacilityType.objects.valid_on("2019-10-31").count() == 10
    assert SubsidyUplift.objects.get().points == 10
    assert not SubsidyRate.objects.exists()
