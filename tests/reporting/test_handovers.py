"""Handing over: at once or on a day to come, taken back, refused, and the document that is kept."""

import datetime
import io

import pytest
from django.core import mail as outbox_of
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from pledges.history import pledge_changes
from pledges.models import Pledge
from reporting import handovers
from reporting.models import Handover
from reporting.workflow import Refused
from tests import factories

TODAY = datetime.date(2019, 7, 3)
LATER = datetime.date(2019, 7, 6)  # a Saturday


@pytest.fixture
def charge(quarter, people):
    """Put the writer in charge of both items of 도로과, the stranger of that of 복지과."""
    for pledge in Pledge.objects.all():
        pledge.officer = people["stranger" if pledge.number == "2-1" else "writer"]
        pledge.save()
    return quarter


@pytest.fixture
def hand_over(charge, people, departments):
    """Return a function that registers a hand-over from writer to colleague."""

    def run(by="head", effective_on=TODAY, **more):
        fields = {
            "from_person": people["writer"],
            "successor": people["colleague"],
            "department": departments["도로과"],
            "note": "2차 공고를 7월 말에 내야 합니다.",
            **more,
        }
        return handovers.register(Handover(effective_on=effective_on, **fields), by=people[by])

    return run


def officers():
    return dict(Pledge.objects.values_list("number", "officer__username"))


def remind():
    out = io.StringIO()
    call_command("remind", stdout=out)
    return out.getvalue()


BEFORE = {"1-1": "writer", "1-2": "writer", "2-1": "stranger"}
AFTER = {"1-1": "colleague", "1-2": "colleague", "2-1": "stranger"}


def test_today_it_is_done_at_once_with_history(hand_over, people):
    row = hand_over()
    assert row.state == "applied" and officers() == AFTER
    change = pledge_changes(Pledge.objects.get(number="1-1"))[0]
    assert (change.field, change.before, change.after, change.who) == (
        "담당자",
        "writer",
        "colleague",
        "head",
    )
    assert change.reason == "업무 인계: writer → colleague"


def test_later_it_is_done_by_the_daily_run_on_the_day_also_a_day_off(hand_over, settings):
    row = hand_over(effective_on=LATER)
    assert row.state == "waiting" and officers() == BEFORE
    assert "넘김 0건" in remind() and officers() == BEFORE
    settings.OFFICE_TODAY = LATER
    assert "업무 인계: 넘김 1건, 보류 0건" in remind() and officers() == AFTER
    assert "넘김 0건" in remind()


def test_a_missed_day_is_made_good(hand_over, settings):
    hand_over(effective_on=LATER)
    settings.OFFICE_TODAY = LATER + datetime.timedelta(days=10)
    assert "넘김 1건" in remind() and officers() == AFTER


def test_before_the_day_it_can_be_taken_back(hand_over, people, settings):
    row = handovers.cancel(hand_over(effective_on=LATER), by=people["strategy"])
    assert (row.state, row.cancelled_by) == ("cancelled", people["strategy"])
    settings.OFFICE_TODAY = LATER
    assert "넘김 0건" in remind() and officers() == BEFORE


def test_what_is_done_is_not_taken_back(hand_over, people):
    with pytest.raises(Refused, match="이미 넘겼습니다"):
        handovers.cancel(hand_over(), by=people["head"])


def test_a_successor_who_has_left_by_then_holds_it_up(hand_over, people, settings):
    hand_over(effective_on=LATER)
    User.objects.filter(username="colleague").update(is_active=False)
    settings.OFFICE_TODAY = LATER
    assert "넘김 0건, 보류 1건" in remind() and officers() == BEFORE


@pytest.mark.parametrize("name", ["disabled", "stranger", "head", "strategy"])
def test_a_successor_is_an_active_writer_of_that_department(hand_over, people, name):
    with pytest.raises(Refused, match="넘겨받을 수 없습니다"):
        hand_over(successor=people[name])
    assert not Handover.objects.exists()


def test_nobody_hands_over_to_themselves_or_nothing(hand_over, people):
    with pytest.raises(Refused, match="같습니다"):
        hand_over(successor=people["writer"])
    with pytest.raises(Refused, match="맡은 항목이 없습니다"):
        hand_over(from_person=people["stranger"])
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_handover(people, successor=people["writer"])


def test_one_waits_for_a_person_at_a_time(hand_over):
    hand_over(effective_on=LATER)
    with pytest.raises(Refused, match="이미 올라"):
        hand_over(effective_on=LATER)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("strategy", True),
        ("head", True),
        ("writer", False),
        ("stranger", False),
        ("executive", False),
        ("operator", False),
    ],
)
def test_who_may_hand_over_and_take_back(hand_over, people, name, may):
    if may:
        hand_over(by=name, effective_on=LATER)
        return
    with pytest.raises(PermissionDenied):
        hand_over(by=name)
    row = hand_over(effective_on=LATER)
    with pytest.raises(PermissionDenied):
        handovers.cancel(row, by=people[name])


def test_a_head_only_in_the_own_department(hand_over, people, departments):
    with pytest.raises(PermissionDenied):
        hand_over(from_person=people["stranger"], department=departments["복지과"])


def test_both_are_told(hand_over, people):
    for name in ("writer", "colleague"):
        people[name].email = f"{name}@nonsan.example"
        people[name].save()
    row = hand_over()
    assert [m.to for m in outbox_of.outbox] == [
        ["colleague@nonsan.example"],
        ["writer@nonsan.example"],
    ]
    assert f"/handovers/{row.pk}/" in outbox_of.outbox[0].body


def test_the_document_keeps_what_was_open_on_the_day(hand_over, item, people):
    item = factories.hand_in(item, people["writer"])
    factories.send_back(item, people["strategy"], comment="실적을 숫자로")
    row = hand_over()
    content = row.content
    assert content["items"] == ["1-1 (예시) 공약 1-1", "1-2 (예시) 공약 1-2"]
    [returned] = content["returns"]
    assert (returned["name"], returned["words"], returned["due_on"]) == (
        "1-1 (예시) 공약 1-1",
        "실적을 숫자로",
        "2019-07-10",
    )
    assert {(d["name"][:3], d["state"]) for d in content["deadlines"]} == {
        ("1-1", "반려"),
        ("1-2", "작성 중"),
    }
    promises = {(p["name"][:3], p["text"], p["when"], p["source"]) for p in content["promises"]}
    assert ("1-1", "주민설명회 개최", "", "2019년 1분기 향후계획") in promises
    assert ("1-2", "착공", "2020.", "이행절차") in promises
    factories.hand_in(item, people["colleague"])
    row.refresh_from_db()
    assert row.content == content


def test_what_a_report_calls_done_is_no_promise(hand_over, item, people):
    step = Pledge.objects.get(number="1-1").milestones.get(title="착공")
    item = factories.hand_in(item, people["writer"], **{f"step_{step.pk}": "2019. 6."})
    factories.move("approve", item, people["strategy"])
    texts = [p["text"] for p in hand_over().content["promises"] if p["name"].startswith("1-1")]
    assert "착공" not in texts and "기본계획" in texts


def test_queries_do_not_grow_with_the_items(hand_over, quarter, departments, people):
    row = hand_over(effective_on=LATER)
    few = _queries(row)
    term = Pledge.objects.first().term
    for serial in range(3, 12):
        factories.make_pledge(term, departments["도로과"], 1, serial, officer=people["writer"])
    assert _queries(row) == few


def _queries(row):
    with CaptureQueriesContext(connection) as captured:
        handovers.content_of(row)
    return len(captured)


# --- the pages ----------------------------------------------------------------------------------


def test_the_head_hands_over_by_the_page(client, charge, people):
    client.force_login(people["head"])
    shown = client.get("/handovers/new/").content.decode()
    assert "도로과 · writer" in shown and "stranger" not in shown
    form = {
        "from_person": people["writer"].pk,
        "successor": people["colleague"].pk,
        "effective_on": "2019-07-03",
        "note": "잘 부탁드립니다.",
    }
    answer = client.post("/handovers/new/", form, follow=True).content.decode()
    assert "2건을 colleague에게 넘겼습니다" in answer and "잘 부탁드립니다" in answer
    assert officers() == AFTER
    answer = client.post("/handovers/new/", form)
    assert answer.status_code == 422  # nobody of that name is in charge any more


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"successor": "999"}, 422),
        ({"effective_on": "2019-13-01"}, 422),
        ({"note": "900101-1234567"}, 422),
        ({"successor": "same"}, 422),
        ({"from_person": "stranger"}, 409),
    ],
)
def test_a_refused_handover_is_the_page_with_a_sentence(client, charge, people, wrong, status):
    client.force_login(people["strategy"])
    form = {
        "from_person": people["writer"].pk,
        "successor": people["colleague"].pk,
        "effective_on": "2019-07-03",
        **wrong,
    }
    if form["successor"] == "same":
        form["successor"] = people["writer"].pk
    if form["from_person"] == "stranger":
        form["from_person"] = people["stranger"].pk
    answer = client.post("/handovers/new/", form)
    assert answer.status_code == status
    assert "입력한 내용을 확인해 주세요" in answer.content.decode()
    assert officers() == BEFORE


def test_the_successor_reads_the_document_in_every_form(client, hand_over, people):
    row = hand_over()
    client.force_login(people["colleague"])
    assert "인계서 보기" in client.get("/desk/").content.decode()
    shown = client.get(reverse("reporting:handover", args=[row.pk])).content.decode()
    assert "주민설명회 개최" in shown and "2차 공고" in shown
    sheet = client.get(reverse("reporting:handover-document", args=[row.pk, "xlsx"]))
    book = load_workbook(io.BytesIO(sheet.content))
    assert {"열린 반려", "기한", "약속한 일"} <= set(book.sheetnames)
    pdf = client.get(reverse("reporting:handover-document", args=[row.pk, "pdf"]))
    assert pdf.content.startswith(b"%PDF")
    client.force_login(people["stranger"])
    assert client.get(reverse("reporting:handover", args=[row.pk])).status_code == 404


def test_the_list_is_narrowed_and_taken_away(client, hand_over, people):
    hand_over(effective_on=LATER)
    client.force_login(people["strategy"])
    assert "예정" in client.get("/handovers/").content.decode()
    assert client.get("/handovers/", {"state": "applied"}).context["page_obj"].paginator.count == 0
    assert client.get("/handovers/", {"state": "waiting"}).context["page_obj"].paginator.count == 1
    assert client.get("/handovers/", {"format": "xlsx"}).status_code == 200
    for sort in ("department", "-successor", "effective_on", "by"):
        assert client.get("/handovers/", {"sort": sort}).status_code == 200


def test_a_waiting_one_is_cancelled_by_its_button(client, hand_over, people):
    row = hand_over(effective_on=LATER)
    where = reverse("reporting:handover", args=[row.pk])
    client.force_login(people["colleague"])
    assert "인계 취소" not in client.get(where).content.decode()
    client.force_login(people["head"])
    assert "인계 취소" in client.get(where).content.decode()
    client.post(reverse("reporting:handover-cancel", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == "cancelled"
