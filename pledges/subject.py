"""Pledges as a subject of the reporting floor: what is owed, how it is entered, compared and published."""

from reporting import formats
from reporting.history import changes
from reporting.models import Period
from reporting.subjects import Brief, Owed, Subject
from simple_history.utils import bulk_create_with_history

from . import snapshots
from .forms import PledgeReportForm
from .models import Pledge, PledgeReport, Source


class PledgeSubject(Subject):
    """민선 공약: every active pledge of a running term owes one report a quarter."""

    kind = "pledge"
    label = "공약"
    cadences = (Period.Cadence.QUARTER,)
    entry_template = "pledges/entry_fields.html"

    def owed(self, period):
        """Return one `Owed` per active pledge whose term runs at the as-of date."""
        pledges = Pledge.objects.active().filter(
            term__starts_on__lte=period.as_of, term__ends_on__gte=period.as_of
        )
        for pledge in pledges.select_related("field").in_order():
            yield Owed(
                key=str(pledge.pk),
                code=pledge.number,
                title=pledge.title,
                order=pledge.field.order * 1000 + pledge.serial,
                department_id=pledge.lead_department_id,
            )

    def start(self, submissions):
        """Create blank reports for new submissions."""
        bulk_create_with_history(
            [PledgeReport(submission=s, pledge_id=int(s.key)) for s in submissions], PledgeReport
        )

    def report(self, submission, *, lock=False):
        """Return the pledge's report of this submission."""
        reports = PledgeReport.objects.select_for_update() if lock else PledgeReport.objects.all()
        return reports.get(submission=submission)

    def briefs(self, submissions):
        """Return version, status and progress of each report; one query."""
        reports = PledgeReport.objects.filter(submission__in=submissions)
        return {r.submission_id: Brief(r.version, _brief(r)) for r in reports}

    def form(self, report, *, data=None, files=None, initial=None):
        """Return the quarterly form."""
        return PledgeReportForm(data, files, instance=report, initial=initial)

    def lines(self, report):
        """Return {label: text} in the order of the card."""
        spending = {s.source: s.amount for s in report.spending.all()}
        actual = {m.milestone.title: m.actual for m in report.milestones.select_related("milestone")}
        progress = report.progress_pct
        return {
            "이행상태": report.get_status_display() if report.status else "",
            "추진율": "" if progress is None else f"{progress}%",
            "올해 목표 달성": {True: "이룸", False: "아직", None: ""}[report.target_met],
            "추진실적": report.done,
            "문제점": report.problems,
            "대책": report.countermeasures,
            "향후계획": report.next_plans,
            **{
                f"올해 집행 {label}(백만원)": formats.number(spending.get(source))
                for source, label in Source.choices
            },
            **{f"절차 {title}": formats.partial(date) for title, date in actual.items()},
        }

    def previous(self, report):
        """Return the approved report of an earlier quarter closest to this one, or None."""
        return (
            PledgeReport.objects.approved()
            .filter(
                pledge=report.pledge_id,
                submission__period__as_of__lt=report.submission.period.as_of,
            )
            .order_by("-submission__period__as_of")
            .first()
        )

    def problems(self, report):
        """Return what is missing before this report may be handed in."""
        found = []
        if not report.status:
            found.append("이행상태를 골라 주세요.")
        if not report.done.strip():
            found.append("추진실적을 적어 주세요.")
        return found

    def files(self, report):
        """Return the evidence of the report."""
        return report.evidence.select_related("by")

    def history(self, report):
        """Return the changes of the report and of the rows that hang on it, newest first."""
        found = changes(report, label="")
        for row in report.spending.all():
            found += changes(row, label=f"집행 {row.get_source_display()}")
        for row in report.milestones.select_related("milestone"):
            found += changes(row, label=f"절차 {row.milestone.title}")
        for row in report.evidence.all():
            found += changes(row, label=f"증빙 {row.name}")
        return sorted(found, key=lambda change: change.when, reverse=True)

    def publish(self, publication):
        """Copy the period's approved figures into the public snapshot."""
        return snapshots.publish(publication)



def _brief(report):
    """Return `정상추진 · 45%` as far as it is known."""
    progress = "" if report.progress_pct is None else f"{report.progress_pct}%"
    status = report.get_status_display() if report.status else ""
    return " · ".join(part for part in (status, progress) if part)
