"""The rows of the two worksheets as they are stored: read in a fixed number of queries, without objects."""

from collections import defaultdict

from reporting.cells import SheetRow
from reporting.cells.writing import numbers as numbers_of
from reporting.formats import partial

from ..models import Milestone, MilestoneReport, PledgeReport, Source, Spending
from .columns import OWN, REPORT, SPENT, STEPS

BLANK_SPENT = {f"{SPENT}{source}": None for source in Source.values}


def rows(submissions, *, last=False):
    """Return the rows of the submissions' reports, then of their steps, in the order of the submissions."""
    # By period and department, not by keys: five thousand keys cost more than the rows.
    own = {
        "submission__period": submissions[0].period_id,
        "submission__department__in": {s.department_id for s in submissions},
    }
    of_report = {f"report__{name}": value for name, value in own.items()}
    of_pledge = {f"pledge__reports__{name}": value for name, value in own.items()}
    found = _values(PledgeReport.objects.filter(**own))
    wanted = {s.pk for s in submissions}
    reports = {row["submission_id"]: row for row in found if row["submission_id"] in wanted}
    _add_spending(reports.values(), Spending.objects.filter(**of_report))
    before, done_before = _before(submissions, reports.values()) if last else ({}, {})
    numbers = numbers_of(submissions)
    found = [_row(s, numbers[s.pk], reports[s.pk], before) for s in submissions]
    done = _done(MilestoneReport.objects.filter(**of_report))
    steps = defaultdict(list)
    of_pledges = Milestone.objects.filter(**of_pledge)
    for step in of_pledges.order_by("pledge", "order").values(
        "pk", "pledge", "order", "title", "planned", "done_before"
    ):
        steps[step["pledge"]].append(step)
    for submission in submissions:
        report = reports[submission.pk]
        found += [
            _step_row(submission, numbers[submission.pk], report, step, done, done_before)
            for step in steps[report["pledge_id"]]
        ]
    return found


def _values(reports):
    return reports.values("pk", "submission_id", "pledge_id", "version", *OWN)


def _add_spending(reports, spending):
    """Give each report's values the amounts of its sources (백만원)."""
    by_pk = {report["pk"]: report for report in reports}
    for report in by_pk.values():
        report.update(BLANK_SPENT)
    for report, source, amount in spending.values_list("report", "source", "amount"):
        if report in by_pk:
            by_pk[report][f"{SPENT}{source}"] = amount


def _done(milestones):
    """Return {(report, step): partial date}."""
    found = milestones.exclude(actual="").values_list("report", "milestone", "actual")
    return {(report, step): actual for report, step, actual in found}


def _before(submissions, reports):
    """Return the last approved values of each pledge before this period, and when its steps were done."""
    earlier = PledgeReport.objects.approved().filter(
        pledge__in=[report["pledge_id"] for report in reports],
        submission__period__as_of__lt=submissions[0].period.as_of,
    )
    newest = {r["pledge_id"]: r for r in _values(earlier.order_by("submission__period__as_of"))}
    _add_spending(newest.values(), Spending.objects.filter(report__in=earlier))
    steps = MilestoneReport.objects.filter(report__in=earlier).exclude(actual="")
    ordered = steps.order_by("report__submission__period__as_of")
    return newest, dict(ordered.values_list("milestone", "actual"))


def _row(submission, number, report, before):
    return SheetRow(
        table=REPORT,
        submission=submission.pk,
        key="",
        version=report["version"],
        values=report,
        facts=(number, submission.title, submission.get_state_display()),
        last=before.get(report["pledge_id"], {}),
    )


def _step_row(submission, number, report, step, done, done_before):
    return SheetRow(
        table=STEPS,
        submission=submission.pk,
        key=str(step["pk"]),
        version=report["version"],
        values={"actual": done.get((report["pk"], step["pk"]), "")},
        facts=(number, step["order"], submission.title, step["title"], partial(step["planned"])),
        last={"actual": done_before.get(step["pk"], step["done_before"])},
    )
