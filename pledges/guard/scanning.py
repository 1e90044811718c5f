"""The texts and files of a period that are looked through for personal numbers before publication."""

from django.urls import reverse

from reporting.scan.files import ToScan
from reporting.subjects import ToRead

from .. import snapshots
from ..models import Evidence, PledgeReport

NAMES = {
    "done": "추진실적",
    "problems": "문제점",
    "countermeasures": "대책",
    "next_plans": "향후계획",
    "title": "공약명",
    "status_raw": "이행상태",
    "cooperating": "협조부서",
}
CARD = {
    "election_wording": "선거공보 문안",
    "location": "위치",
    "scope": "규모·대상",
    "content": "공약 내용",
    "final_goal": "최종 목표",
    "expected_effect": "기대효과",
    "targets": "연차별 목표",
    "milestones": "이행절차",
    "links": "관련 링크",
}


def texts(period):
    """Yield every text of the snapshot rows that a publication would write, and the reasons of reports."""
    links = _links(period)
    for row in snapshots.draw(period):
        link = links.get(row.pledge_id, "")
        for name, label in NAMES.items():
            yield ToRead(f"{row.number} {label}", getattr(row, name), link)
        for name, label in CARD.items():
            yield ToRead(f"{row.number} {label}", "\n".join(_strings(row.card.get(name))), link)
    for report in _reports(period).exclude(status_reason=""):
        where = f"{report.submission.code} 상태 사유"
        link = links.get(report.pledge_id, "")
        yield ToRead(where, report.status_reason, link, is_public=False)


def files(period):
    """Yield the evidence files of the period's reports."""
    rows = Evidence.objects.filter(report__submission__period=period)
    for row in rows.select_related("report__submission"):
        submission = row.report.submission
        yield ToScan(
            f"{submission.code} 증빙",
            row.name,
            row.sha256,
            row.file,
            reverse("reporting:review-item", args=[submission.pk]),
        )


def _reports(period):
    return PledgeReport.objects.in_period(period).select_related("submission")


def _links(period):
    """Return {pledge pk: address of its item in the review}."""
    return {
        report.pledge_id: reverse("reporting:review-item", args=[report.submission_id])
        for report in _reports(period)
    }


def _strings(value):
    """Yield every text inside a piece of the card's JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
