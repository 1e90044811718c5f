"""Writing an adjustment: the department's verbs before it is sent."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from reporting.history import keep, keep_version
from reporting.workflow import Refused

from ..models import Adjustment, Pledge
from ..permissions import adjusts_for, requests
from .wording import wording_with


def start(pledge, *, kind, after, absorbed=(), reason="", evidence="", by):
    """Return a new adjustment of a pledge, or the department's own that is already on its way.

    Of two forms sent at once the unique key of the database refuses the second, which gets the first.
    """
    if not adjusts_for(by, pledge.lead_department_id):
        raise PermissionDenied("자기 부서가 주관하는 공약의 조정만 요청할 수 있습니다.")
    if not pledge.is_active:
        raise Refused("관리 대상이 아닌 공약입니다.")
    try:
        with transaction.atomic():
            return _write(pledge, kind, after, absorbed, reason, evidence, by)
    except IntegrityError:
        found = Adjustment.objects.open().filter(pledge=pledge).first()
        if found is None:
            raise
        if found.department_id != by.department_id:
            raise Refused("이 공약에는 진행 중인 조정이 있습니다.") from None
        return found


def _write(pledge, kind, after, absorbed, reason, evidence, by):
    absorbed = list(absorbed) if kind == Adjustment.Kind.MERGE else []
    row = Adjustment(
        kind=kind,
        pledge=pledge,
        before=wording_with(pledge, absorbed),
        after=after,
        reason=reason,
        evidence=evidence,
        department_id=by.department_id,
        requested_by=by,
    )
    keep(row, by=by, reason="조정 요청 작성")
    row.absorbed.set(absorbed)
    row.authors.add(by)
    return row


@transaction.atomic
def rewrite(adjustment, *, version, after, absorbed=(), reason="", evidence="", by):
    """Save the text anew against the pledge as it stands now. Raises Refused, or `Stale`."""
    row = Adjustment.objects.select_for_update(of=("self",)).get(pk=adjustment.pk)
    if not requests(by, row):
        raise PermissionDenied("요청한 부서의 담당자만 고칠 수 있습니다.")
    if not row.is_editable_state:
        raise Refused(f"'{row.get_state_display()}' 상태에서는 고칠 수 없습니다.")
    absorbed = list(absorbed) if row.kind == Adjustment.Kind.MERGE else []
    row.before = wording_with(Pledge.objects.get(pk=row.pledge_id), absorbed)
    row.after, row.reason, row.evidence = after, reason, evidence
    keep_version(row, version, by=by, reason="조정 요청 고침")
    row.absorbed.set(absorbed)
    row.authors.add(by)
    return row
