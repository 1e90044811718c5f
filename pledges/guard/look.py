"""A look at reports through all rules: what keeps one from being handed in, and what a reader must see."""

from dataclasses import dataclass

from django.utils import timezone

from reporting import formats
from reporting.subjects import Flag

from .entry import RULES as ENTRY_RULES
from .facts import Facts, facts_of
from .rule import broken
from .rulebook import RULES as STATUS_RULES

NEEDS_REASON = "그대로 내려면 '상태 사유'를 적어 주세요."
NEEDS_TICK = "맞으면 '살펴볼 점을 확인했으며 그대로 냅니다'에 표시해 주세요."


@dataclass(frozen=True)
class Looked:
    """One report seen through all rules."""

    facts: Facts
    contradictions: tuple
    warnings: tuple

    @property
    def unseen(self):
        """Return the warnings that nobody ticked as they stand today."""
        acknowledged = self.facts.report.acknowledged
        return [warning for warning in self.warnings if warning not in acknowledged]

    @property
    def problems(self):
        """Return the sentences that keep the report from being handed in."""
        found = []
        if self.contradictions and not self.facts.report.status_reason.strip():
            found += [*self.contradictions, NEEDS_REASON]
        if self.unseen:
            found += [*self.unseen, NEEDS_TICK]
        return found


def look(reports):
    """Return {report pk: Looked}; a fixed number of queries, however many reports."""
    return {
        pk: Looked(facts, tuple(broken(STATUS_RULES, facts)), tuple(broken(ENTRY_RULES, facts)))
        for pk, facts in facts_of(reports).items()
    }


def flags(looked):
    """Return `Flag`s of one report: contradictions with the reason, warnings with who overruled them."""
    report = looked.facts.report
    reason = report.status_reason.strip()
    names = overruled(report) if looked.warnings else {}
    return [
        *(Flag(said, f"사유: {reason}" if reason else "") for said in looked.contradictions),
        *(Flag(said, names.get(said, "")) for said in looked.warnings),
    ]


def overruled(report):
    """Return {sentence: who ticked it and when} of what is acknowledged now; one query of the history."""
    found = {}
    for record in report.history.select_related("history_user").order_by("history_id"):
        said = record.acknowledged
        who = str(record.history_user or "자동")
        new = {s: (who, record.history_date) for s in said if s not in found}
        found = {s: told for s, told in found.items() if s in said} | new
    return {
        said: f"{who} 확인, {formats.moment(timezone.localtime(when))}"
        for said, (who, when) in found.items()
        if said in report.acknowledged
    }
