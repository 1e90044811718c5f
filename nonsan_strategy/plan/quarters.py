"""Bring the plan's periods over through the doors that people use, from opening to publishing."""

import datetime

from accounts.models import Department
from pledges.forms import PledgeReportForm
from pledges.models import Source
from pledges.rates import status_of
from pledges.rules import DONE
from pledges.subject import PledgeSubject
from reporting import actions, clock
from reporting.models import Period
from reporting.subjects import subject_of
from reporting.workflow import take

from . import halves
from .read import PlanError, period_code, text

MET = {True: "true", False: "false", None: ""}
TEXTS = ("done", "problems", "countermeasures", "next_plans")
# What the plan counts as fulfilled was confirmed before this system; the papers say so.
GROUNDS = dict.fromkeys(DONE, "이 시스템 앞의 점검에서 완료로 확정되어 업무계획에 실린 공약입니다.")


class PlanReportForm(PledgeReportForm):
    """The departments' own form, filled from the data; keeps the plan's word for the status."""

    raw = ""

    def raw_label(self):
        """Return the label as the plan writes it (이행후 계속추진), not as the form would."""
        return self.raw


def bring_over(plan, *, author, reviewer, reason, tally):
    """Create each missing period and take it as far as the data says; leave the others alone."""
    for row in plan.periods:
        code = period_code(row)
        if tally.count("보고기간", not Period.objects.filter(code=code).exists()):
            period = actions.create_period(_period(row), by=reviewer)
            if row["state"] != Period.State.PREPARED:
                actions.open_period(period, by=reviewer)
            if row["state"] == Period.State.PUBLISHED:
                _published(period, plan.reports[code], author, reviewer, reason)
                tally.made[f"{period} 실적"] += len(plan.reports[code])


def _period(row):
    days = {k: datetime.date.fromisoformat(row[k]) for k in ("opens_on", "due_on", "as_of")}
    return Period(
        cadence=row["cadence"],
        year=row["year"],
        number=row["number"],
        note=row.get("note", ""),
        **days,
    )


def _published(period, reports, author, reviewer, reason):
    """Enter, hand in and approve every report as on the due day, then close and publish."""
    is_half = period.cadence == halves.CADENCE
    owed = halves.owed(period) if is_half else _owed(period)
    departments = Department.objects.in_bulk()
    with clock.on_day(period.due_on):
        for report in reports:
            name = halves.name_of(report) if is_half else report["number"]
            submission = owed.get(name)
            if submission is None:
                raise PlanError(f"{period}: {name}은(는) 관리 대상이 아닙니다.")
            # Who brings the papers over writes for each department in turn; this is not saved.
            author.department = departments[submission.department_id]
            _enter(submission, report, author, reason, halves.form_of if is_half else _form)
            take("submit", submission, by=author)
            # Old papers: nobody gets mail.
            take("approve", submission, by=reviewer, confirmed=True, quiet=True)
    actions.close_period(period, by=reviewer)
    actions.publish_period(period, by=reviewer, revision=1)


def _owed(period):
    return {s.code: s for s in period.submissions.filter(kind=PledgeSubject.kind)}


def _form(row, report, reason):
    form = PlanReportForm(_typed(row, report), instance=row)
    form.raw, form.reason = report["status"], reason
    return form


def _enter(submission, report, author, reason, form_of):
    subject = subject_of(submission)
    stands_at = subject.report(submission).version
    _, form = actions.save_entry(
        submission, version=stands_at, by=author, fill=lambda row: form_of(row, report, reason)
    )
    if form.errors:
        told = " ".join(str(e) for errors in form.errors.values() for e in errors)
        raise PlanError(f"{subject.label} {submission.code} 실적: {told}")


def _typed(row, report):
    """Return the report as somebody would type it into the form."""
    spending, actual = report.get("spending", {}), report.get("milestones", {})
    steps, status = row.pledge.milestones.all(), status_of(report["status"])
    return {
        "status": status,
        "status_reason": text(report.get("status_reason")) or GROUNDS.get(status, ""),
        "progress_pct": report.get("progress_pct"),
        "target_met": MET[report.get("target_met")],
        **{name: text(report.get(name)) for name in TEXTS},
        **{f"spent_{source}": spending.get(source) for source in Source.values},
        **{f"step_{step.pk}": actual.get(step.title, "") for step in steps},
    }
