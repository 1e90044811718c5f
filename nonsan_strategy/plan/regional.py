"""생활SOC and 균형발전: check that phases add up and no 순도비 has 국비, then write what is missing."""

import datetime

from django.conf import settings

from accounts.models import Department
from projects.models import (
    BalancedPhase,
    BalancedProject,
    FacilityType,
    Project,
    Proposal,
    SocStep,
    Source,
    SubsidyRate,
    SubsidyUplift,
)
from projects.regional import soc
from projects.regional_rules import balanced as rules
from projects.regional_rules.soc import window_of
from reporting.history import keep

MARK = "(예시)"
DAYS = ("valid_from", "valid_to")


def problems(plan):
    """Return what does not add up or points nowhere, as sentences with the difference."""
    projects = {row["slug"]: row for row in plan.work["projects"]}
    return [*_uplifts(plan), *_districts(plan, projects), *_phases(plan, projects), *_marks(plan)]


def _uplifts(plan):
    return [
        f"보조율 인상 {row['valid_from']}: 3년이 아닙니다."
        for row in plan.regional["soc"]["uplifts"]
        if window_of(_day(row["valid_from"])) != _day(row["valid_to"])
    ]


def _districts(plan, projects):
    found = []
    for row in plan.regional["balanced"]["districts"]:
        project = projects.get(row["project"])
        if project is None:
            found.append(f"균형발전 지구 {row['number']}: 없는 사업 {row['project']}")
            continue
        for line in project.get("funding", []):
            amount = max(line.get(name) or 0 for name in ("planned", "secured", "spent"))
            if refusal := rules.national_refusal(row["fund_group"], line["source"], amount):
                found.append(f"{project['title']}: {refusal}")
    return found


def _phases(plan, projects):
    """Return where a programme's money or its districts do not add up to its total (백만원)."""
    found, labels = [], dict(Source.choices)
    for row in plan.regional["balanced"]["phases"]:
        programme = projects.get(row["programme"])
        if programme is None:
            found.append(
                f"균형발전 {row['stage']}단계 {row['number']}기: 없는 사업 {row['programme']}"
            )
            continue
        money = [(labels[f["source"]], f["planned"]) for f in programme.get("funding", [])]
        parts = [
            projects[d["project"]].get("total_cost")
            for d in plan.regional["balanced"]["districts"]
            if (d["stage"], d["phase"]) == (row["stage"], row["number"])
            and d["project"] in projects
        ]
        lines = rules.check_lines(programme.get("total_cost"), money, parts)
        found += rules.phase_problems(programme["title"], lines)
    return found


def _marks(plan):
    shown = plan.regional["soc"]["demo"] + plan.regional["balanced"]["demo_proposals"]
    return [
        f"'{row['title']}'에 {MARK} 표시가 없습니다."
        for row in shown
        if not row["title"].startswith(MARK)
    ]


def _day(text):
    return datetime.date.fromisoformat(text)


# --- writing ----------------------------------------------------------------------------------
def bring_over(plan, *, by, reason, tally):
    """Create types, uplift, phases and districts where missing; the examples on a demo only."""
    types = _types(plan, by, reason, tally)
    phases = _write_phases(plan, by, reason, tally)
    for row in plan.regional["balanced"]["districts"]:
        project = Project.objects.get(slug=row["project"])
        there = BalancedProject.objects.filter(project=project).exists()
        if tally.count("균형발전 지구", not there):
            district = BalancedProject(
                project=project,
                phase=phases[row["stage"], row["phase"]],
                number=row["number"],
                fund_group=row["fund_group"],
            )
            keep(district, by=by, reason=reason)
    if settings.DEMO:
        _examples(plan, types, phases, by, reason, tally)


def _types(plan, by, reason, tally):
    data = plan.regional["soc"]
    types = {kind.code: kind for kind in FacilityType.objects.all()}
    for row in data["facility_types"]:
        if tally.count("생활SOC 시설유형", row["code"] not in types):
            types[row["code"]] = keep(FacilityType(**_dated(row)), by=by, reason=reason)
    for row in data["uplifts"]:
        there = SubsidyUplift.objects.filter(valid_from=row["valid_from"]).exists()
        if tally.count("생활SOC 보조율 인상", not there):
            keep(SubsidyUplift(**_dated(row)), by=by, reason=reason)
    for row in data["rates"]:
        where = {"facility_type": types[row["type"]], "year": row["year"]}
        if tally.count("생활SOC 보조율", not SubsidyRate.objects.filter(**where).exists()):
            keep(SubsidyRate(**where, base_rate=row["base_rate"]), by=by, reason=reason)
    return types


def _dated(row):
    return {name: _day(value) if name in DAYS else value for name, value in row.items()}


def _write_phases(plan, by, reason, tally):
    """Return {(stage, number): BalancedPhase}, made where missing."""
    found = {(p.stage, p.number): p for p in BalancedPhase.objects.all()}
    for row in plan.regional["balanced"]["phases"]:
        key = row["stage"], row["number"]
        if tally.count("균형발전 기", key not in found):
            programme = Project.objects.get(slug=row["programme"])
            phase = BalancedPhase(**{**row, "programme": programme})
            found[key] = keep(phase, by=by, reason=reason)
    return found


def _examples(plan, types, phases, by, reason, tally):
    places = {row["key"]: row["name"] for row in plan.departments}
    for row in plan.regional["soc"]["demo"]:
        there = Project.objects.filter(title=row["title"], kind=Project.Kind.SOC).exists()
        if tally.count("생활SOC 복합시설(예시)", not there):
            _complex(row, types, Department.objects.get(name=places[row["department"]]), by, reason)
    for row in plan.regional["balanced"]["demo_proposals"]:
        there = Proposal.objects.filter(title=row["title"]).exists()
        if tally.count("균형발전 사업 제안(예시)", not there):
            proposal = Proposal(
                phase=phases[row["stage"], row["phase"]],
                department=Department.objects.get(name=places[row["department"]]),
                title=row["title"],
                menu=row["menu"],
                demo="all",
            )
            keep(proposal, by=by, reason=reason)


def _complex(row, types, department, by, reason):
    made = soc.start_complex(
        by=by,
        title=row["title"],
        department=department,
        platform=row["platform"],
        applied_on=_day(row["applied_on"]) if row["applied_on"] else None,
    )
    project = made.project
    project.demo, project.reports = "all", False
    keep(project, by=by, reason=reason)
    for code in row["facilities"]:
        soc.set_facility(made, facility_type=types[code], area=None, by=by)
    for seen, step in enumerate(row["steps"]):
        soc.enter_step(
            made,
            seen=seen,
            stage=step["stage"],
            outcome=SocStep.Outcome.DONE,
            on=_day(step["on"]),
            note=step["note"],
            by=by,
        )
