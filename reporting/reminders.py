"""Reminders: who is to be told what today, told once, and every telling recorded.

remind_all()                            what is due by itself today, of every period
by_hand(period, today)                  what the office's button would send
send_by_hand(period, by=…, …)           and sends
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role, User

from . import clock, formats, mail
from .models import Period, Reminder, Submission
from .notices import SIGNED, entry_link, in_charge, staff_of, words_of
from .permissions import runs_periods
from .stages import BY_HAND, HEADS, MANUAL, OFFICE, Stage, reached
from .subjects import officers_of
from .workdays import is_working_day
from .workflow import Refused

LATE = "late"


class Key(NamedTuple):
    """What nobody is told twice: of one department's items of one deadline, at one stage."""

    department_id: int
    person_id: int | None
    stage: str
    due_on: object


@dataclass
class Call:
    """One person (None: nobody was found) to be told once of several items, grouped by `Key`."""

    person: User | None
    stage: Stage
    groups: dict  # Key -> [Submission]

    @property
    def items(self):
        """Return all items of the call, in the order of the desk."""
        found = [item for items in self.groups.values() for item in items]
        return sorted(found, key=lambda s: (s.department.order, s.department_id, s.due_on, s.order))

    @property
    def address(self):
        """Return where the mail goes; "" when it can't."""
        return self.person.email if self.person else ""


class People:
    """Who can be told of these items: officers, staff of the departments, the office; three queries."""

    def __init__(self, items):
        self.staff = staff_of({item.department_id for item in items})
        self.officers = officers_of(items)
        self.office = list(User.objects.filter(is_active=True, role=Role.STRATEGY).order_by("pk"))

    def of(self, audience, item):
        """Return the people of an audience for one item; [None] when there is nobody."""
        if audience == OFFICE:
            return self.office or [None]
        if audience == HEADS:
            mine = self.staff[item.department_id]
            return [person for person in mine if person.role == Role.HEAD] or [None]
        return in_charge(item, self.staff, self.officers) or [None]


def owed_in(period, today):
    """Return what departments owe in this period today, with their departments."""
    items = Submission.objects.still_owed().filter(period=period, period__opens_on__lte=today)
    return list(items.select_related("department", "period").order_by("due_on", "order", "pk"))


def planned(period, today):
    """Return the `Call`s that fall due by themselves today and were not made yet."""
    items = owed_in(period, today)
    sent = Reminder.objects.filter(period=period).exclude(stage=MANUAL)
    told = {Key(*row) for row in sent.values_list(*Key._fields)}
    return _calls(items, lambda item: reached(item.due_on, today), told)


def _calls(items, stages, told):
    """Return one `Call` for each person and stage, without what was told already."""
    people, calls = People(items), {}
    for item in items:
        for stage in stages(item):
            for person in people.of(stage.audience, item):
                pk = person.pk if person else None
                key = Key(item.department_id, pk, stage.code, item.due_on)
                if key not in told:
                    place = (pk, stage.code, None if pk else item.department_id)
                    call = calls.setdefault(place, Call(person, stage, defaultdict(list)))
                    call.groups[key].append(item)
    return sorted(
        calls.values(), key=lambda call: (call.items[0].department.order, call.stage.code)
    )


def remind_all():
    """Send what is due by itself today; return a Counter of stages, 보냄, and reasons why not.

    On a day off nobody is reminded. A day that was missed is made good by the next run. Of two runs
    at once the second waits for the period's row and finds everything told.
    """
    today, tally = clock.today(), Counter()
    if not is_working_day(today):
        return tally
    owing = Submission.objects.still_owed().values("period")
    for period in Period.objects.filter(pk__in=owing, opens_on__lte=today).order_by("pk"):
        with transaction.atomic():
            period = Period.objects.select_for_update().get(pk=period.pk)
            tally += _send(period, planned(period, today), today)
    return tally


def by_hand(period, today, *, scope="", department_id=None):
    """Return (calls that the office's button makes, people who were told by it today already)."""
    items = [
        item
        for item in owed_in(period, today)
        if (not department_id or item.department_id == department_id)
        and (scope != LATE or item.due_on < today)
    ]
    calls = _calls(items, lambda item: [BY_HAND], set())
    told = set(Reminder.objects.filter(stage=MANUAL, day=today).values_list("person_id", flat=True))
    new = [call for call in calls if not call.person or call.person.pk not in told]
    return new, [call for call in calls if call.person and call.person.pk in told]


def send_by_hand(period, *, by, scope="", department_id=None):
    """Tell those who owe something, each at most once a day; return the same Counter as `remind_all`.

    Departments in which nobody can be told are not recorded: the page names them with their phone.
    """
    if not runs_periods(by):
        raise PermissionDenied("알림은 전략기획실만 보냅니다.")
    today = clock.today()
    try:
        with transaction.atomic():
            period = Period.objects.select_for_update().get(pk=period.pk)
            calls, _ = by_hand(period, today, scope=scope, department_id=department_id)
            return _send(period, [call for call in calls if call.person], today, by=by)
    except IntegrityError as error:
        raise Refused("방금 다른 사람이 알림을 보냈습니다. 독촉 이력을 확인해 주세요.") from error


def _send(period, calls, today, by=None):
    """Write each call's mail and its rows; return how many people of which stage, and why not."""
    tally, words = Counter(), words_of([item for call in calls for item in call.items])
    rows = []
    for call in calls:
        letter = _post(call, period, words)
        why_not = "" if letter else Reminder.NO_ADDRESS if call.person else Reminder.NOBODY
        tally[call.stage.label] += bool(call.person)
        tally[why_not or "보냄"] += 1
        rows += _rows(call, period, words, day=today, mail=letter, why_not=why_not, by=by)
    Reminder.objects.bulk_create(rows)
    return tally


def _rows(call, period, words, **fields):
    """Return the unsaved rows of one call; by hand they are one, under the nearest deadline."""
    groups = call.groups
    if call.stage.code == MANUAL:
        first = min(groups, key=lambda key: key.due_on)
        groups = {first: call.items}
    return [
        Reminder(
            period=period,
            department_id=key.department_id,
            person=call.person,
            stage=key.stage,
            due_on=key.due_on,
            items=[_kept(item, words.get(item.pk)) for item in items],
            **fields,
        )
        for key, items in groups.items()
    ]


def _kept(item, step):
    """Return what a reminder keeps of an item as it stood then."""
    return {
        "pk": item.pk,
        "name": str(item),
        "state": item.get_state_display(),
        "due_on": item.due_on.isoformat(),
        "words": step.comment if step else "",
    }


def _post(call, period, words):
    """Write one call's mail; None for nobody and for a person without an address."""
    if not call.person:
        return None
    items = call.items
    day = formats.day(min(item.due_on for item in items))
    subject = f"[알림·{call.stage.label}] {period} 미제출 {len(items)}건 ({day}까지)"
    return mail.post(
        person=call.person,
        kind=f"remind-{call.stage.code}",
        subject=subject,
        body=letter_of(call, period, words),
    )


def letter_of(call, period, words):
    """Return the text of one call's mail: what is owed, by when, what the office said, and where."""
    lines = [f"{call.person}님,", "", f"{period} 보고: {call.stage.sentence}"]
    department = None
    for item in call.items:
        if item.department != department:
            department = item.department
            phone = f" ({department.phone})" if call.stage.audience == OFFICE else ""
            lines += ["", f"■ {department}{phone if department.phone else ''}"]
        lines += _of_item(item, words.get(item.pk))
    where = ("보고기간", reverse("reporting:period", args=[period.pk]))
    if call.stage.audience != OFFICE:
        where = ("나의 할 일", reverse("reporting:desk"))
    return "\n".join([*lines, "", f"{where[0]}: {mail.link(where[1])}", "", SIGNED])


def _of_item(item, step):
    lines = [f"○ {item} [{item.get_state_display()}] {formats.day(item.due_on)}까지"]
    if step:
        lines += ["  반려한 까닭:", *(f"    {line}" for line in step.comment.splitlines())]
    return [*lines, f"  {entry_link(item.pk)}"]
