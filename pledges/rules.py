"""What needs a manager's attention: each rule is one question about a pledge's row, with its sentence.

A row is a `PublishedPledge`, saved or drawn. What is unknown never breaks a rule by itself.
"""

from dataclasses import dataclass

from .models import Status

BEHIND = (Status.PARTIAL, Status.ON_HOLD, Status.SCRAPPED)
DONE = (Status.COMPLETED, Status.COMPLETED_ONGOING)
LATE_QUARTER = 3  # from here on half of the secured money should be spent


def is_behind(row, period):
    """Say whether the pledge is 일부추진, 보류 or 폐기 (domain.md §1.2)."""
    return row.status in BEHIND


def missed_target(row, period):
    """Say whether the department answered that this year's target is not met."""
    return row.target_met is False


def is_unreported(row, period):
    """Say whether the period lacks a report: none was approved, or a preview finds none written."""
    return not row.reported or not row.status


def is_overdue(row, period):
    """Say whether the year of completion has passed and the pledge is not fulfilled."""
    return (
        row.completes_in is not None
        and row.completes_in < period.as_of.year
        and bool(row.status)
        and row.status not in DONE
    )


def spends_slowly(row, period):
    """Say whether, from the third quarter on, less than half of the secured money (백만원) is spent."""
    late = period.cadence == period.Cadence.QUARTER and period.number >= LATE_QUARTER
    known = row.secured and row.spent is not None
    return bool(late and known and row.status not in DONE and row.spent * 2 < row.secured)


@dataclass(frozen=True)
class Rule:
    """A reason to look at a pledge: its key in addresses, its name, its sentence, its question."""

    key: str
    label: str
    sentence: str
    applies: object


RULES = (
    Rule("behind", "부진", "이행상태가 일부추진·보류·폐기인 공약", is_behind),
    Rule("target", "올해 목표 미달성", "올해 목표를 이루지 못했다고 보고한 공약", missed_target),
    Rule("overdue", "완료 시기 경과", "완료 예정 연도가 지났으나 완료하지 못한 공약", is_overdue),
    Rule(
        "spending",
        "집행 저조",
        "3분기 이후 집행액이 확보액의 절반에 못 미치는 공약(완료한 공약은 뺌)",
        spends_slowly,
    ),
    Rule("unreported", "미보고", "이번 기간의 추진상황이 아직 없는 공약", is_unreported),
)
BY_KEY = {rule.key: rule for rule in RULES}


def reasons(row, period):
    """Return the rules that call for attention to this pledge, in order."""
    return [rule for rule in RULES if rule.applies(row, period)]
