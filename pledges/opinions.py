"""The verbs of citizens' opinions: write, erase, show, hide, answer. Each is one transaction."""

import datetime
import secrets

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from reporting.history import Stale, keep, keep_version
from reporting.marks import changed_in_public
from reporting.workflow import Refused

from . import limits
from .models import Opinion, OpinionAnswer, OpinionDecision
from .permissions import answers, moderates

State = Opinion.State
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that reads like another; 12 of them: 58 bits
KEPT_AFTER_TERM = datetime.timedelta(days=365)
FIRST = 10  # opinions on the pledge's own page


def first_shown(row):
    """Return the first opinions of a pledge's page and whether there are more; one query."""
    rows = list(Opinion.objects.shown().filter(pledge=row.pledge_id)[: FIRST + 1])
    return {"opinions": rows[:FIRST], "more_opinions": len(rows) > FIRST}


def write(pledge_id, *, key, text, nickname, who):
    """Take an opinion in and return it; of one form sent twice the second finds the first's row.

    Raises `limits.TooMany` when the address `who` (or everybody together) wrote too often.
    """
    try:
        with transaction.atomic():
            opinion = Opinion.objects.create(
                pledge_id=pledge_id,
                form_key=key,
                receipt=_new_receipt(),
                text=text,
                nickname=nickname,
            )
            limits.use("opinion", who)
            return opinion
    except IntegrityError:
        found = Opinion.objects.filter(form_key=key).first()
        if found is None:
            raise
        return found


def receipt_of(typed):
    """Return a receipt as it is stored, however it was typed."""
    letters = "".join(letter for letter in typed.upper() if letter in LETTERS)
    return "-".join(letters[at : at + 4] for at in (0, 4, 8)) if len(letters) == 12 else ""


def _new_receipt():
    return receipt_of("".join(secrets.choice(LETTERS) for _ in range(12)))


@transaction.atomic
def erase(opinion):
    """Take the words of an opinion away for good, as its writer wishes; the row only says that it was."""
    row = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if row.state == State.ERASED:
        return row
    was_shown = row.state == State.SHOWN
    row.state, row.text, row.nickname = State.ERASED, "", ""
    row.version += 1
    row.save(update_fields=["state", "text", "nickname", "version"])
    if was_shown:
        changed_in_public()
    return row


@transaction.atomic
def decide(opinion, *, shown, version, by, reason=""):
    """Show an opinion to everybody or hide it with a reason; raises `Stale` if somebody was faster."""
    if not moderates(by):
        raise PermissionDenied("의견의 공개는 전략기획실만 정합니다.")
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    target = State.SHOWN if shown else State.HIDDEN
    if opinion.state == State.ERASED:
        raise Refused("쓴 사람이 지운 의견입니다.")
    if opinion.version != version:
        raise Stale
    if opinion.state == target:
        raise Refused(f"이미 '{opinion.get_state_display()}' 상태입니다.")
    if not shown and not reason.strip():
        raise Refused("공개하지 않는 사유를 적어 주세요. 쓴 사람이 접수번호로 봅니다.")
    before, opinion.state = opinion.state, target
    keep_version(opinion, version, by=by)
    OpinionDecision.objects.create(opinion=opinion, shown=shown, reason=reason.strip(), by=by)
    if State.SHOWN in (before, target):
        changed_in_public()
    return opinion


@transaction.atomic
def answer(opinion, *, text, version, by):
    """Answer an opinion for the department, or correct the answer; `version` is the answer's, 0 for none.

    Raises `Stale` when a colleague answered or corrected since.
    """
    if not answers(by, opinion):
        raise PermissionDenied("답변은 공약의 주관부서만 씁니다.")
    opinion = Opinion.objects.select_for_update().select_related("pledge").get(pk=opinion.pk)
    if opinion.state == State.ERASED:
        raise Refused("쓴 사람이 지운 의견에는 답변하지 않습니다.")
    row = OpinionAnswer.objects.filter(opinion=opinion).first()
    if (row.version if row else 0) != version:
        raise Stale
    row = _corrected(row, text, by) if row else _first(opinion, text, by)
    if opinion.state == State.SHOWN:
        changed_in_public()
    return row


def _first(opinion, text, by):
    row = OpinionAnswer(opinion=opinion, text=text, department_name=by.department.name, by=by)
    return keep(row, by=by, reason="답변")


def _corrected(row, text, by):
    row.text, row.by, row.department_name = text, by, by.department.name
    row.corrected_at = timezone.now()
    return keep_version(row, row.version, by=by, reason="답변 고침")


def purge():
    """Erase the opinions of terms that ended more than a year ago; return how many."""
    ended = timezone.localdate() - KEPT_AFTER_TERM
    rows = Opinion.objects.filter(pledge__term__ends_on__lt=ended).exclude(state=State.ERASED)
    return len([erase(row) for row in rows])
