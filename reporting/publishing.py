"""The verbs around a publication: let findings pass by name and reason, take a publication back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from .marks import changed_in_public
from .models import Publication, ScanOverride, Withdrawal
from .permissions import runs_periods
from .scan.period import NEVER, read_files, refuse_private, scan
from .workflow import Refused, locked_period


@transaction.atomic
def override_findings(period, *, digest, reason, by):
    """Let exactly the findings of `digest` be published; what is found later needs a new word.

    A second click returns what stands. Registration numbers in texts for citizens never pass.
    """
    _must_run_periods(by)
    period = locked_period(period.pk)
    found = scan(period)
    if found.override and found.digest == digest:
        return found.override
    if not found.findings or found.digest != digest:
        raise Refused("그 사이 찾은 것이 바뀌었습니다. 목록을 다시 읽고 결정해 주세요.")
    if found.is_final:
        raise Refused(NEVER)
    if found.unread:
        raise Refused("아직 읽지 않은 파일이 있습니다. 모두 읽은 뒤에 결정해 주세요.")
    if not reason.strip():
        raise Refused("그대로 공표하는 사유를 적어 주세요.")
    return ScanOverride.objects.create(
        period=period,
        digest=digest,
        findings=[[f.label, f.masked, f.where] for f in found.findings],
        reason=reason.strip(),
        by=by,
    )


def scan_files(period, *, by):
    """Have the worker read the files of the period that have not been read yet."""
    _must_run_periods(by)
    read_files.enqueue(period.pk)


@transaction.atomic
def withdraw_publication(publication, *, reason, by):
    """Take back what citizens read of a period: the revision before shows again, or nothing.

    Only the revision that stands can be taken back; its reason is public, its number is not used again.
    """
    _must_run_periods(by)
    locked_period(publication.period_id)
    standing = Publication.objects.current().filter(period=publication.period_id).first()
    if Withdrawal.objects.filter(publication=publication).exists():
        raise Refused("이미 거두어들인 공표입니다.")
    if standing != publication:
        raise Refused("그 사이 다른 판이 공표되었습니다. 지금 보이는 판을 확인해 주세요.")
    if not reason.strip():
        raise Refused("거두어들이는 사유를 적어 주세요. 누구나 보는 글입니다.")
    private = refuse_private(reason)
    if private:
        raise Refused(private)
    row = Withdrawal.objects.create(publication=publication, reason=reason.strip(), by=by)
    changed_in_public()
    return row


def _must_run_periods(user):
    if not runs_periods(user):
        raise PermissionDenied("보고기간은 전략기획실만 다룹니다.")
