"""균형발전: who may hold national money, whether a phase adds up, whether a ladder only goes down (domain.md §6)."""

from reporting.formats import number

from ..models import BalancedProject, Funding, FundingStep, Proposal, Source

Fund, Step = BalancedProject.Fund, FundingStep.Step
NO_NATIONAL = "순도비사업에는 국비를 넣을 수 없습니다. 도비와 시비만 적어 주세요."


def national_refusal(fund_group, source, amount):
    """Say why this money cannot be, or return "": a 순도비 project has no 국비 (domain.md §6)."""
    if fund_group == Fund.PROVINCE_ONLY and source == Source.NATIONAL and amount:
        return NO_NATIONAL
    return ""


def has_national_money(project):
    """Say whether a project holds any national money, in its funding or on its ladder."""
    lines = Funding.objects.filter(project=project, source=Source.NATIONAL)
    held = any(line.planned or line.secured or line.spent for line in lines)
    steps = FundingStep.objects.filter(district__project=project, source=Source.NATIONAL)
    return held or steps.filter(amount__gt=0).exists()


# --- does a phase add up ----------------------------------------------------------------------
def subtotal(districts, fund):
    """Return the sum of one fund group in 백만원, None when a part is unknown; computed, never stored."""
    costs = [d.project.total_cost for d in districts if d.fund_group == fund]
    return None if None in costs else sum(costs)


def check_lines(total, by_source, parts):
    """Return (label, sum, total, difference) of the programme's sources and of its parts; None is unknown.

    `by_source` is [(label, 백만원 or None)], `parts` [백만원 or None].
    """
    sources = [amount for _, amount in by_source]
    names = " + ".join(f"{label} {number(amount)}" for label, amount in by_source)
    return [
        _line(f"재원별 합계 ({names})" if names else "재원별 합계", sources, total),
        _line(f"지구별 합계 ({len(parts)}개 지구)", parts, total),
    ]


def _line(label, amounts, total):
    known = bool(amounts) and None not in amounts
    have = sum(amounts) if known else None
    both = have is not None and total is not None
    return (label, have, total, have - total if both else None)


def phase_problems(name, lines):
    """Return a sentence with the difference for every check line that does not add up."""
    return [
        f"{name} {label}: {number(have)}, 총사업비 {number(total)}, 차이 {number(gap)}"
        for label, have, total, gap in lines
        if gap
    ]


def lines_of(phase):
    """Return the check lines of a phase from its programme, its money and its districts."""
    programme = phase.programme
    if programme is None:
        return []
    labels = dict(Source.choices)
    found = {}
    for row in programme.funding.all():
        found.setdefault(row.source, []).append(row.planned)
    money = [(labels[s], None if None in found[s] else sum(found[s])) for s in labels if s in found]
    parts = [d.project.total_cost for d in phase.districts.select_related("project")]
    return check_lines(programme.total_cost, money, parts)


# --- the ladder -------------------------------------------------------------------------------
def ladder_warnings(rows):
    """Say where a later rung holds more than the nearest earlier one that is known."""
    found, order = [], list(Step)
    groups = {}
    for row in rows:
        groups.setdefault((row.year, row.source), {})[row.step] = row.amount
    labels = dict(Source.choices)
    for (year, source), amounts in sorted(groups.items()):
        known = [step for step in order if step in amounts]
        for before, after in zip(known, known[1:], strict=False):
            if amounts[after] > amounts[before]:
                found.append(
                    f"{year}년 {labels[source]}: {after.label} {number(amounts[after])}이(가) "
                    f"{before.label} {number(amounts[before])}보다 큽니다."
                )
    return found


# --- proposals --------------------------------------------------------------------------------
State = Proposal.State
# move: (label, from where, to where, whether the office alone may, whether words are needed)
MOVES = {
    "write": ("제안서 작성", {State.FOUND}, State.WRITING, False, False),
    "submit": ("제출", {State.WRITING}, State.SUBMITTED, False, False),
    "back": ("보완 요구", {State.SUBMITTED, State.REVIEW}, State.WRITING, True, True),
    "review": ("심의에 올림", {State.SUBMITTED}, State.REVIEW, True, False),
    "select": ("선정", {State.REVIEW}, State.SELECTED, True, False),
    "fail": ("탈락", {State.SUBMITTED, State.REVIEW}, State.FAILED, True, True),
}
EDITABLE = {State.FOUND, State.WRITING}
