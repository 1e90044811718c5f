"""The status rule book: a status that contradicts the data asks for a written reason (상태 사유)."""

import calendar
import datetime

from reporting import formats

from ..models import Status
from .completion import claims
from .rule import Rule

SHOWN = 3  # names of open steps that a sentence tells


def completed_with_open_steps(facts):
    """Say which steps are open although the pledge is reported as fulfilled (domain.md §1.2)."""
    steps = facts.open_steps if facts.is_done else []
    if not steps:
        return ""
    more = " 등" if len(steps) > SHOWN else ""
    named = ", ".join(steps[:SHOWN])
    return f"완료로 보고했는데 끝나지 않은 이행절차가 {len(steps)}개 있습니다({named}{more})."


def completed_with_unspent_money(facts):
    """Say how much of the secured money of the term is left; 백만원, unknown amounts break nothing."""
    if not facts.is_done or facts.secured is None or facts.spent is None:
        return ""
    left = facts.secured - facts.spent
    if left <= 0:
        return ""
    return (
        f"완료로 보고했는데 확보액 {formats.number(facts.secured)}백만원 가운데 "
        f"{formats.number(left)}백만원이 남아 있습니다."
    )


def on_track_after_its_end(facts):
    """Say that the planned end lies before the as-of date of a pledge that is 정상추진."""
    report = facts.report
    end = last_day(report.pledge.ends)
    if report.status != Status.ON_TRACK or end is None or end >= facts.period.as_of:
        return ""
    return f"완료 예정({formats.partial(report.pledge.ends)})이 지났는데 정상추진입니다."


def partial_without_a_reason(facts):
    """Say that 일부추진 is reported and neither a problem nor a reason is written."""
    report = facts.report
    silent = not (report.problems.strip() or report.status_reason.strip())
    if report.status != Status.PARTIAL or not silent:
        return ""
    return "일부추진인데 계획에 못 미치는 까닭이 문제점에도 상태 사유에도 없습니다."


def completed_without_approval(facts):
    """Say that the office has not confirmed this completion: neither now nor with the report before."""
    if not claims(facts):
        return ""
    return "완료는 전략기획실이 확정합니다. 무엇으로 완료를 판단했는지 적어 주세요."


def last_day(text):
    """Return the last day of a partial date (`2019`, `2019-04`), None for a blank one."""
    if not text:
        return None
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    month = month or 12
    return datetime.date(year, month, day or calendar.monthrange(year, month)[1])


RULES = (
    Rule(
        "open-steps",
        "끝나지 않은 절차를 둔 완료",
        "종료나 이행후 계속추진인데 끝나지 않은 이행절차가 있으면 사유를 적습니다.",
        "이행상태, 이행절차의 완료(이번과 지난 보고, 관리카드의 보고 전 완료)",
        "끝난 절차라면 완료한 때를 적고, 생략한 절차라면 상태 사유에 까닭을 적습니다.",
        completed_with_open_steps,
    ),
    Rule(
        "unspent",
        "돈이 남은 완료",
        "종료나 이행후 계속추진인데 임기 내 확보액이 다 쓰이지 않았으면 사유를 적습니다.",
        "이행상태, 관리카드의 확보액(2018~2022. 6.), 지금까지 집행액",
        "집행액이 빠졌으면 채우고, 남은 돈이라면 어떻게 쓰는지(이월·반납·운영비) 적습니다.",
        completed_with_unspent_money,
    ),
    Rule(
        "past-end",
        "완료 예정이 지난 정상추진",
        "관리카드의 완료 예정이 기준일보다 앞인데 정상추진이면 사유를 적습니다.",
        "이행상태, 관리카드의 완료(예정), 보고기간의 기준일",
        "이행상태를 다시 고르거나, 왜 늦어졌고 언제 끝나는지 적습니다.",
        on_track_after_its_end,
    ),
    Rule(
        "partial",
        "까닭 없는 일부추진",
        "일부추진이면 계획에 못 미치는 까닭을 문제점이나 상태 사유에 적습니다.",
        "이행상태, 문제점, 상태 사유",
        "무엇이 막혔는지 문제점에 적습니다.",
        partial_without_a_reason,
    ),
    Rule(
        "unconfirmed",
        "확정받지 않은 완료",
        "지난 보고에서 완료가 아니던 공약을 완료로 보고하면 근거를 적고, 전략기획실이 확정합니다.",
        "이행상태, 승인된 지난 보고, 완료 확정 기록",
        "완료로 본 근거(준공, 개소, 조례 공포 등)를 적고 증빙을 붙입니다. 승인이 곧 완료 확정입니다.",
        completed_without_approval,
    ),
)
