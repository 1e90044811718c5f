"""Small makers of what tests stand on; what has a verb in `actions` or `workflow` is made by it."""

import datetime
import secrets

from django.test import override_settings

from pledges import guard, opinions
from pledges.models import Funding, Milestone, Pledge, PledgeField, Source, Term
from reporting.actions import close_period, create_period, open_period, publish_period, save_entry
from reporting.clock import on_day, today
from reporting.models import Handover, Period, Submission
from reporting.subjects import subject_of
from reporting.workflow import take

FIELDS = ["시민행복도시", "생활안정도시", "공동체도시", "건강안전도시", "일류교육도시"]
Q1_DAY, Q1_DUE, Q1_AS_OF = (datetime.date(2019, m, d) for m, d in [(5, 2), (5, 10), (4, 30)])
Q2_OPENS, Q2_DUE, Q2_AS_OF = (datetime.date(2019, m, d) for m, d in [(7, 1), (7, 10), (6, 30)])


def make_term(no=7, starts=2018, ends=2022):
    """Return a term with its five fields."""
    term = Term.objects.create(
        no=no,
        name=f"민선{no}기",
        programme="시민과의 약속",
        starts_on=datetime.date(starts, 7, 1),
        ends_on=datetime.date(ends, 6, 30),
    )
    for order, name in enumerate(FIELDS, 1):
        PledgeField.objects.create(term=term, order=order, name=name, full_name=f"모두의 {name}")
    return term


def make_pledge(term, department, field=1, serial=1, **more):
    """Return one pledge with two milestones and this year's national and municipal funding."""
    pledge = Pledge.objects.create(
        term=term,
        field=term.fields.get(order=field),
        serial=serial,
        number=f"{field}-{serial}",
        lead_department=department,
        **{"title": f"(예시) 공약 {field}-{serial}", "starts": "2018-07", "ends": "2021", **more},
    )
    Milestone.objects.create(pledge=pledge, order=1, title="기본계획", planned="2019-03")
    Milestone.objects.create(pledge=pledge, order=2, title="착공", planned="2020")
    for source, amount in [(Source.NATIONAL, 500), (Source.MUNICIPAL, 300)]:
        Funding.objects.create(
            pledge=pledge, source=source, year="2019", planned=amount, secured=amount
        )
    return pledge


def make_period(by, number=2, opens_on=Q2_OPENS, due_on=Q2_DUE, as_of=Q2_AS_OF, year=2019):
    """Return a quarter that takes entries; every active pledge owes its item."""
    period = create_period(
        Period(
            cadence="q", year=year, number=number, opens_on=opens_on, due_on=due_on, as_of=as_of
        ),
        by=by,
    )
    open_period(period, by=by)
    return Period.objects.get(pk=period.pk)


def entry(**fields):
    """Return what the entry form sends, filled in and valid; keywords change fields."""
    return {
        "status": "on_track",
        "progress_pct": "45",
        "target_met": "",
        "done": "주민설명회 3회 개최",
        "problems": "",
        "countermeasures": "",
        "next_plans": "실시설계 착수",
        **fields,
    }


def write(submission, by, *, answered=True, **fields):
    """Save an entry by the real action and return its report.

    What the guard asks of these fields is answered by a second save, unless a test is about the asking.
    """
    subject = subject_of(submission)
    report, form = save_entry(
        submission,
        version=subject.report(submission).version,
        by=by,
        fill=lambda report: subject.form(report, data=entry(**fields)),
    )
    assert form.is_valid(), form.errors
    answers = answers_to_guard(report) if answered else {}
    new = {name: text for name, text in answers.items() if name not in fields}
    return write(submission, by, answered=False, **fields, **new) if new else report


def move(name, submission, by, **more):
    """Take one move of the workflow and return the submission as it stands then."""
    if name == "approve":
        more.setdefault("confirmed", True)
    take(name, submission, by=by, **more)
    return Submission.objects.get(pk=submission.pk)


def hand_in(submission, by, **fields):
    """Write and submit."""
    write(submission, by, **fields)
    return move("submit", submission, by)


def answers_to_guard(report):
    """Return the fields that answer what the guard asks of a report: a reason, a tick."""
    looked = guard.look([report])[report.pk]
    answers = {"acknowledge": guard.marks(looked.warnings)} if looked.warnings else {}
    return answers | ({"status_reason": "(예시) 사유"} if looked.contradictions else {})


def send_back(submission, by, comment="실적을 숫자로 적어 주세요.", due_on=Q2_DUE):
    """Return a submitted item with words."""
    return move("return", submission, by, comment=comment, due_on=due_on)


def approve_all(period, writer_of, reviewer, **fields):
    """Hand in and approve every item of a period; `writer_of` maps department pk to a writer."""
    for submission in period.submissions.all():
        hand_in(submission, writer_of[submission.department_id], **fields)
        move("approve", submission, reviewer)


def close_and_publish(period, by):
    """Close a period whose items are approved and publish it, not before its as-of date."""
    close_period(period, by=by, missing_reason="")
    with on_day(max(today(), period.as_of)):
        return publish_period(period, by=by, revision=1)


def first_quarter(people, **fields):
    """Return 2019-q1, approved, closed and published, with last period's answers in it."""
    with override_settings(OFFICE_TODAY=Q1_DAY):
        period = make_period(people["strategy"], 1, Q1_DAY, Q1_DUE, Q1_AS_OF)
        writers = {people[name].department_id: people[name] for name in ("writer", "stranger")}
        approve_all(
            period,
            writers,
            people["strategy"],
            **{
                "done": "기본계획 수립",
                "next_plans": "주민설명회 개최",
                "progress_pct": "25",
                "spent_national": "100",
                **fields,
            },
        )
        close_and_publish(period, people["strategy"])
    return Period.objects.get(pk=period.pk)


def make_quarters(people, departments, roads=2, welfare=1):
    """Return 2019-q2, open after a published 2019-q1: so many items of 도로과, 복지과."""
    term = make_term()
    for serial in range(1, roads + 1):
        make_pledge(term, departments["도로과"], 1, serial)
    for serial in range(1, welfare + 1):
        make_pledge(term, departments["복지과"], 2, serial)
    first_quarter(people)
    return make_period(people["strategy"])


def make_handover(people, **more):
    """Return a hand-over that waits for August, from writer to colleague."""
    fields = {
        "department": people["writer"].department,
        "from_person": people["writer"],
        "successor": people["colleague"],
        "effective_on": datetime.date(2019, 8, 1),
        "by": people["strategy"],
        **more,
    }
    return Handover.objects.create(**fields)


def make_opinion(number="1-1", text="버스가 자주 다니면 좋겠습니다.", key="", nickname=""):
    """Return an opinion as a citizen leaves it; every call without a key is another form."""
    pledge = Pledge.objects.get(number=number)
    key = key or secrets.token_urlsafe(12)
    who = secrets.token_hex(4)
    return opinions.write(pledge.pk, key=key, text=text, nickname=nickname, who=who)
