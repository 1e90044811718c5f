"""The jury's verbs and its rule: panel, jurors, personal data apart, sessions, questions and replies."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.actions import note_access
from accounts.models import AccessLog
from reporting import clock
from reporting.history import keep, keep_version
from reporting.marks import changed_in_public
from reporting.workflow import Refused

from .models import JurorPerson, JuryQuestion, JuryReply, Verdict
from .permissions import answers_jury, keeps_jury, sits_on_jury

LIMIT = 200  # questions and opinions of one juror


def _must_keep(by):
    if not keeps_jury(by):
        raise PermissionDenied("주민배심원단은 전략기획실만 다룹니다.")


# --- the rule ---------------------------------------------------------------------------------
def seated(panel):
    """Return how many jurors there are: those entered, or the seats before any is."""
    return panel.jurors.count() or panel.seats


def finding(session, votes):
    """Return (verdict, why not) of totals (for, against, abstain) under the panel's rule.

    A quorum is more than `quorum_above` % of the jurors; 타당 is more than `majority_above` % of those
    present (domain.md §1.7, 보령).
    """
    if len(votes) != 3 or any(vote is None or vote < 0 for vote in votes):
        return "", "찬성, 반대, 기권의 수를 모두 적어 주세요."
    if session.attendance is None:
        return "", "회의의 출석 인원을 먼저 적어 주세요."
    if sum(votes) != session.attendance:
        return "", f"찬성·반대·기권의 합 {sum(votes)}이(가) 출석 {session.attendance}명과 다릅니다."
    panel = session.panel
    if session.attendance * 100 <= seated(panel) * panel.quorum_above:
        return (
            "",
            f"성원이 되지 않습니다. 배심원 {seated(panel)}명의 {panel.quorum_above}%를 넘게 나와야 합니다.",
        )
    right = votes[0] * 100 > session.attendance * panel.majority_above
    return (Verdict.RIGHT if right else Verdict.WRONG), ""


# --- panel, jurors, sessions ------------------------------------------------------------------
@transaction.atomic
def save_panel(panel, *, version=None, by):
    """Save a new panel, or one that still stands at `version`. Raises `Stale`."""
    _must_keep(by)
    return _save(panel, version, by, "배심원단")


@transaction.atomic
def save_session(session, *, version=None, by):
    """Save a new meeting, or one that still stands at `version`; totals already taken down bind it."""
    _must_keep(by)
    if session.pk and session.agenda_items.exclude(verdict="").exists():
        old = type(session).objects.get(pk=session.pk)
        if (old.attendance, old.held_on) != (session.attendance, session.held_on):
            raise Refused("의결을 기록한 회의의 날짜와 출석 인원은 바꿀 수 없습니다.")
    return _save(session, version, by, "배심원단 회의")


def _save(row, version, by, what):
    changed_in_public()
    if row.pk is None:
        return keep(row, by=by, reason=f"{what} 만듦")
    return keep_version(row, version, by=by, reason=f"{what} 고침")


@transaction.atomic
def save_juror(juror, *, person, by, ip):
    """Save a new juror with the personal data apart: {name, phone, consent_on, keep_until}; logged."""
    _must_keep(by)
    changed_in_public()
    keep(juror, by=by, reason="배심원 등록")
    JurorPerson.objects.create(juror=juror, **person)
    _log(juror, by, ip, AccessLog.Action.CHANGE, "배심원 개인정보 등록")
    return juror


@transaction.atomic
def reveal(person, *, by, ip, reason):
    """Return a juror's name and phone in full, writing down who looked and why."""
    _must_keep(by)
    if not reason:
        raise Refused("열람하는 까닭을 적어 주세요.")
    _log(person.juror, by, ip, AccessLog.Action.VIEW, f"배심원 개인정보 열람: {reason}")
    return person.name, person.phone


@transaction.atomic
def destroy_expired(panel, *, by, ip):
    """Destroy the personal data whose time is over; return how many, each with a line in the log."""
    _must_keep(by)
    rows = JurorPerson.objects.filter(juror__panel=panel, keep_until__lt=clock.today())
    rows = list(rows.select_related("juror__panel"))
    for person in rows:
        _log(person.juror, by, ip, AccessLog.Action.CHANGE, "배심원 개인정보 파기(보유기한 지남)")
        person.delete()
    return len(rows)


def _log(juror, by, ip, action, what):
    whom = f"{juror.panel} {juror}"
    note_access(who=by.username, ip=ip, action=action, whom=whom, what=what)


# --- questions and replies --------------------------------------------------------------------
def ask(juror, pledge, *, kind, text, key, by):
    """Write a juror's question or opinion; the same form sent twice is taken once."""
    if not sits_on_jury(by) or juror.user_id != by.pk:
        raise PermissionDenied("주민배심원만 질의와 의견을 남길 수 있습니다.")
    if pledge.term_id != juror.panel.term_id:
        raise Refused("이 배심원단이 다루는 임기의 공약이 아닙니다.")
    if juror.questions.count() >= LIMIT:
        raise Refused(f"한 사람이 남길 수 있는 글은 {LIMIT}건까지입니다.")
    try:
        with transaction.atomic():
            return JuryQuestion.objects.create(
                juror=juror, pledge=pledge, kind=kind, text=text, key=key
            )
    except IntegrityError:
        found = JuryQuestion.objects.filter(key=key, juror=juror).first()
        if found is None:
            raise Refused("이미 보낸 양식입니다. 화면을 새로 열어 주세요.") from None
        return found


def reply(question, *, number, text, reflected, why, summary, by):
    """Answer a juror; `number` is the place of the answer, so that a second click adds nothing."""
    if not answers_jury(by, question):
        raise PermissionDenied("그 공약의 주관부서나 전략기획실만 답할 수 있습니다.")
    if number > question.replies.count() + 1:
        raise Refused("화면을 새로 열고 다시 답해 주세요.")
    try:
        with transaction.atomic():
            row = JuryReply.objects.create(
                question=question,
                number=number,
                text=text,
                reflected=reflected,
                why=why,
                summary=summary,
                by=by,
                department_name=by.department.name if by.department else "",
            )
            changed_in_public()
            return row
    except IntegrityError:
        found = question.replies.filter(number=number).first()
        if found is None:
            raise
        if (found.by_id, found.text) != (by.pk, text):
            raise Refused(
                "그 사이 다른 사람이 먼저 답했습니다. 그 답을 읽고 다시 적어 주세요."
            ) from None
        return found


# --- what citizens read -----------------------------------------------------------------------
FEW = 5  # counts below are not told (domain.md §8.5)


def composition(panel):
    """Return [(heading, [(label, how many or None)])] of a panel; small counts are None.

    Of a heading with one small count a second is left out too, or the total would tell the first.
    """
    jurors = list(panel.jurors.all())
    return [
        ("성별", _counted(j.get_sex_display() for j in jurors)),
        ("나이대", _counted(j.get_age_display() for j in sorted(jurors, key=lambda j: j.age))),
        ("지역", _counted(f"{j.district[-1:]} 지역" for j in jurors)),
    ]


def _counted(labels):
    counts = Counter(labels)
    hidden = {label for label, n in counts.items() if n < FEW}
    if len(hidden) == 1 and len(counts) > 1:
        hidden.add(min((n, label) for label, n in counts.items() if label not in hidden)[1])
    return [(label, None if label in hidden else n) for label, n in counts.items()]
