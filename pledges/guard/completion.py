"""완료 확정 (domain.md §1.2): the department claims it, the office checks it and confirms it by approving."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from reporting import formats
from reporting.permissions import reviews
from reporting.subjects import Approval, Proof
from reporting.workflow import Refused

from ..models import Completion
from .facts import facts_of

TICK = "완료 확정: 절차·돈·증빙을 확인했으며 이 공약을 완료로 확정합니다"
NEEDED = (
    "새로 완료를 보고한 항목입니다. 검토 화면에서 절차·돈·증빙을 확인하고 "
    "'완료 확정'에 표시해야 승인할 수 있습니다."
)
SHOWN = 5  # names of open steps in the check list


def claims(facts):
    """Say whether the text claims a completion that is neither confirmed nor in the report before it."""
    return facts.is_done and not facts.was_done and not facts.confirmed


def approval(report):
    """Return what approving this report needs, since it confirms a completion; None where it does not."""
    facts = facts_of([report])[report.pk]
    return Approval(TICK, NEEDED, proofs(facts)) if claims(facts) else None


def proofs(facts):
    """Return the check list of a claimed completion: steps, money, evidence, the department's words."""
    report = facts.report
    return [_steps(facts), _money(facts), _evidence(report), _reason(report)]


def _steps(facts):
    steps = facts.open_steps
    if not facts.report.pledge.milestones.all():
        return Proof("이행절차", "관리카드에 이행절차가 없습니다.", False)
    if not steps:
        return Proof("이행절차", "모두 끝났습니다.", True)
    named = ", ".join(steps[:SHOWN]) + (" 등" if len(steps) > SHOWN else "")
    return Proof("이행절차", f"{len(steps)}개가 끝나지 않았습니다: {named}", False)


def _money(facts):
    secured, spent = facts.secured, facts.spent
    if secured is None or spent is None:
        return Proof("돈", "확보액이나 집행액을 알 수 없습니다.", False)
    figures = f"확보 {formats.number(secured)} · 집행 {formats.number(spent)}백만원"
    left = secured - spent
    if left > 0:
        return Proof("돈", f"{figures} (남은 돈 {formats.number(left)}백만원)", False)
    return Proof("돈", figures, True)


def _evidence(report):
    files = list(report.evidence.all())
    if not files:
        return Proof("증빙", "붙인 파일이 없습니다.", False)
    return Proof("증빙", f"{len(files)}개: " + ", ".join(f.name for f in files), True)


def _reason(report):
    reason = report.status_reason.strip()
    return Proof("완료로 본 근거", reason or "적혀 있지 않습니다.", bool(reason))


@transaction.atomic
def confirm_completion(report, *, by, note=""):
    """Confirm that the pledge of this report is fulfilled, on the text as it stands.

    Only somebody of the office who did not write it may; a second confirmation of one text is refused.
    """
    if not reviews(by, report.submission):
        raise PermissionDenied("완료는 그 글을 쓰지 않은 전략기획실 담당자만 확정합니다.")
    if not claims(facts_of([report])[report.pk]):
        raise Refused("확정할 새 완료 보고가 없습니다.")
    try:
        with transaction.atomic():
            return Completion.objects.create(
                pledge_id=report.pledge_id,
                report=report,
                version=report.version,
                by=by,
                note=note.strip(),
            )
    except IntegrityError as error:
        raise Refused("이 글의 완료는 이미 확정되었습니다.") from error
