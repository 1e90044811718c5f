"""One department's later deadline, with a reason that stands on the desk and in the record."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Department

from . import clock, formats, mail
from .models import Extension, Period, Submission
from .notices import SIGNED, staff_of
from .permissions import runs_periods
from .workflow import Refused


@transaction.atomic
def extend_deadline(period, department, *, due_on, reason, by):
    """Give a department's unfinished items of one period a later day; return the `Extension`.

    Items that are opened later get the day too. No item gets an earlier one. The same click twice is
    one extension. Raises PermissionDenied or Refused with a sentence.
    """
    if not runs_periods(by):
        raise PermissionDenied("기한 연장은 전략기획실만 합니다.")
    items, period = _locked(period, department)
    reason = reason.strip()
    given = Extension.objects.deadlines(period).get(department.pk)
    old = max(period.due_on, given or period.due_on)
    last = Extension.objects.filter(period=period, department=department).first()
    if last and (last.new_due, last.reason, last.by_id) == (due_on, reason, by.pk):
        return last
    owed = [item for item in items if period.state == Period.State.OPEN or _is_returned(item)]
    _check(owed, period, old, due_on, reason)
    late = [item.pk for item in owed if item.due_on < due_on]
    Submission.objects.filter(pk__in=late).update(due_on=due_on)
    row = Extension.objects.create(
        period=period, department=department, old_due=old, new_due=due_on, reason=reason, by=by
    )
    _tell(row, len(late))
    return row


def _locked(period, department):
    """Return the department's unfinished items and the period; items first, as every save locks them."""
    items = Submission.objects.select_for_update(of=("self",)).unfinished()
    items = list(items.filter(period=period.pk, department=department.pk).order_by("pk"))
    return items, Period.objects.select_for_update().get(pk=period.pk)


def _is_returned(item):
    return item.state == Submission.State.RETURNED


def _check(owed, period, old, due_on, reason):
    """Raise Refused unless these items may be given this day."""
    if period.state == Period.State.PREPARED:
        raise Refused(f"{period} 입력을 시작한 뒤에 연장할 수 있습니다.")
    if not owed and period.state != Period.State.OPEN:
        raise Refused(
            f"{period}은(는) 마감되었고 이 부서에 반려된 항목이 없어 연장할 것이 없습니다."
        )
    if not owed:
        raise Refused("이 부서는 모두 냈습니다. 연장할 항목이 없습니다.")
    if not reason:
        raise Refused("연장하는 사유를 적어 주세요.")
    if due_on < clock.today():
        raise Refused("연장한 기한을 오늘이나 그 뒤의 날로 적어 주세요.")
    if due_on <= old:
        raise Refused(f"지금 기한({formats.day(old)})보다 뒤의 날로 적어 주세요.")
    if all(item.due_on >= due_on for item in owed):
        raise Refused("내지 않은 항목의 기한이 모두 그날이거나 더 뒤입니다.")


def _tell(row, count):
    """Write to the department's writers and heads that they have more time."""
    day = formats.day(row.new_due)
    text = [
        f"{row.period} 보고에서 {row.department}의 제출 기한을 {day}까지 연장했습니다.",
        f"(당초 {formats.day(row.old_due)}, 내지 않은 항목 {count}건)",
        "",
        f"사유: {row.reason}",
        "",
        f"나의 할 일: {mail.link('/desk/')}",
        "",
        SIGNED,
    ]
    for person in staff_of([row.department_id])[row.department_id]:
        if person.pk != row.by_id:
            body = "\n".join([f"{person}님,", "", *text])
            subject = f"[기한 연장] {row.period} {day}까지"
            mail.post(person=person, kind="extension", subject=subject, body=body)


def extensions_for(department_id, today):
    """Return a department's extensions that still count, newest first: for its desk."""
    rows = Extension.objects.filter(department=department_id, new_due__gte=today)
    return rows.select_related("period")


def may_be_extended(period):
    """Return the departments of this period whose deadline can be moved now, in their order."""
    owed = period.submissions.still_owed()
    return Department.objects.filter(submissions__in=owed).distinct().order_by("order", "name")
