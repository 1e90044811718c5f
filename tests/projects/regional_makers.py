"""Makers of complexes, districts and proposals for tests of 생활SOC and 균형발전."""

import datetime

from projects.models import (
    BalancedPhase,
    BalancedProject,
    FacilityType,
    LivingSocComplex,
    Project,
    Proposal,
    SubsidyUplift,
)
from projects.regional import soc
from tests.projects.makers import make_project

DAY = datetime.date


def make_types():
    """Return {code: FacilityType}: two of the nine and 가족센터 of October 2019."""
    rows = [
        ("library", "작은도서관", DAY(2019, 6, 12)),
        ("care", "다함께돌봄센터", DAY(2019, 6, 12)),
        ("family", "가족센터", DAY(2019, 10, 1)),
    ]
    return {
        code: FacilityType.objects.create(code=code, name=name, valid_from=day)
        for code, name, day in rows
    }


def make_uplift():
    """Return the uplift of 10 %p from 2020 for three years."""
    return SubsidyUplift.objects.create(
        valid_from=DAY(2020, 1, 1), valid_to=DAY(2022, 12, 31), points=10
    )


def make_complex(department, types=(), by=None, **facts):
    """Return a complex with the given facility types."""
    project = make_project(department, slug="complex", title="복합센터", kind=Project.Kind.SOC)
    row = LivingSocComplex.objects.create(project=project, **facts)
    for kind in types:
        soc.set_facility(row, facility_type=kind, area=None, by=by)
    return row


def make_phase(stage=1, number=3, starts=2018, ends=2020, programme=None):
    """Return a phase; its stage is as wide as the phase."""
    return BalancedPhase.objects.create(
        stage=stage,
        number=number,
        starts=starts,
        ends=ends,
        stage_starts=starts,
        stage_ends=ends,
        programme=programme,
    )


def make_district(department, phase, fund="province", number=1, **more):
    """Return a district with its project."""
    project = make_project(
        department,
        slug=f"district-{phase.pk}-{number}",
        title=f"지구 {number}",
        kind=Project.Kind.BALANCED,
        **more,
    )
    return BalancedProject.objects.create(
        project=project, phase=phase, number=number, fund_group=fund
    )


def make_proposal(department, phase, **more):
    """Return a proposal that was just found."""
    return Proposal.objects.create(
        **{"department": department, "phase": phase, "title": "제안", "menu": "income", **more}
    )


def make_regional(people):
    """Return (complex, district, proposal) of the writer's department."""
    department = people["writer"].department
    row = make_complex(department)
    district = make_district(department, make_phase())
    return row, district, make_proposal(department, make_phase(2, 1, 2021, 2025))
