"""The one table of moves and the one door: buttons, checks, history and docs/workflow.md are read from it."""

from collections.abc import Callable
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from . import clock
from .models import Period, Submission, Transition
from .notices import tell
from .permissions import is_open_for_entry, reviews, writes
from .subjects import subject_of

State = Submission.State


class Refused(Exception):
    """A move that can't be made now; the message is a sentence for the person. Nothing was changed."""


class WrongState(Refused):
    """The submission has moved on since the page was drawn."""


def can_submit(submission, today):
    """Say what keeps the item from being handed in, or ""."""
    closed = is_open_for_entry(submission, today)
    if closed:
        return closed
    subject = subject_of(submission)
    return " ".join(subject.problems(subject.report(submission)))


def can_recall(submission, today):
    """Say why the item can't be taken back, or "": only while the period runs."""
    if submission.period.state != submission.period.State.OPEN or today > submission.due_on:
        return (
            "기한이 지났거나 마감되어 제출을 거둘 수 없습니다. 전략기획실에 반려를 부탁해 주세요."
        )
    return ""


def always(submission, today):
    """Refuse nothing."""
    return ""


class Move(NamedTuple):
    """One row of the table: from where to where, by whom, under which condition, with which words."""

    label: str
    sources: frozenset
    target: str
    allowed: Callable  # (user, submission) -> bool
    refusal: str  # what a person without the right reads
    condition: Callable = always  # (submission, today) -> "" or a sentence
    decides: bool = False
    needs_comment: bool = False
    sets_due: bool = False
    style: str = "secondary"


NOT_YOURS = "이 항목을 쓰는 부서의 담당자만 할 수 있습니다."
NOT_REVIEWER = "전략기획실 담당자만, 자신이 쓰지 않은 항목에 대해서만 할 수 있습니다."

MOVES = {
    "submit": Move(
        "제출",
        frozenset({State.DRAFT, State.RETURNED}),
        State.SUBMITTED,
        writes,
        NOT_YOURS,
        can_submit,
        style="primary",
    ),
    "recall": Move(
        "제출 취소", frozenset({State.SUBMITTED}), State.DRAFT, writes, NOT_YOURS, can_recall
    ),
    "return": Move(
        "반려",
        frozenset({State.SUBMITTED}),
        State.RETURNED,
        reviews,
        NOT_REVIEWER,
        decides=True,
        needs_comment=True,
        sets_due=True,
        style="danger",
    ),
    "approve": Move(
        "승인",
        frozenset({State.SUBMITTED}),
        State.APPROVED,
        reviews,
        NOT_REVIEWER,
        decides=True,
        style="primary",
    ),
    "reopen": Move(
        "승인 취소(정정 요구)",
        frozenset({State.APPROVED}),
        State.RETURNED,
        reviews,
        NOT_REVIEWER,
        decides=True,
        needs_comment=True,
        sets_due=True,
        style="danger",
    ),
}


def moves_for(user, submission):
    """Return the moves whose button this person sees on this submission.

    Handing in is always shown, since pressing it says what is missing.
    """
    return {
        name: move
        for name, move in MOVES.items()
        if submission.state in move.sources
        and move.allowed(user, submission)
        and (name == "submit" or not move.condition(submission, clock.today()))
    }


def locked(submission_pk):
    """Return the submission with its period, both rows locked, so that a closing waits or goes first."""
    return (
        Submission.objects.select_for_update(of=("self", "period"))
        .select_related("period", "department")
        .get(pk=submission_pk)
    )


def locked_period(pk):
    """Return the period with its row locked: what is decided about it comes one after the other."""
    return Period.objects.select_for_update().get(pk=pk)


@transaction.atomic
def take(name, submission, *, by, comment="", due_on=None, seen=None, confirmed=False, quiet=False):
    """Move the submission and write the move down, or raise and change nothing.

    `seen` is the version of the report that the person had before their eyes; `due_on` the day by
    which a returned item is wanted back; `confirmed` that they ticked what an approval confirms beside
    the text (`Subject.approval`). Raises PermissionDenied, WrongState or Refused with a sentence.
    """
    move = MOVES[name]
    submission = locked(submission.pk)
    _check(move, submission, by, comment.strip(), due_on, seen)
    if name == "approve":
        _confirm(submission, by, comment, confirmed)
    source = submission.state
    submission.state = move.target
    submission.decided_at = timezone.now() if move.decides else None
    submission.decided_by = by if move.decides else None
    if name == "submit":
        submission.submitted_at = timezone.now()
        submission.authors.add(by)
    if move.sets_due:
        submission.due_on = max(submission.due_on, due_on)
    submission.save()
    step = Transition.objects.create(
        submission=submission,
        move=name,
        source=source,
        target=move.target,
        by=by,
        comment=comment.strip(),
        due_on=submission.due_on if move.sets_due else None,
    )
    if not quiet:
        tell([step])
    return step


def _check(move, submission, by, comment, due_on, seen):
    """Raise unless every condition of the move holds on the locked row."""
    if not move.allowed(by, submission):
        raise PermissionDenied(move.refusal)
    if submission.state not in move.sources:
        raise WrongState(
            f"지금은 '{submission.get_state_display()}' 상태라서 '{move.label}'을(를) 할 수 없습니다."
        )
    if move.needs_comment and not comment:
        raise Refused(f"'{move.label}'에는 사유를 적어야 합니다.")
    if move.sets_due and (due_on is None or due_on < clock.today()):
        raise Refused("다시 낼 기한을 오늘이나 그 뒤의 날로 적어 주세요.")
    report = subject_of(submission).report(submission)
    if seen is not None and report.version != seen:
        raise WrongState(
            "보고 계신 사이에 내용이 바뀌었습니다. 바뀐 내용을 읽고 다시 결정해 주세요."
        )
    reason = move.condition(submission, clock.today())
    if reason:
        raise Refused(reason)


def _confirm(submission, by, comment, confirmed):
    """Let the subject do what belongs to an approval; without the tick it needs nothing is approved."""
    subject = subject_of(submission)
    report = subject.report(submission)
    needed = subject.approval(report)
    if not needed:
        return
    if not confirmed:
        raise Refused(needed.refusal)
    subject.approved(report, by=by, note=comment)


def diagram():
    """Return the table of moves as a mermaid state diagram (docs/workflow.md)."""
    lines = [
        f"    {source} --> {move.target}: {move.label}"
        for move in MOVES.values()
        for source in State.values
        if source in move.sources
    ]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {State.DRAFT}", *lines])
