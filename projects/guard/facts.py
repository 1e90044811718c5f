"""What stands around a report: steps as planned and as told, the year's money, the reports before it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from reporting import clock, formats

from .. import schedule
from ..models import Funding, Milestone, Source, StepReport, WorkReport, WorkSpending
from ..wording import UnknownFigure, figures_of, fill, keys

BUDGET = (
    ("secured", "확보"),
    ("planned", "계획"),
)  # what spending is held against, the first known


class Figures:
    """The figures of plans as of days, looked up when the first text asks for one."""

    def __init__(self):
        self._found = {}

    def words(self, text, plan, on):
        """Return a text with its figures; as it stands where one of them is unknown."""
        if not keys(text) or plan is None:
            return text
        place = (plan.pk, on)
        if place not in self._found:
            self._found[place] = figures_of(plan, on)
        try:
            return fill(text, self._found[place])
        except UnknownFigure:
            return text


@dataclass(frozen=True)
class Facts:
    """One report with its steps, money and the approved reports before it, the oldest first."""

    report: WorkReport
    milestones: list
    earlier: list
    funding: list
    told: dict  # {report pk: {milestone pk: partial date}}
    spending: dict  # {report pk: {source: 백만원 or None}}
    figures: Figures = field(default_factory=Figures, repr=False)

    @property
    def period(self):
        """Return the period of the report."""
        return self.report.submission.period

    @property
    def previous(self):
        """Return the approved report of the period before, or None."""
        return self.earlier[-1] if self.earlier else None

    @property
    def on(self):
        """Return the day on which steps are judged: the as-of date, or today while that is to come."""
        return min(self.period.as_of, clock.today())

    # --- steps ------------------------------------------------------------------------------
    def title(self, milestone):
        """Return a step's name with the plan's figures in it."""
        plan = self.report.task.plan if self.report.task_id else None
        return self.figures.words(milestone.title, plan, self.period.as_of)

    @property
    def done_now(self):
        """Return {milestone pk: partial date} of what this report tells."""
        return {pk: day for pk, day in self.told.get(self.report.pk, {}).items() if day}

    @property
    def done_before(self):
        """Return {milestone pk: partial date} as it stood before this report: once done stays done."""
        found = {m.pk: m.done_before for m in self.milestones if m.done_before}
        for report in self.earlier:
            found |= {pk: day for pk, day in self.told.get(report.pk, {}).items() if day}
        return found

    @property
    def steps(self):
        """Return [(milestone, `schedule.State`, partial date of its end or "")] as they stand with this report."""
        actual = self.done_before | self.done_now
        return [
            (m, _state(m, actual.get(m.pk, ""), self.on), actual.get(m.pk, ""))
            for m in self.milestones
        ]

    def in_state(self, *states):
        """Return the steps that stand so."""
        return [milestone for milestone, state, _ in self.steps if state in states]

    # --- money ------------------------------------------------------------------------------
    @property
    def sources(self):
        """Return the sources of this year's money, in the order of every budget table; [] for a task."""
        year = self.period.year
        known = {f.source for f in self.funding if f.year in (None, year)}
        known |= {s for s, amount in self.this_year.items() if amount is not None}
        return [source for source in Source if source in known]

    @property
    def this_year(self):
        """Return {source: 백만원} that this report tells."""
        return self.spending.get(self.report.pk, {})

    @property
    def before_this_year(self):
        """Return {source: 백만원} of the year's last earlier report that tells any; {} without one."""
        for report in reversed(self.earlier):
            figures = self.spending.get(report.pk, {})
            if report.submission.period.year == self.period.year and _tells(figures):
                return figures
        return {}

    @property
    def spent(self):
        """Return {source: 백만원} as it stands: nothing told now leaves the year's last report."""
        return self.this_year if _tells(self.this_year) else self.before_this_year

    def budget(self, source):
        """Return (백만원, 확보 or 계획) of one source in this year, or None when nothing is known."""
        for line in self.funding:
            if line.source == source and line.year == self.period.year:
                for name, label in BUDGET:
                    if getattr(line, name) is not None:
                        return getattr(line, name), label
        return None


def _state(milestone, actual, on):
    return schedule.state(
        {
            "actual": actual,
            "starts": milestone.starts,
            "ends": milestone.ends,
            "is_open": milestone.is_open,
        },
        on,
    )


def _tells(figures):
    return any(amount is not None for amount in figures.values())


def facts_of(reports):
    """Return {report pk: Facts} of reports read with `with_all`; a fixed number of queries."""
    reports = list(reports)
    tasks = {r.task_id for r in reports if r.task_id}
    projects = {r.project_id for r in reports if r.project_id}
    earlier = _earlier(tasks, projects)
    pks = [r.pk for r in [*reports, *(r for mine in earlier.values() for r in mine)]]
    told = _nested(StepReport.objects.filter(report__in=pks), "milestone_id", "actual")
    spending = _nested(WorkSpending.objects.filter(report__in=pks), "source", "amount")
    steps, funding, figures = _steps(tasks, projects), _funding(projects), Figures()
    return {
        r.pk: Facts(
            r,
            steps[about(r)],
            [e for e in earlier[about(r)] if _is_before(e, r)],
            funding[r.project_id],
            told,
            spending,
            figures,
        )
        for r in reports
    }


def about(row):
    """Return ("task" | "project", pk) of a report or a step."""
    return ("task", row.task_id) if row.task_id else ("project", row.project_id)


def _is_before(other, report):
    return other.submission.period.as_of < report.submission.period.as_of


def _of(tasks, projects):
    return Q(task__in=tasks) | Q(project__in=projects)


def _earlier(tasks, projects):
    """Return {about: approved reports}, the oldest first."""
    found = defaultdict(list)
    rows = WorkReport.objects.approved().filter(_of(tasks, projects))
    for row in rows.select_related("submission__period").order_by(
        "submission__period__as_of", "pk"
    ):
        found[about(row)].append(row)
    return found


def _steps(tasks, projects):
    """Return {about: steps} in the order of their dates, undated ones last."""
    found = defaultdict(list)
    rows = Milestone.objects.filter(_of(tasks, projects))
    for row in sorted(rows, key=lambda m: (m.starts or "9999", m.order, m.pk)):
        found[about(row)].append(row)
    return found


def _funding(projects):
    found = defaultdict(list)
    for row in Funding.objects.filter(project__in=projects):
        found[row.project_id].append(row)
    return found


def _nested(rows, key, value):
    """Return {report pk: {key: value}} of rows that hang on reports."""
    found = defaultdict(dict)
    for report, name, told in rows.values_list("report_id", key, value):
        found[report][name] = told
    return dict(found)


def budget_words(facts, source):
    """Return `확보 300` or `계획 300` of one source of the year (백만원); blank when unknown."""
    known = facts.budget(source)
    return f"{known[1]} {formats.number(known[0])}" if known else ""
