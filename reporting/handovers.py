"""Handing over: a person's items go to a successor on a day, with a document of what is open."""

import datetime
from collections import Counter

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from . import clock, formats, mail
from .models import Handover, Submission
from .notices import SIGNED, words_of
from .permissions import hands_over_in, may_succeed
from .subjects import all_subjects, charges_of
from .workflow import Refused

SHOWN_FOR = 60  # days for which a successor's desk leads to the document
NOT_YOURS = "업무 인계는 전략기획실과 그 부서의 부서장만 올립니다."


@transaction.atomic
def register(handover, *, by):
    """Save a new hand-over; one whose day has come is done at once. Return it.

    Raises PermissionDenied, or Refused with a sentence.
    """
    if not hands_over_in(by, handover.department_id):
        raise PermissionDenied(NOT_YOURS)
    if handover.from_person_id == handover.successor_id:
        raise Refused("넘기는 사람과 넘겨받는 사람이 같습니다.")
    handover.by = by
    try:
        with transaction.atomic():
            handover.save()
    except IntegrityError as error:
        raise Refused(
            f"{handover.from_person}의 인계가 이미 올라 있습니다. 그것을 먼저 취소해 주세요."
        ) from error
    if reason := obstacle(
        handover
    ):  # after the row: of two clicks the second sees what the first did
        raise Refused(reason)
    if handover.effective_on <= clock.today():
        _apply(handover)
    return handover


@transaction.atomic
def cancel(handover, *, by):
    """Take a pending hand-over back; what is done stays done."""
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    if not hands_over_in(by, handover.department_id):
        raise PermissionDenied(NOT_YOURS)
    if handover.applied_at:
        raise Refused("이미 넘겼습니다. 되돌리려면 반대로 인계를 새로 올려 주세요.")
    if not handover.cancelled_at:
        handover.cancelled_at, handover.cancelled_by = timezone.now(), by
        handover.save()
    return handover


def apply_all():
    """Do every hand-over whose day has come; return a Counter of 넘김 and 보류.

    One that can't be done (the successor has left, nothing to hand over) waits and says why on its page.
    """
    tally = Counter()
    for pk in Handover.objects.effective(clock.today()).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            handover = Handover.objects.select_for_update().get(pk=pk)
            if handover.state != "waiting":
                continue
            reason = obstacle(handover)
            tally["보류" if reason else "넘김"] += 1
            if not reason:
                _apply(handover)
    return tally


def obstacle(handover):
    """Say why this can't be handed over now, or return ""."""
    if not may_succeed(handover.successor, handover.department_id):
        return (
            f"{handover.successor}은(는) {handover.department}에서 쓰는 담당자가 아니어서 "
            "넘겨받을 수 없습니다."
        )
    if not charges_in(handover):
        return f"{handover.from_person}이(가) {handover.department}에서 맡은 항목이 없습니다."
    return ""


def charges_in(handover):
    """Return what the person is in charge of in this department now."""
    mine = charges_of(handover.from_person)
    return [charge for charge in mine if charge.department_id == handover.department_id]


def lately_taken(user, today):
    """Return what goes over to this person soon or went over lately: for their desk."""
    since = today - datetime.timedelta(days=SHOWN_FOR)
    rows = Handover.objects.filter(successor=user, cancelled_at=None, effective_on__gte=since)
    return rows.select_related("from_person")


def _apply(handover):
    """Keep the document as it stands, put the successor in charge, tell both."""
    charges = charges_in(handover)
    handover.content = content_of(handover, charges)
    reason = f"업무 인계: {handover.from_person} → {handover.successor}"[:100]
    for subject in all_subjects():
        keys = [charge.key for charge in charges if charge.kind == subject.kind]
        if keys:
            subject.hand_over(keys, to=handover.successor, by=handover.by, reason=reason)
    handover.applied_at = timezone.now()
    handover.save()
    _tell(handover, len(charges))


def _tell(handover, count):
    """Write to both: what went over, and where its document is."""
    address = mail.link(reverse("reporting:handover", args=[handover.pk]))
    text = [
        f"{handover.department}의 업무 {count}건의 담당이 {formats.day(handover.effective_on)}에 "
        f"{handover.from_person}에서 {handover.successor}(으)로 바뀌었습니다.",
        "",
        f"인계서(열린 반려, 기한, 약속한 일): {address}",
        "",
        SIGNED,
    ]
    for person in (handover.successor, handover.from_person):
        if person.is_active:
            body = "\n".join([f"{person}님,", "", *text])
            subject = f"[업무 인계] {handover.department} {count}건"
            mail.post(person=person, kind="handover", subject=subject, body=body)


def content_of(handover, charges=None):
    """Return the document's content as plain values, as it would be kept now.

    {from, to, items: […], returns: [open returns with the office's words], deadlines: [what is not approved yet],
    promises: [plans of the last approved report and steps to come]}; a fixed number of queries.
    """
    charges = charges_in(handover) if charges is None else charges
    names = {(charge.kind, charge.key): charge.name for charge in charges}
    items = _open_items(charges)
    words = words_of(items)
    return {
        "from": _person(handover.from_person),
        "to": _person(handover.successor),
        "items": list(names.values()),
        "returns": [_returned(item, words[item.pk]) for item in items if item.pk in words],
        "deadlines": [_deadline(item) for item in items],
        "promises": [
            {"name": names[s.kind, p.key], "text": p.text, "when": p.when, "source": p.source}
            for s in all_subjects()
            for p in _grouped(s, [c.key for c in charges if c.kind == s.kind])
        ],
    }


def _grouped(subject, keys):
    """Return a subject's promises thing by thing, in the order of the things."""
    return sorted(subject.promises(keys), key=lambda promise: keys.index(promise.key))


def _person(person):
    """Return a name with the position of that time: it changes with the next transfer."""
    return f"{person} {person.position}".strip()


def _open_items(charges):
    """Return what is still to be written, or waits for the office, of these things."""
    mine = Q(pk=None)
    for kind in {charge.kind for charge in charges}:
        mine |= Q(kind=kind, key__in=[c.key for c in charges if c.kind == kind])
    owed, waiting = Submission.objects.still_owed(), Submission.objects.waiting()
    items = (owed | waiting).filter(mine).select_related("period")
    return list(items.order_by("due_on", "order", "pk"))


def _returned(item, step):
    return {
        "name": str(item),
        "period": str(item.period),
        "words": step.comment,
        "by": str(step.by),
        "on": timezone.localdate(step.at).isoformat(),
        "due_on": item.due_on.isoformat(),
    }


def _deadline(item):
    return {
        "name": str(item),
        "period": str(item.period),
        "state": item.get_state_display(),
        "due_on": item.due_on.isoformat(),
    }
