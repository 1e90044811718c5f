"""Who is to be told, and the mails on a decision: return, reopening, approval."""

from collections import defaultdict

from django.conf import settings
from django.urls import reverse

from accounts.models import User

from . import formats, mail
from .models import Submission, Transition
from .permissions import writes
from .subjects import officers_of

TOLD = {
    "return": ("반려", "되돌아온 항목을 고쳐서 다시 내 주세요."),
    "reopen": ("정정 요구", "승인이 취소되었습니다. 고쳐서 다시 내 주세요."),
    "approve": ("승인", "승인되었습니다."),
}
SIGNED = f"{settings.OFFICE_NAME}\n이 메일은 보고 누리집이 보냈습니다. 답장은 받지 않습니다."


def staff_of(departments):
    """Return {department pk: active people who write or head there}; one query."""
    found = defaultdict(list)
    people = User.objects.filter(is_active=True, department__in=departments).exclude(role="")
    for person in people.order_by("name", "pk"):
        found[person.department_id].append(person)
    return found


def writers(submission, staff):
    """Return those of the department's `staff` who can write this item."""
    return [person for person in staff[submission.department_id] if writes(person, submission)]


def in_charge(submission, staff, officers):
    """Return the officer who answers for the item, or where none can write it, all who can."""
    officer = officers.get(submission.pk)
    if officer and officer.is_active and writes(officer, submission):
        return [officer]
    return writers(submission, staff)


def words_of(submissions):
    """Return {submission pk: the move by which it came back last} of the returned ones; one query."""
    returned = [s.pk for s in submissions if s.state == Submission.State.RETURNED]
    moves = Transition.objects.filter(submission__in=returned, target=Submission.State.RETURNED)
    return {move.submission_id: move for move in moves.select_related("by").order_by("at", "pk")}


def entry_link(submission_pk):
    """Return the address of an item in a mail."""
    return mail.link(reverse("reporting:entry", args=[submission_pk]))


def tell(steps):
    """Write of decisions by one reviewer to those who wrote or answer: one mail a person, however many.

    `steps` are `Transition`s with their submissions; moves that decide nothing are passed over.
    """
    steps = [step for step in steps if step.move in TOLD]
    if not steps:
        return []
    by_person = defaultdict(list)
    for step, people in _told(steps):
        for person in people:
            by_person[person].append(step)
    return [_post(person, mine) for person, mine in by_person.items()]


def _told(steps):
    """Yield (step, people): authors and officer who still belong there; without any, who can write it.

    Papers brought over by nobody's hand have no such author: of their approval nobody is told.
    """
    submissions = [step.submission for step in steps]
    authors, officers = _authors(submissions), officers_of(submissions)
    staff = staff_of({s.department_id for s in submissions})
    for step in steps:
        item = step.submission
        near = {*authors[item.pk], *filter(None, [officers.get(item.pk)])}
        people = [p for p in near if p.is_active and p.department_id == item.department_id]
        if not people and step.target == Submission.State.RETURNED:
            people = writers(item, staff)
        yield step, sorted((p for p in people if p.pk != step.by_id), key=lambda p: p.pk)


def _authors(submissions):
    found = defaultdict(set)
    rows = Submission.authors.through.objects.filter(submission__in=submissions)
    for row in rows.select_related("user"):
        found[row.submission_id].add(row.user)
    return found


def _post(person, steps):
    """Write one person's mail on one or several decisions."""
    word, sentence = TOLD[steps[0].move]
    first = steps[0].submission
    about = str(first) if len(steps) == 1 else f"{first} 등 {len(steps)}건"
    lines = [f"{person}님,", "", f"{first.period} 보고: {sentence}", ""]
    for step in steps:
        lines += [*_of_step(step), ""]
    subject = f"[{word}] {about} ({first.period})"
    return mail.post(
        person=person, kind=steps[0].move, subject=subject, body="\n".join([*lines, SIGNED])
    )


def _of_step(step):
    lines = [f"○ {step.submission}"]
    if step.comment:
        lines += ["  전략기획실의 말:", *(f"    {line}" for line in step.comment.splitlines())]
    if step.due_on:
        lines.append(f"  다시 낼 기한: {formats.day(step.due_on)}")
    return [*lines, f"  {entry_link(step.submission_id)}"]
