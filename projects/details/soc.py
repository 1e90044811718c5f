"""생활SOC of a project as plain JSON: facilities, stages, agreement, changes; unknown is None."""

from reporting.formats import day, number

from ..models import InvestmentAgreement, LivingSocComplex
from ..regional_rules import soc as rules

EMPTY = {"facts": [], "tables": []}


def detail(project):
    """Return the facts and tables of a complex; a project without one (the programme) has none."""
    row = LivingSocComplex.objects.filter(project=project).first()
    if row is None:
        return {**EMPTY}
    return {
        "facts": [[label, text] for label, text in _facts(row) if text],
        "tables": [t for t in (_facilities(row), _stages(row), _changes(row)) if t["rows"]],
    }


def _facts(row):
    yield "플랫폼 유형", row.get_platform_display()
    yield "운영주체", row.operator
    if row.operating_cost is not None:
        yield "연간 운영비", f"{number(row.operating_cost)}백만원"
    yield "부지 확보일", day(row.site_secured_on)
    yield "개관일", day(row.opened_on)
    agreement = InvestmentAgreement.objects.filter(complex=row).first()
    if agreement:
        yield (
            "지역발전투자협약",
            f"{day(agreement.signed_on)} 체결({day(agreement.starts_on)} ~ {day(agreement.ends_on)})",
        )


def _facilities(row):
    facilities = row.facilities.select_related("facility_type")
    return {
        "caption": "시설 구성",
        "columns": [["시설유형", "text"], ["소관부처", "text"], ["면적(㎡)", "text"]],
        "rows": [
            [
                f.facility_type.name,
                f.facility_type.ministry,
                "" if f.area is None else f"{f.area:,}",
            ]
            for f in facilities
        ],
    }


def _stages(row):
    latest = rules.latest(row.steps.all())
    order = [stage for stage in rules.Stage if stage in latest]
    return {
        "caption": "신청 단계",
        "columns": [["단계", "text"], ["일자", "date"], ["결과", "text"]],
        "rows": [
            [stage.label, latest[stage].on.isoformat(), latest[stage].get_outcome_display()]
            for stage in order
        ],
    }


def _changes(row):
    return {
        "caption": "협약 변경",
        "columns": [["차수", "text"], ["변경일", "date"], ["균형위", "text"], ["사유", "text"]],
        "rows": [
            [
                str(change),
                change.decided_on.isoformat(),
                "심의 대상" if rules.is_major(change) else "대상 아님",
                change.reason,
            ]
            for change in row.changes.all()
        ],
    }
