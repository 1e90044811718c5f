"""The table of moves of an adjustment and the one door: buttons, checks and history are read from it."""

from collections.abc import Callable
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction

from reporting.history import keep_version
from reporting.mail import link, post
from reporting.marks import changed_in_public
from reporting.workflow import Refused, WrongState

from ..models import Adjustment, AdjustmentMove, AdjustmentState
from ..permissions import decides_change, handles_change, requests
from . import steps

State = AdjustmentState


class Move(NamedTuple):
    """One row of the table: from where to where, by whom, under which condition, to what effect."""

    label: str
    sources: frozenset
    target: str
    allowed: Callable  # (user, adjustment) -> bool
    refusal: str
    condition: Callable = steps.nothing
    effect: Callable = steps.nothing
    needs_comment: bool = False
    style: str = "secondary"


OURS = "요청한 부서의 담당자만 할 수 있습니다."
OFFICE = "전략기획실 담당자만, 자신이 요청하지 않은 조정에 대해서만 할 수 있습니다."
MAYOR = (
    "시장의 결정은 관리자나 전략기획실이, 자신이 요청하지 않은 조정에 대해서만 기록할 수 있습니다."
)

MOVES = {
    "request": Move(
        "요청",
        frozenset({State.DRAFT, State.RETURNED}),
        State.REQUESTED,
        requests,
        OURS,
        steps.can_request,
        steps.request,
        style="primary",
    ),
    "withdraw": Move(
        "철회",
        frozenset({State.DRAFT, State.REQUESTED, State.RETURNED, State.AGENDA}),
        State.WITHDRAWN,
        requests,
        OURS,
        needs_comment=True,
        style="danger",
    ),
    "accept": Move(
        "배심원단 안건으로 채택",
        frozenset({State.REQUESTED}),
        State.AGENDA,
        handles_change,
        OFFICE,
        steps.can_accept,
        steps.accept,
        style="primary",
    ),
    "return": Move(
        "보완 요구",
        frozenset({State.REQUESTED, State.AGENDA, State.DECIDED}),
        State.RETURNED,
        handles_change,
        OFFICE,
        effect=steps.take_back,
        needs_comment=True,
        style="danger",
    ),
    "decline": Move(
        "채택 안 함",
        frozenset({State.REQUESTED}),
        State.REJECTED,
        handles_change,
        OFFICE,
        needs_comment=True,
        style="danger",
    ),
    "judge": Move(
        "배심원단 의결 기록",
        frozenset({State.AGENDA}),
        State.JUDGED,
        handles_change,
        OFFICE,
        steps.can_judge,
        steps.judge,
        style="primary",
    ),
    "decide": Move(
        "시장 승인",
        frozenset({State.JUDGED}),
        State.DECIDED,
        decides_change,
        MAYOR,
        steps.can_decide,
        steps.decide,
        style="primary",
    ),
    "refuse": Move(
        "시장 불승인",
        frozenset({State.JUDGED}),
        State.REJECTED,
        decides_change,
        MAYOR,
        steps.has_paper,
        steps.decide,
        needs_comment=True,
        style="danger",
    ),
    "apply": Move(
        "공약에 반영하고 공개",
        frozenset({State.DECIDED}),
        State.APPLIED,
        handles_change,
        OFFICE,
        steps.can_apply,
        steps.apply,
        style="primary",
    ),
}


def moves_for(user, adjustment):
    """Return the moves whose button this person sees; what is still missing is said when it is pressed.

    The main one comes first: Enter in a field presses the first button of a form.
    """
    found = [
        (name, move)
        for name, move in MOVES.items()
        if adjustment.state in move.sources and move.allowed(user, adjustment)
    ]
    return dict(sorted(found, key=lambda pair: pair[1].style != "primary"))


@transaction.atomic
def take(name, adjustment, *, by, seen=None, **given):
    """Move the adjustment and write the move down, or raise and change nothing.

    `seen` is the version that the person had before their eyes; `given` are the fields of `Given`.
    Raises PermissionDenied, WrongState or Refused with a sentence.
    """
    move, given = MOVES[name], steps.Given(**given)
    row = Adjustment.objects.select_for_update(of=("self",)).select_related("pledge")
    row = row.get(pk=adjustment.pk)
    _check(move, row, by, given, seen)
    facts = move.effect(row, given, by) or ""
    source, row.state = row.state, move.target
    keep_version(row, row.version, by=by, reason=move.label)
    changed_in_public()  # the jury's public page tells of verdicts and decisions
    if not requests(by, row):
        _tell(row, move, given.comment)
    return AdjustmentMove.objects.create(
        adjustment=row,
        move=name,
        source=source,
        target=move.target,
        by=by,
        comment=given.comment,
        facts=facts[:300],
    )


def _check(move, row, by, given, seen):
    """Raise unless every condition of the move holds on the locked row."""
    if not move.allowed(by, row):
        raise PermissionDenied(move.refusal)
    if row.state not in move.sources:
        raise WrongState(
            f"지금은 '{row.get_state_display()}' 상태라서 '{move.label}'을(를) 할 수 없습니다."
        )
    if seen is not None and seen != row.version:
        raise WrongState(
            "보고 계신 사이에 내용이 바뀌었습니다. 바뀐 내용을 읽고 다시 결정해 주세요."
        )
    if move.needs_comment and not given.comment:
        raise Refused(f"'{move.label}'에는 까닭을 적어야 합니다.")
    if reason := move.condition(row, given, by):
        raise Refused(reason)


def _tell(row, move, comment):
    """Write to whoever asked for the adjustment: what happened, the words that came with it, the way there."""
    told = [f"요청하신 공약 조정이 '{move.label}' 처리되었습니다.", str(row), comment]
    post(
        person=row.requested_by,
        kind="adjustment",
        subject=f"[공약 조정] {row}: {move.label}",
        body="\n\n".join([*filter(None, told), f"보기: {link(f'/adjustments/{row.pk}/')}"]),
    )


def diagram():
    """Return the table of moves as a mermaid state diagram (docs/workflow.md)."""
    rows = [
        f"    {source} --> {move.target}: {move.label}"
        for move in MOVES.values()
        for source in State.values
        if source in move.sources
    ]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {State.DRAFT}", *rows])
