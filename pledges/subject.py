"""Pledges as a subject of the reporting floor: what is owed, how it is entered, compared and published."""

from simple_history.utils import bulk_create_with_history

from accounts.history import changes, changes_in, newest_first
from reporting import formats
from reporting.models import Period
from reporting.subjects import Brief, Owed, Subject

from . import charges, follow, guard, previews, sheet, snapshots
from .documents import full_report_document, plan_blocks, plan_figures, report_document
from .forms import PledgeReportForm
from .models import (
    Evidence,
    MilestoneReport,
    Pledge,
    PledgeReport,
    Source,
    Spending,
)


class PledgeSubject(Subject):
    """민선 공약: every active pledge of a running term owes one report a quarter."""

    kind = "pledge"
    label = "공약"
    cadences = (Period.Cadence.QUARTER,)
    entry_template = "pledges/entry_fields.html"
    rules_address = "pledges:rules"

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

    def start(self, submissions, *, by):
        """Create blank reports for new submissions."""
        bulk_create_with_history(
            [PledgeReport(submission=s, pledge_id=int(s.key)) for s in submissions],
            PledgeReport,
            default_user=by,
            default_change_reason="입력 시작",
        )

    def report(self, submission, *, lock=False):
        """Return the pledge's report of this submission."""
        reports = PledgeReport.objects.for_saving() if lock else PledgeReport.objects.all()
        return reports.get(submission=submission)

    def briefs(self, submissions):
        """Return version, status, progress and gaps of each report; a fixed number of queries."""
        looked = guard.look(PledgeReport.objects.filter(submission__in=submissions)).values()
        return {look.facts.report.submission_id: _in_brief(look) for look in looked}

    def form(self, report, *, data=None, files=None, initial=None):
        """Return the quarterly form."""
        return PledgeReportForm(data, files, instance=report, initial=initial)

    def sheet_tables(self, period):
        """Return the worksheets 공약 and 이행절차."""
        return sheet.tables(period)

    def sheet_rows(self, submissions, *, last=False):
        """Return the rows of both worksheets."""
        return sheet.rows(submissions, last=last)

    def apply_rows(self, changes, *, versions, by):
        """Write the changed cells with history."""
        sheet.write(changes, versions=versions, by=by)

    def lines(self, report):
        """Return {label: text} in the order of the card."""
        spending = self._spent_this_year(report)
        actual = self._steps_done(report)
        progress = report.progress_pct
        return {
            "이행상태": report.get_status_display() if report.status else "",
            "상태 사유": report.status_reason,
            "확인하고 낸 점": "\n".join(_acknowledged(report)),
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

    def _steps_done(self, report):
        """Return {step: partial date} as it stands with this report: a step once done stays done."""
        reports = [*self._earlier(report).values_list("pk", flat=True), report.pk]
        rows = MilestoneReport.objects.filter(report__in=reports).exclude(actual="")
        rows = rows.order_by("milestone__order", "report__submission__period__as_of")
        return {row.milestone.title: row.actual for row in rows.select_related("milestone")}

    def _spent_this_year(self, report):
        """Return {source: 백만원}; with nothing written now, the year's last report stands (snapshots.py)."""
        year = report.submission.period.year
        earlier = self._earlier(report).filter(submission__period__year=year)
        for row in [report, *earlier.order_by("-submission__period__as_of")]:
            spending = {s.source: s.amount for s in row.spending.all()}
            if any(amount is not None for amount in spending.values()):
                return spending
        return {}

    def _earlier(self, report):
        """Return the pledge's approved reports of earlier quarters."""
        return PledgeReport.objects.approved().filter(
            pledge=report.pledge_id, submission__period__as_of__lt=report.submission.period.as_of
        )

    def facts(self, report):
        """Return the goal, this year's target and this year's money of the card (백만원)."""
        year = str(report.submission.period.year)
        target = report.pledge.targets.filter(year=year).first()
        lines = [f for f in report.pledge.funding.all() if f.year == year]
        planned, secured = (
            formats.number(snapshots.total(getattr(f, name) for f in lines))
            for name in ("planned", "secured")
        )
        money = f"계획 {planned or '모름'} · 확보 {secured or '모름'}" if lines else ""
        found = [
            ("최종 목표", report.pledge.final_goal),
            (f"{year}년 목표", target.text if target else ""),
            ("사업기간", _span(report.pledge)),
            (f"{year}년 예산(백만원)", money),
        ]
        return [(label, text) for label, text in found if text]

    def previous(self, report):
        """Return the approved report of an earlier quarter closest to this one, or None."""
        return self._earlier(report).order_by("-submission__period__as_of").first()

    def problems(self, report):
        """Return what is missing or unanswered before this report may be handed in."""
        return _gaps(report, guard.look([report])[report.pk])

    def warnings(self, report):
        """Return what looks wrong and may still be handed in with a tick (`guard.entry`)."""
        return list(guard.look([report])[report.pk].warnings)

    def flags(self, report):
        """Return the contradictions and warnings, each with the reason or the name that answers it."""
        return guard.flags(guard.look([report])[report.pk])

    def approval(self, report):
        """Return the tick and the check list of a newly claimed completion, else None."""
        return guard.approval(report)

    def approved(self, report, *, by, note=""):
        """Confirm the completion that the approved text newly claims."""
        guard.confirm_completion(report, by=by, note=note)

    def files(self, report):
        """Return the evidence of the report."""
        return report.evidence.select_related("by")

    def history(self, report):
        """Return the changes of the report and of the rows that hang on it, newest first."""
        steps = dict(report.pledge.milestones.values_list("pk", "title"))
        sources = dict(Source.choices)
        mine = {"report": report.pk}
        return newest_first(
            changes(report),
            changes_in(
                Spending.history.filter(**mine),
                label=lambda record: f"집행 {sources[record.source]}",
                first=["amount"],
            ),
            changes_in(
                MilestoneReport.history.filter(**mine),
                label=lambda record: f"절차 {steps.get(record.milestone_id, '')}",
                first=["actual"],
            ),
            changes_in(Evidence.history.filter(**mine), label=lambda record: f"증빙 {record.name}"),
        )

    def preview(self, period):
        """Say the rate as it stands in public and as it would, and what was not reported."""
        return previews.preview(period)

    def texts_to_scan(self, period):
        """Return every text that publishing the period would show, and the reasons of statuses."""
        return guard.texts_to_scan(period)

    def files_to_scan(self, period):
        """Return the evidence of the period."""
        return guard.files_to_scan(period)

    def publish(self, publication):
        """Copy the period's approved figures into the public snapshot; followers hear of it by mail."""
        published = snapshots.publish(publication)
        follow.tell.enqueue(publication.pk)
        return published

    def officers(self, submissions):
        """Return who is in charge of each item (관리카드의 담당자)."""
        return charges.officers(submissions)

    def charges(self, person=None):
        """Return the pledges with an officer, or one person's."""
        return charges.charges(self.kind, person)

    def promises(self, keys):
        """Return what was announced of these pledges and is not done yet."""
        return charges.promises(keys)

    def hand_over(self, keys, *, to, by, reason):
        """Put a successor in charge of these pledges."""
        return charges.hand_over(keys, to=to, by=by, reason=reason)

    def documents(self):
        """Return the quarterly report, without and with the cards of all pledges."""
        return {
            "pledges": (
                "공약 추진상황 보고",
                "총괄현황, 분야별 현황, 부진사업 문제점·대책, 향후계획 (10쪽 남짓)",
                report_document,
            ),
            "pledges-cards": (
                "공약 추진상황 보고와 관리카드",
                "본문에 공약마다 한 쪽씩 관리카드를 붙임 (80쪽 남짓, PDF와 HWPX는 따로 만들어 보관함)",
                full_report_document,
                ("pdf", "hwpx"),
            ),
        }

    def plan_figures(self, year, on):
        """Return the counts that the year's plan tells: of the last published quarter and of each of the year."""
        return plan_figures(year, on)

    def plan_blocks(self, year, name, on):
        """Return the tables by field and by status, of the last published quarter."""
        return plan_blocks(name, on)

    def boards(self):
        """Return the managers' board of pledges."""
        sentence = "공약이행률의 흐름, 분야·부서·이행도별 현황, 살펴볼 공약, 예산 집행"
        criteria = "공개된 평가 항목마다 갖춘 것과 모자란 것, 등급 기준"
        return [
            ("공약 현황판", sentence, "pledges:board"),
            ("매니페스토 자체점검", criteria, "pledges:manifesto"),
        ]


def _in_brief(looked):
    """Return one report in a line of a queue."""
    report = looked.facts.report
    return Brief(report.version, _brief(report), tuple(_gaps(report, looked)))


def _gaps(report, looked):
    """Return what keeps a report from being handed in: blanks, contradictions, unseen warnings."""
    found = [] if report.status else ["이행상태를 골라 주세요."]
    if not report.done.strip():
        found.append("추진실적을 적어 주세요.")
    return [*found, *looked.problems]


def _acknowledged(report):
    """Return `sentence (who, when)` of every warning that somebody ticked."""
    if not report.acknowledged:
        return []
    return [f"{said} ({told})" for said, told in guard.overruled(report).items()]


def _brief(report):
    """Return `정상추진 · 45%` as far as it is known."""
    progress = "" if report.progress_pct is None else f"{report.progress_pct}%"
    status = report.get_status_display() if report.status else ""
    return " · ".join(part for part in (status, progress) if part)


def _span(pledge):
    """Return `2018. 7. ~ 2021.` as far as it is known."""
    ends = [formats.partial(pledge.starts), formats.partial(pledge.ends)]
    return " ~ ".join(ends).strip() if any(ends) else ""
