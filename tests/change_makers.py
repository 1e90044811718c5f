"""Small makers of adjustments and juries; what has a verb is made by it."""

import datetime
import uuid

from accounts.models import Role
from pledges import jury
from pledges.changes.requests import start
from pledges.changes.workflow import take
from pledges.models import Adjustment, Juror, JuryPanel, JurySession, Pledge
from reporting.history import keep_version

HELD = datetime.date(2019, 6, 28)
DECIDED = datetime.date(2019, 7, 2)
WHY = {"reason": "하는 일이 드러나게 이름을 바꿈", "evidence": "도로과-12"}
GIVEN = {
    # move: what it needs besides the button
    "withdraw": {"comment": "다시 검토"},
    "return": {"comment": "사유를 자세히 적어 주세요."},
    "decline": {"comment": "조정할 일이 아닙니다."},
    "judge": {"votes": (2, 1, 0)},
    "decide": {"decided_on": DECIDED, "document": "전략기획실-1"},
    "refuse": {"decided_on": DECIDED, "document": "전략기획실-2", "comment": "그대로 둡니다."},
}
PATH = {
    # state: the moves that lead there from a draft
    "draft": [],
    "requested": ["request"],
    "returned": ["request", "return"],
    "agenda": ["request", "accept"],
    "judged": ["request", "accept", "judge"],
    "decided": ["request", "accept", "judge", "decide"],
    "applied": ["request", "accept", "judge", "decide", "apply"],
    "withdrawn": ["withdraw"],
    "rejected": ["request", "decline"],
}


def reword(pledge, **fields):
    """Change a wording the only way the database lets: with a decided adjustment."""
    adjustment = Adjustment.objects.create(
        kind="content",
        pledge=pledge,
        before={},
        department=pledge.lead_department,
        requested_by=pledge.lead_department.users.first(),
        state="decided",
        verdict="right",
        votes_for=1,
        votes_against=0,
        votes_abstain=0,
        decided_on=DECIDED,
    )
    for name, value in fields.items():
        setattr(pledge, name, value)
    pledge.wording_by = adjustment
    keep_version(pledge, pledge.version, by=None)
    Adjustment.objects.filter(pk=adjustment.pk).update(state="applied")
    return pledge


def reword_all(**fields):
    """Change the wording of every pledge."""
    for pledge in Pledge.objects.select_related("lead_department"):
        reword(pledge, **fields)


def make_panel(by, term, seats=5, **more):
    """Return a panel whose rule is that of 보령: more than half present, more than half of them for."""
    panel = JuryPanel(
        term=term, year=2019, name="2019년 주민배심원단", seats=seats, is_public=True, **more
    )
    return jury.save_panel(panel, by=by)


def make_session(by, panel, number=1, held_on=HELD, attendance=3, **more):
    """Return a meeting that was held, with three of five present."""
    session = JurySession(
        panel=panel,
        number=number,
        held_on=held_on,
        agenda="공약 조정 심의",
        attendance=attendance,
        **more,
    )
    return jury.save_session(session, by=by)


def make_juror(by, panel, number=7, user=None, name="홍길동", **more):
    """Return a juror with the personal data apart."""
    facts = {"sex": "f", "age": "40", "district": "취암동", **more}
    person = {
        "name": name,
        "phone": "010-1234-5678",
        "consent_on": datetime.date(2019, 6, 1),
        "keep_until": datetime.date(2019, 12, 31),
    }
    juror = Juror(panel=panel, number=number, user=user, **facts)
    return jury.save_juror(juror, person=person, by=by, ip=None)


def make_citizen(username="juror"):
    """Return a login of the jury's role."""
    user = Adjustment._meta.get_field("requested_by").related_model(
        username=username, name="배심원 7", role=Role.JUROR
    )
    user.set_unusable_password()
    user.save()
    return user


def make_adjustment(by, number="1-1", kind="rename", after=None, absorbed=(), **more):
    """Return a complete draft of a pledge's adjustment."""
    after = {"title": "시민이 걷는 길"} if after is None else after
    pledge = Pledge.objects.get(number=number)
    return start(pledge, kind=kind, after=after, absorbed=absorbed, by=by, **{**WHY, **more})


def bring(adjustment, people, session, state):
    """Take a draft along the moves that lead to a state."""
    for name in PATH[state]:
        step(name, adjustment, people, session)
    adjustment.refresh_from_db()
    return adjustment


def step(name, adjustment, people, meeting, **more):
    """Take one move by somebody who may."""
    who = "writer" if name in ("request", "withdraw") else "strategy"
    given = {"session": meeting} if name == "accept" else GIVEN.get(name, {})
    return take(name, adjustment, by=people[who], **{**given, **more})


def make_stage(people):
    """Return (adjustment on the agenda, session, juror, question) over the pledges that there are."""
    office = people["strategy"]
    pledge = Pledge.objects.order_by("pk").first()
    session = make_session(office, make_panel(office, pledge.term))
    juror = make_juror(office, session.panel, user=make_citizen())
    adjustment = bring(make_adjustment(people["writer"]), people, session, "agenda")
    question = jury.ask(
        juror, pledge, kind="question", text="언제 끝나나요?", key=uuid.uuid4(), by=juror.user
    )
    return adjustment, session, juror, question
