"""What keeps a report from being handed in, and what looks like a slip and may still be right."""

from reporting import clock, formats
from reporting.subjects import Flag

from .. import schedule
from ..formats import span
from ..models import Source

MOVING = ("done", "next_plans")  # texts that a new period should change; a problem may well stay
NOTHING = "추진실적을 적거나 마친 일정의 완료를 적어 주세요."
LATE_SILENT = "문제점이나 대책에 까닭과 앞으로 할 일을 적어 주세요."
MAY_STAND = "쓴 사람이 사실을 확인하면 그대로 낼 수 있습니다."


def problems(facts):
    """Return what must be written before the report may be handed in."""
    found = [] if facts.report.done.strip() or facts.done_now else [NOTHING]
    late = late_sentence(facts)
    if late and not _explained(facts.report):
        found += [late, LATE_SILENT]
    return found


def late_sentence(facts):
    """Say which steps are late on the day that counts, or ""."""
    late = facts.in_state(schedule.State.LATE)
    if not late:
        return ""
    named = ", ".join(f"{facts.title(m)}({span(m.starts, m.ends, m.is_open)})" for m in late)
    return f"계획한 때가 지난 일정이 있습니다: {named}."


def _explained(report):
    return "\n".join(t for t in (report.problems.strip(), report.countermeasures.strip()) if t)


def warnings(facts):
    """Return what looks wrong and may still be handed in."""
    return [sentence for rule in RULES if (sentence := rule(facts))]


def flags(facts):
    """Return `Flag`s for writer and reviewer: late steps with the words that answer them, then the doubts."""
    late = late_sentence(facts)
    found = [Flag(late, _explained(facts.report))] if late else []
    return [*found, *(Flag(sentence, MAY_STAND) for sentence in warnings(facts))]


def done_in_future(facts):
    """Say which steps are told as done on a day that has not come."""
    today = clock.today()
    named = [
        f"{facts.title(m)}({formats.partial(facts.done_now[m.pk])})"
        for m in facts.milestones
        if m.pk in facts.done_now and schedule.first_day(facts.done_now[m.pk]) > today
    ]
    return (
        f"아직 오지 않은 날에 마쳤다고 적은 일정이 있습니다: {', '.join(named)}." if named else ""
    )


def falling_spending(facts):
    """Say where the year's cumulative spending is below what was reported earlier this year (백만원)."""
    before, now = facts.before_this_year, facts.this_year
    fallen = [
        f"{label} {formats.number(before[source])}→{formats.number(now[source])}백만원"
        for source, label in Source.choices
        if None not in (before.get(source), now.get(source)) and now[source] < before[source]
    ]
    return f"올해 누적 집행액이 지난 보고보다 줄었습니다({', '.join(fallen)})." if fallen else ""


def spending_above_budget(facts):
    """Say where the year's spending is above what is secured, or else planned (백만원)."""
    found = []
    for source, label in Source.choices:
        spent, budget = facts.this_year.get(source), facts.budget(source)
        if spent is not None and budget and spent > budget[0]:
            found.append(
                f"{facts.period.year}년 {label} 집행 {formats.number(spent)}백만원이 "
                f"{budget[1]} {formats.number(budget[0])}백만원보다 많습니다."
            )
    return " ".join(found)


def same_text(facts):
    """Say which texts are word for word those of the report before."""
    report, before = facts.report, facts.previous
    same = [name for name in MOVING if before and _same(report, before, name)]
    if not same:
        return ""
    labels = "·".join(report._meta.get_field(name).verbose_name for name in same)
    return f"{labels}: 지난 보고({before.submission.period})와 글이 똑같습니다."


def _same(report, before, name):
    text = formats.normal(getattr(report, name))
    return bool(text) and text == formats.normal(getattr(before, name))


RULES = (done_in_future, falling_spending, spending_above_budget, same_text)
