"""The entry guard: what is probably a slip gets a sentence that one tick overrules, never silently."""

from reporting import formats

from ..models import Source
from .rule import Rule

JUMP = 20  # points of 추진율 from one report to the next that need no evidence
MOVING = ("done", "next_plans")  # texts that a new quarter should change; a problem may well stay


def same_text(facts):
    """Say which of the moving texts are the same as in the approved report before."""
    before = facts.previous
    same = [name for name in MOVING if before and _same(getattr(facts.report, name), before, name)]
    if not same:
        return ""
    labels = "·".join(facts.report._meta.get_field(name).verbose_name for name in same)
    return f"{labels}: 지난 보고({before.submission.period})와 글이 똑같습니다."


def _same(text, before, name):
    return bool(text.strip()) and formats.normal(text) == formats.normal(getattr(before, name))


def falling_spending(facts):
    """Say where the year's cumulative spending is below what was reported earlier this year (백만원)."""
    before, now = facts.before_this_year, facts.this_year
    fallen = [
        f"{label} {formats.number(before[source])}→{formats.number(now[source])}백만원"
        for source, label in Source.choices
        if source in before and source in now and now[source] < before[source]
    ]
    return f"올해 누적 집행액이 지난 보고보다 줄었습니다({', '.join(fallen)})." if fallen else ""


def spending_above_budget(facts):
    """Say where the year's spending is above what the card has as secured, or else as planned (백만원)."""
    budget, now, year = facts.budget, facts.this_year, facts.period.year
    found = []
    for source, label in Source.choices:
        amount, name = budget.get(source, (None, ""))
        if amount is not None and now.get(source, 0) > amount:
            found.append(
                f"{year}년 {label} 집행 {formats.number(now[source])}백만원이 "
                f"{name} {formats.number(amount)}백만원보다 많습니다."
            )
    return " ".join([*found, "맞는지 확인해 주세요."]) if found else ""


def jump_without_evidence(facts):
    """Say that 추진율 rose by more than `JUMP` points since the report before and no file is attached."""
    before, now = facts.previous, facts.report.progress_pct
    if before is None or now is None or before.progress_pct is None:
        return ""
    if now - before.progress_pct <= JUMP or list(facts.report.evidence.all()):
        return ""
    return f"추진율이 {before.progress_pct}%에서 {now}%로 올랐는데 증빙이 없습니다."


RULES = (
    Rule(
        "same-text",
        "지난 보고와 같은 글",
        "추진실적이나 향후계획이 지난 보고와 똑같으면 묻습니다. 빈칸과 줄바꿈의 차이는 보지 않습니다.",
        "추진실적, 향후계획, 승인된 지난 보고",
        "이번 기간에 한 일을 적거나, 정말 달라진 것이 없으면 확인 표시를 합니다.",
        same_text,
    ),
    Rule(
        "falling",
        "줄어든 누적 집행",
        "1월부터의 누적 집행액이 같은 해 지난 보고보다 적으면 묻습니다.",
        "재원별 올해 집행, 같은 해 승인된 지난 보고",
        "이번 분기만 적었으면 누적으로 고치고, 지난 보고가 잘못이었으면 확인 표시를 합니다.",
        falling_spending,
    ),
    Rule(
        "above-budget",
        "예산보다 많은 집행",
        "올해 집행액이 관리카드의 확보액보다 많으면 묻습니다. 확보액을 모르면 계획액과 견줍니다.",
        "재원별 올해 집행, 관리카드의 올해 확보·계획",
        "단위(백만원)를 살피고, 추경이 있었으면 관리카드를 고쳐 달라고 전략기획실에 알립니다.",
        spending_above_budget,
    ),
    Rule(
        "jump",
        "증빙 없는 큰 오름",
        f"추진율이 지난 보고보다 {JUMP}%p 넘게 올랐는데 증빙 파일이 없으면 묻습니다.",
        "추진율, 승인된 지난 보고, 붙인 증빙",
        "준공 사진이나 공문을 붙이거나, 확인 표시를 합니다.",
        jump_without_evidence,
    ),
)
