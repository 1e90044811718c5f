"""The head of the public pages: the rate, the plan's two tables and their charts, every count with its list."""

from collections import Counter
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.http import urlencode

from . import rates
from .documents.figures import status_label
from .editions import Edition
from .models import Status

USUAL = (*rates.FULFILLED, *rates.IN_PROGRESS)


@dataclass(frozen=True)
class Count:
    """A number of pledges and the list of exactly these pledges."""

    number: int
    href: str


@dataclass(frozen=True)
class FieldLine:
    """One field: its names, its pledges, how many are fulfilled, its rate in %."""

    order: int
    name: str
    full_name: str
    total: Count
    fulfilled: Count
    rate: object


@dataclass(frozen=True)
class StatusColumn:
    """One column of the status table, or of its chart."""

    code: str
    label: str
    count: Count


@dataclass(frozen=True)
class Counts:
    """Everything that is counted in an edition; one query."""

    edition: Edition
    tally: Counter = field(repr=False)  # (field order, status) -> number
    departments: list
    years: list
    missing: int  # not reported in this period, counted with the figures of an earlier one

    @property
    def groups(self):
        """Return the counts of 완료, 추진중, 보류·폐기 and their shares."""
        return rates.groups(
            (status for (_, status), n in self.tally.items() for _ in range(n)),
            self.edition.rounding,
        )

    @property
    def shown(self):
        """Return the statuses of the table: the plan's four, the others only where there are any."""
        others = [status for status in (*rates.SET_ASIDE, "") if self._of(status)]
        return [*USUAL, *others]

    def _of(self, status):
        return sum(n for (_, s), n in self.tally.items() if s == status)

    @property
    def sentence(self):
        """Say the edition in one sentence, for search engines and shared links."""
        groups, edition = self.groups, self.edition
        return (
            f"{edition.term.name} 공약 {groups.total}건의 {edition.period} 이행현황: "
            f"공약이행률 {rates.show(groups.fulfilled_rate)}, "
            f"완료 {groups.fulfilled}건, 추진중 {groups.in_progress}건"
        )

    def list(self, **asked):
        """Return the address of the list that asks this of this edition."""
        return list_url(self.edition, **asked)

    @property
    def total(self):
        """Return all pledges."""
        return Count(self.tally.total(), self.list())

    def group(self, key):
        """Return a group of statuses (`fulfilled`, `in_progress`, `set_aside`) with its list."""
        return Count(getattr(self.groups, key), self.list(status=key))

    @property
    def fulfilled(self):
        """Return the fulfilled pledges (완료)."""
        return self.group("fulfilled")

    @property
    def in_progress(self):
        """Return the pledges in progress (추진중)."""
        return self.group("in_progress")

    @property
    def carried(self):
        """Return the pledges that were not reported this time, with their list."""
        return Count(self.missing, self.list(status="unreported"))

    @property
    def statuses(self):
        """Return the columns of the status table under 총계."""
        return [self._column(status) for status in self.shown]

    def _column(self, status):
        count = Count(self._of(status), self.list(status=status or "none"))
        return StatusColumn(status, status_label(status), count)

    @property
    def fulfilled_columns(self):
        """Return the columns under 완료."""
        return [c for c in self.statuses if c.code in rates.FULFILLED]

    @property
    def in_progress_columns(self):
        """Return the columns under 추진중."""
        return [c for c in self.statuses if c.code in rates.IN_PROGRESS]

    @property
    def other_columns(self):
        """Return 보류, 폐기 and 미보고, only those that occur."""
        return [c for c in self.statuses if c.code not in USUAL]

    @property
    def fields(self):
        """Return the fields of the term in their order, those without a pledge included."""
        return [self._field(f) for f in self.edition.term.fields]

    def _field(self, f):
        mine = {status: n for (order, status), n in self.tally.items() if order == f["order"]}
        total, done = sum(mine.values()), sum(mine.get(s, 0) for s in rates.FULFILLED)
        return FieldLine(
            f["order"],
            f["name"],
            f["full_name"],
            Count(total, self.list(field=f["order"])),
            Count(done, self.list(field=f["order"], status="fulfilled")),
            rates.percent(done, total, self.edition.rounding),
        )

    @property
    def status_chart(self):
        """Return the rows of the chart by status."""
        return [(c.label, c.count.number, c.code or "neutral", c.count.href) for c in self.statuses]

    @property
    def field_chart(self):
        """Return the rows of the chart by field, stacked by status."""
        return [
            (
                f["name"],
                [
                    (status_label(s), self.tally[(f["order"], s)], s or "neutral")
                    for s in self.shown
                ],
                self.list(field=f["order"]),
            )
            for f in self.edition.term.fields
        ]


def list_url(edition, **asked):
    """Return the address of the pledge list of an edition, narrowed."""
    query = urlencode(edition.asked(**asked))
    return reverse("pledges:list") + (f"?{query}" if query else "")


def counts_of(edition):
    """Return all counts of an edition; one query."""
    rows = edition.rows.values_list(
        "reported", "field_order", "status", "department", "department_name", "completes_in"
    )
    rows = list(rows)
    years = sorted({year for *_, year in rows if year is not None})
    unknown = [("none", "정해지지 않음")] if any(year is None for *_, year in rows) else []
    departments = {str(pk): name for *_, pk, name, _ in rows}
    return Counts(
        edition,
        Counter((order, status) for _, order, status, *_ in rows),
        sorted(departments.items(), key=lambda pair: pair[1]),
        [*((str(year), f"{year}년") for year in years), *unknown],
        sum(not reported for reported, *_ in rows),
    )


STATUS_MEANINGS = {
    Status.COMPLETED: "목표를 이루어 사업을 마친 공약. 더 할 일이 없습니다.",
    Status.COMPLETED_ONGOING: "목표를 이룬 뒤 목표를 더하였거나, 완료 후 해마다 되풀이하여 운영하는 공약.",
    Status.ON_TRACK: "계획대로 추진하고 있어 임기 안에 마칠 것으로 보는 공약.",
    Status.PARTIAL: "추진하고 있으나 계획이나 목표에 미치지 못하는 공약.",
    Status.ON_HOLD: "중앙부처 미반영 등으로 추진을 멈춘 공약.",
    Status.SCRAPPED: "여건 변화나 주민 의견에 따라 추진하지 않기로 한 공약.",
}
