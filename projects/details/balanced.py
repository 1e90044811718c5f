"""균형발전 of a project as plain JSON: its place in the phase and the ladder of its money (백만원)."""

from reporting.formats import number

from ..models import BalancedPhase, BalancedProject, FundingStep, Source
from ..regional_rules import balanced as rules

Step = FundingStep.Step


def detail(project):
    """Return the facts and tables of a district, or of a programme with its districts by fund group."""
    district = BalancedProject.objects.select_related("phase").filter(project=project).first()
    if district:
        return _district(district)
    phase = BalancedPhase.objects.filter(programme=project).first()
    return _phase(phase) if phase else {"facts": [], "tables": []}


def _district(district):
    return {
        "facts": [
            ["단계", str(district.phase)],
            ["번호", str(district.number)],
            ["재원 구분", district.get_fund_group_display()],
        ],
        "tables": [table for table in (_ladder(district),) if table["rows"]],
    }


def _ladder(district):
    rungs = list(district.ladder.all())
    amounts = {(r.year, r.source, r.step): r.amount for r in rungs}
    labels = dict(Source.choices)
    keys = sorted(
        {(r.year, r.source) for r in rungs}, key=lambda k: (k[0], Source.values.index(k[1]))
    )
    return {
        "caption": "재원 단계",
        "columns": [["연도", "text"], ["재원", "text"], *([s.label, "amount"] for s in Step)],
        "rows": [
            [str(year), labels[source], *(amounts.get((year, source, s.value)) for s in Step)]
            for year, source in keys
        ],
    }


def _phase(phase):
    districts = list(phase.districts.select_related("project"))
    facts = [["단계", str(phase)], ["기간", f"{phase.starts}년 ~ {phase.ends}년"]]
    for fund in BalancedProject.Fund:
        total = rules.subtotal(districts, fund)
        if total:
            facts.append([f"{fund.label} 소계", f"{number(total)}백만원"])
    rows = [
        [
            d.get_fund_group_display(),
            d.number,
            d.project.title,
            f"{d.project.starts}~{d.project.ends}",
            d.project.total_cost,
        ]
        for d in districts
    ]
    table = {
        "caption": "지구",
        "columns": [
            ["구분", "text"],
            ["번호", "number"],
            ["사업명", "text"],
            ["사업기간", "text"],
            ["사업비", "amount"],
        ],
        "rows": rows,
    }
    return {"facts": facts, "tables": [table] if rows else []}
