"""The texts and files of a period that are looked through for personal numbers before publication."""

from django.urls import reverse

from reporting.scan.files import ToScan
from reporting.subjects import ToRead

from .. import snapshots
from ..models import WorkEvidence, WorkReport
from ..wording import UnknownFigure

NAMES = {
    "title": "이름",
    "done": "추진실적",
    "problems": "문제점",
    "countermeasures": "대책",
    "next_plans": "향후계획",
}
PARTS = {
    "goals": "추진목표",
    "strategies": "추진전략",
    "aims": "업무 목표",
    "sections": "개요",
    "milestones": "추진일정",
    "scope": "규모·대상",
    "expected_effect": "기대효과",
    "lines": "사업내용",
    "revisions": "계획 변경",
    "partners": "대상 시·군",
    "detail": "종류별 내용",
}


def texts(period):
    """Yield every text of the snapshot rows that a publication would write; none while they cannot be drawn."""
    try:
        drawn = snapshots.draw(period)
    except UnknownFigure:
        return  # publication is refused with the same sentence (subject.publish)
    links = _links(period)
    if drawn.plan:
        yield from _row("계획", drawn.plan, {"title": "이름"}, "")
    for row in drawn.tasks:
        yield from _row(f"업무 {row.number}", row, NAMES, links.get(("task", row.task_id), ""))
    for row in drawn.projects:
        yield from _row(row.title, row, NAMES, links.get(("project", row.project_id), ""))
        yield ToRead(f"{row.title} 위치", row.location, links.get(("project", row.project_id), ""))


def _row(where, row, names, link):
    for name, label in names.items():
        yield ToRead(f"{where} {label}", getattr(row, name), link)
    for name, label in PARTS.items():
        yield ToRead(f"{where} {label}", "\n".join(strings(row.data.get(name))), link)


def files(period):
    """Yield the evidence files of the period's reports."""
    rows = WorkEvidence.objects.filter(report__submission__period=period)
    for row in rows.select_related("report__submission"):
        submission = row.report.submission
        yield ToScan(
            f"{submission.code} 증빙",
            row.name,
            row.sha256,
            row.file,
            reverse("reporting:review-item", args=[submission.pk]),
        )


def _links(period):
    """Return {("task" | "project", pk): address of its item in the review}."""
    reports = WorkReport.objects.in_period(period).values_list(
        "task_id", "project_id", "submission_id"
    )
    return {
        ("task", task) if task else ("project", project): reverse(
            "reporting:review-item", args=[submission]
        )
        for task, project, submission in reports
    }


def strings(value):
    """Yield every text inside a piece of a snapshot's JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
