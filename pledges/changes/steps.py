"""What each move of an adjustment asks for first (conditions), and what it does (effects)."""

from dataclasses import dataclass
from datetime import date

from reporting import clock
from reporting.formats import day

from ..jury import finding
from ..models import JurySession, Pledge, Term, Verdict
from ..permissions import rules_changes
from . import applying, wording


@dataclass(frozen=True)
class Given:
    """What a move needs besides the button: words, a meeting, totals of votes, the mayor's paper."""

    comment: str = ""
    session: JurySession | None = None
    votes: tuple = ()  # for, against, abstain
    decided_on: date | None = None
    document: str = ""


def nothing(adjustment, given, by):
    """Refuse nothing, change nothing."""
    return ""


def can_request(adjustment, given, by):
    """Say what is missing in the request."""
    return " ".join(wording.problems(adjustment))


def can_accept(adjustment, given, by):
    """Say why the meeting can't take it: none was chosen, or of another term."""
    if given.session is None:
        return "안건으로 올릴 배심원단 회의를 골라 주세요."
    if given.session.panel.term_id != adjustment.pledge.term_id:
        return "이 공약의 임기에 꾸린 배심원단이 아닙니다."
    return ""


def can_judge(adjustment, given, by):
    """Say why the totals can't be taken down (`jury.finding`)."""
    if adjustment.session.held_on > clock.today():
        return "아직 열리지 않은 회의입니다."
    return finding(adjustment.session, given.votes)[1]


def can_decide(adjustment, given, by):
    """Say why the mayor's approval can't be taken down."""
    if adjustment.verdict != Verdict.RIGHT:
        return "배심원단이 타당하지 않다고 한 조정은 승인할 수 없습니다."
    return has_paper(adjustment, given, by)


def has_paper(adjustment, given, by):
    """Say what is missing in the mayor's decision: its day, and the document if the office records it."""
    if given.decided_on is None or given.decided_on > clock.today():
        return "결정한 날을 오늘이나 그 앞의 날로 적어 주세요."
    if given.decided_on < adjustment.session.held_on:
        return "시장의 결정은 배심원단 회의보다 빠를 수 없습니다."
    if rules_changes(by) and not given.document:
        return "전략기획실이 기록할 때는 결재 문서의 번호를 적어 주세요."
    return ""


def can_apply(adjustment, given, by):
    """Hold the term, so that register numbers have no gap, and the pledges; say if those changed."""
    Term.objects.select_for_update().get(pk=adjustment.pledge.term_id)
    touched = [adjustment.pledge_id, *adjustment.absorbed.values_list("pk", flat=True)]
    list(Pledge.objects.select_for_update(of=("self",)).filter(pk__in=touched).order_by("pk"))
    return " ".join(wording.stale(adjustment) or applying.obstacles(adjustment))


def request(adjustment, given, by):
    """Note the day and the hand in it."""
    adjustment.requested_on = clock.today()
    adjustment.authors.add(by)


def accept(adjustment, given, by):
    """Put it on the agenda of a meeting."""
    adjustment.session = given.session
    return str(given.session)


def judge(adjustment, given, by):
    """Take the totals down; the verdict follows from the panel's rule."""
    adjustment.votes_for, adjustment.votes_against, adjustment.votes_abstain = given.votes
    adjustment.verdict, _ = finding(adjustment.session, given.votes)
    totals = "찬성 {} · 반대 {} · 기권 {}".format(*given.votes)
    return f"{adjustment.get_verdict_display()} ({totals})"


def decide(adjustment, given, by):
    """Take the mayor's decision down."""
    adjustment.decided_on = given.decided_on
    adjustment.decided_as = given.document or f"시장 결정({by.position or '관리자'} 기록)"
    return f"{day(given.decided_on)} {adjustment.decided_as}"


def take_back(adjustment, given, by):
    """Forget meeting, totals and decision: what is written anew is decided anew. The moves keep them."""
    adjustment.session = adjustment.decided_on = None
    adjustment.votes_for = adjustment.votes_against = adjustment.votes_abstain = None
    adjustment.verdict = adjustment.decided_as = ""


def apply(adjustment, given, by):
    """Change the pledges and write the register, in this same transaction."""
    return str(applying.apply(adjustment, by=by))
