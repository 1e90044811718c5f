"""The year's money of projects: 계획·확보·집행 by source, counted once; unknown is never zero."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ..models import Demo, PublishedProject
from ..snapshots.pieces import total
from .projection import projected

AMOUNTS = {"planned": "계획", "secured": "확보", "spent": "집행"}
PLACES = Decimal("0.01")
ROUNDING = "소수 2자리까지 반올림"  # 집행률, as 재정확보율 (domain.md §1.5)


def percent(part, whole):
    """Return part ÷ whole × 100, half up to two places; None where it cannot be computed."""
    if part is None or not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(PLACES, ROUND_HALF_UP)


@dataclass(frozen=True, eq=False)
class Money:
    """One project's year: {source: {planned, secured, spent}} and the months its spending speaks of.

    `is_counted` is False for a programme whose parts have money of their own.
    """

    row: PublishedProject
    lines: dict
    months: int
    is_counted: bool = True

    @property
    def key(self):
        """Return the key of its submission."""
        return f"project-{self.row.project_id}"

    @property
    def task_number(self):
        """Return the number of its task, 0 for none."""
        return self.row.task_number or 0

    @property
    def example(self):
        """Return how much of it is an example, blank for none."""
        return self.row.get_demo_display() if self.row.demo != Demo.NONE else ""

    def chosen(self, source=""):
        """Return its lines, or those of one source."""
        return [line for name, line in self.lines.items() if source in ("", name)]

    def amount(self, name, source=""):
        """Return 백만원 of the year, None when nothing is known."""
        return total(line[name] for line in self.chosen(source))

    def is_known(self, source=""):
        """Say whether any of the year's three amounts is known."""
        return any(self.amount(name, source) is not None for name in AMOUNTS)

    def rated(self, source=""):
        """Return the (spent, secured) of lines that know both."""
        lines = self.chosen(source)
        return [(x["spent"], x["secured"]) for x in lines if None not in (x["spent"], x["secured"])]

    def rate(self, source=""):
        """Return 집행률 in %, None when it cannot be computed."""
        return _rate(self.rated(source))

    def is_over(self, source=""):
        """Say whether more was spent than secured, from any source."""
        return any(spent > secured for spent, secured in self.rated(source))

    def projected(self, source=""):
        """Return the year-end spending; None when a source with a budget tells none, or no month is known."""
        lines = self.chosen(source)
        if any(x["spent"] is None and (x["secured"] or x["planned"]) for x in lines):
            return None
        return projected(self.amount("spent", source), self.months)


def _rate(pairs):
    return percent(sum(s for s, _ in pairs), sum(w for _, w in pairs)) if pairs else None


@dataclass(frozen=True)
class Sums:
    """Several projects together: {amount: (sum of what is known, how many know it)}, rate, projection."""

    amounts: dict
    rate: Decimal | None
    rated: int
    over: int
    projected: int | None
    told: int
    short: int
    months: tuple


def sums(rows, source=""):
    """Return the `Sums` of projects that count, over all sources or one."""
    rows = [row for row in rows if row.is_counted and row.is_known(source)]
    ends = {row: row.projected(source) for row in rows}
    told = [row for row in rows if ends[row] is not None]
    return Sums(
        amounts={name: _known(rows, name, source) for name in AMOUNTS},
        rate=_rate([pair for row in rows for pair in row.rated(source)]),
        rated=sum(bool(row.rated(source)) for row in rows),
        over=sum(row.is_over(source) for row in rows),
        projected=total(ends.values()),
        told=len(told),
        short=len(rows) - len(told),
        months=tuple(sorted({row.months for row in told})),
    )


def _known(rows, name, source):
    found = [row.amount(name, source) for row in rows]
    return total(found), sum(amount is not None for amount in found)


def money_of(projects, year, months):
    """Return the `Money` of every project row; `months` is {project pk: months its spending speaks of}.

    A programme counts by its own figures only while no part below it has figures of that year.
    """
    lines = {row.project_id: _lines(row, year) for row in projects}
    parents = {row.project_id: row.parent_id for row in projects}
    replaced = set()
    for pk in (pk for pk, mine in lines.items() if _is_known(mine)):
        above = parents.get(pk)
        while above is not None and above not in replaced:
            replaced.add(above)
            above = parents.get(above)
    return [
        Money(
            row,
            lines[row.project_id],
            months.get(row.project_id, 0),
            row.project_id not in replaced,
        )
        for row in projects
    ]


def _lines(row, year):
    return {line["source"]: line for line in row.data.get("funding") or [] if line["year"] == year}


def _is_known(lines):
    return any(line[name] is not None for line in lines.values() for name in AMOUNTS)


def doubts(money, source=""):
    """Return in words what a reader of one project's money must know; [] for nothing."""
    found = ["아래 사업으로 나눠 셈"] if not money.is_counted else []
    found += ["집행이 확보를 넘음(100% 초과)"] if money.is_over(source) else []
    known = money.is_known(source)
    found += [
        f"{label}액 알 수 없음"
        for name, label in AMOUNTS.items()
        if known and money.amount(name, source) is None
    ]
    return [*found, *([] if known else ["올해 금액 알 수 없음"])]
