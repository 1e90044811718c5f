"""나의 할 일: what my department owes, returned ones first, and handing it in."""

from dataclasses import dataclass
from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from .. import clock
from ..actions import take_many
from ..extensions import extensions_for
from ..forms import DeskFilter
from ..handovers import lately_taken
from ..models import Period, Submission, Transition
from ..notices import words_of
from ..permissions import has_desk, is_open_for_entry, writes
from ..subjects import Brief, briefs_of, subject_of
from ..workflow import MOVES, Refused, WrongState, take
from .kept import number_of, ticked

State = Submission.State
SOON = 3  # days before the deadline from which an item is marked
DESK_MOVES = ("submit", "recall")
GROUPS = (
    (State.RETURNED, "반려", "전략기획실의 말을 읽고 고쳐서 다시 제출해 주세요."),
    (State.DRAFT, "작성 중", ""),
    (State.SUBMITTED, "제출함", "전략기획실의 검토를 기다립니다."),
    (State.APPROVED, "승인됨", ""),
)


@dataclass(frozen=True)
class Row:
    """One item of the desk: days left (negative when overdue), what it says, the reviewer's words."""

    submission: Submission
    brief: Brief
    words: Transition | None
    days: int
    may_write: bool

    @property
    def may_hand_in(self):
        """Say whether the item is complete and still open for this person."""
        return self.may_write and not self.brief.missing


class Group(NamedTuple):
    """The items of one state, with what to do about them."""

    state: str
    title: str
    text: str
    rows: list

    @property
    def ready(self):
        """Return how many of its items can be handed in now."""
        return sum(row.may_hand_in for row in self.rows)


@require_safe
def desk(request):
    """List what my department owes in the open periods, and what came back from any period."""
    user = request.user
    if not has_desk(user):
        raise PermissionDenied("나의 할 일은 부서가 정해진 담당자와 부서장만 봅니다.")
    owed = Submission.objects.visible_to(user).owed_by(user.department_id)
    form = DeskFilter(request.GET or None, periods=_periods(user, request.GET.get("period", "")))
    rows = _rows(user, _chosen(owed, form).select_related("period").by_urgency())
    waiting, approved = (_count(rows, state) for state in (State.SUBMITTED, State.APPROVED))
    context = {
        "department": user.department,
        "form": form,
        "groups": _groups(rows),
        "total": len(rows),
        "waiting": waiting,
        "approved": approved,
        "gone": waiting + approved,
        "share": f"{waiting + approved}/{len(rows)}",
        "all_in": _all_in(owed, rows),
        "overdue": sum(row.days < 0 for row in rows if row.submission.is_editable_state),
        "writes": any(writes(user, row.submission) for row in rows),
        "soon": SOON,
        "extensions": extensions_for(user.department_id, clock.today()),
        "taken_over": lately_taken(user, clock.today()),
    }
    return render(request, "reporting/desk.html", context)


def _periods(user, code):
    """Return the periods to choose from for which this department owes or owed something, newest first."""
    owed = Submission.objects.owed_by(user.department_id).filter(period=OuterRef("pk"))
    return Period.objects.filter(Exists(owed)).offered(code.replace("\x00", ""))


def _chosen(owed, form):
    """Narrow the items to a period; without one, to what can be done now."""
    code = form.cleaned_data["period"] if form.is_valid() else ""
    if code == form.ALL:
        return owed
    if code:
        return owed.filter(period__code=code)
    return owed.filter(Q(period__state=Period.State.OPEN) | Q(state=State.RETURNED))


def _rows(user, submissions):
    submissions = list(submissions)
    briefs, words, today = briefs_of(submissions), words_of(submissions), clock.today()
    return [
        Row(
            submission=s,
            brief=briefs[s.pk],
            words=words.get(s.pk),
            days=(s.due_on - today).days,
            may_write=writes(user, s) and not is_open_for_entry(s, today),
        )
        for s in submissions
    ]


def _count(rows, state):
    return sum(row.submission.state == state for row in rows)


def _all_in(owed, rows):
    """Say whether nothing is left to write and something waits for the office."""
    if rows:
        states = {row.submission.state for row in rows}
        return State.SUBMITTED in states and states <= {State.SUBMITTED, State.APPROVED}
    return owed.filter(state=State.SUBMITTED).exists()


def _groups(rows):
    found = [Group(*group, [r for r in rows if r.submission.state == group[0]]) for group in GROUPS]
    return [group for group in found if group.rows]


@require_POST
def submit_ticked(request):
    """Hand in every ticked item at the version that the page showed."""
    if not has_desk(request.user):
        raise PermissionDenied("제출은 부서 담당자만 합니다.")
    done, refused = take_many("submit", ticked(request.POST), by=request.user)
    if done:
        messages.success(request, f"{done}건을 제출했습니다.")
    for submission, why in refused:
        messages.error(request, f"{submission}: {why}")
    if not done and not refused:
        messages.warning(request, "제출할 항목을 골라 주세요.")
    return redirect("reporting:desk")


@require_POST
def move(request, pk):
    """Hand one item in, or take it back; the same click twice has one effect."""
    submission = get_object_or_404(Submission.objects.visible_to(request.user), pk=pk)
    name, seen = request.POST.get("move", ""), number_of(request.POST.get("seen", ""))
    if name not in DESK_MOVES or not seen:
        messages.error(request, "무엇을 할지 골라 주세요.")
        return redirect("reporting:entry", pk=pk)
    try:
        take(name, submission, by=request.user, seen=seen)
    except WrongState as refusal:
        again = already(name, pk, request.user, seen)
        messages.info(request, again) if again else messages.error(request, str(refusal))
    except Refused as refusal:
        messages.error(request, f"{MOVES[name].label}하지 못했습니다. {refusal}")
    else:
        messages.success(request, f"{submission}: {MOVES[name].label} 처리했습니다.")
        if name == "submit":
            return redirect("reporting:desk")
    return redirect("reporting:entry", pk=pk)


def already(name, pk, user, seen=None):
    """Return a sentence when this very move, of the text `seen`, was the last one and mine; else ""."""
    last = Transition.objects.filter(submission=pk).order_by("at", "pk").last()
    if last is None or last.move != name or last.by_id != user.pk:
        return ""
    submission = Submission.objects.visible_to(user).get(pk=pk)
    same = seen in (None, subject_of(submission).report(submission).version)
    return f"이미 {MOVES[name].label}했습니다." if same and submission.state == last.target else ""
