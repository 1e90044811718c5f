"""Bad input gets a sentence: every address × hostile value × who may come, and never an error of ours.

An unhandled exception fails here by itself (the test client raises it); a 5xx answer fails too.
"""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import change_makers, factories
from tests.pledges.test_admin import controls
from tests.projects.regional_makers import make_regional
from tests.test_every_url import ALL, PUBLIC, TABLE, _pk, address, visitor

HUGE = "9" * 30  # beyond 64 bits
HOSTILE = [
    "가\x00나",
    HUGE,
    "-" + HUGE,
    "9" * 5000,  # beyond what Python turns into a number
    "１２",
    "²",  # isdigit(), and no number
    "<script>alert(1)</script>",
    "//evil.example/",
    "2019-13-45",
    "한" * 2000,
]
WITH_PATH = [
    "%ED%A0%80",
    "%00",
    "%EF%BC%91",
    HUGE,
    "9" * 5000,
    "-1",
    "a" * 3000,
    "..%2f..",
    "%0d%0aX-Evil:1",
]
LONG = "한" * 30000  # beyond what SQLite takes as a pattern
LISTS = {
    "pledges:list": "q field status department year counted core period term sort page format",
    "pledges:board-items": "field status department counted attention state period format",
    "projectboard:board": "period",
    "projectboard:items": "kind state task department source money project period format",
    "pledges:changes": "q kind year term sort page format encoding",
    "pledges:adjustments": "state kind department sort page format",
    "projects:projects": "q task kind department period sort page format encoding",
    "reporting:review": "q state period department kind page",
    "reporting:desk": "period",
    "regional:proposals": "phase menu state department sort page format",
    "regional:soc": "platform department sort page format",
    "reporting:handovers": "state department sort page format",
    "work:list": "q task kind department managed sort page format encoding",
}
# Every name that a page of ours reads from an address.
ASKED = """
    q field status department year counted core period term sort page format encoding copy state
    kind attention next back order scope extend pledge task source money project managed
"""
# Every name that a form of ours reads; `was` and `pick` are marks that a page carries along.
SENT = """
    status progress_pct target_met done problems countermeasures next_plans spent_national
    spent_municipal version was then move seen comment due_on pick back next cadence year number
    opens_on as_of note missing_reason revision reason login password code oldpassword password1
    password2 evidence scope department extend-department extend-due_on extend-reason from_person
    successor effective_on
    title content final_goal starts ends absorbed funding_national funding_year
    part1_title session votes_for votes_against votes_abstain decided_on document term seats
    quorum_above majority_above held_on agenda attendance minutes sex age district user name phone
    consent_on keep_until text kind key reflected why summary total_cost location
"""
PERIOD = {
    "cadence": "q",
    "year": "2019",
    "number": "3",
    "opens_on": "2019-10-01",
    "due_on": "2019-10-10",
    "as_of": "2019-09-30",
    "note": "",
    "version": "2",
}
DECISION = {"move": "return", "comment": "고쳐 주세요.", "due_on": "2019-07-09", "seen": "2"}
# address: (who, a form that would be accepted); one field at a time is spoiled.
FORMS = {
    "work:revise": (
        "strategy",
        {
            "total_cost": "700",
            "starts": "2019. 2.",
            "ends": "2020. 12.",
            "location": "탑정호",
            "scope": "600m",
            "decided_on": "2019-07-01",
            "reason": "물가 변동",
            "version": "1",
        },
    ),
    "reporting:entry": ("writer", {**factories.entry(), "version": "1", "was": "", "then": ""}),
    "reporting:autosave": ("writer", {**factories.entry(), "version": "1", "was": "done:x"}),
    "reporting:move": ("writer", {"move": "submit", "seen": "1"}),
    "reporting:desk-submit": ("writer", {"pick": "1:1"}),
    "reporting:review-decide": ("strategy", DECISION),
    "reporting:review-approve": ("strategy", {"pick": "1:1", "back": "/review/"}),
    "reporting:period-new": ("strategy", PERIOD),
    "reporting:period-edit": ("strategy", PERIOD),
    "reporting:period-close": ("strategy", {"missing_reason": ""}),
    "reporting:period-publish": ("strategy", {"revision": "1", "reason": ""}),
    "reporting:period-extend": (
        "strategy",
        {"extend-department": "2", "extend-due_on": "2019-07-15", "extend-reason": "늦어짐"},
    ),
    "reporting:period-remind": ("strategy", {"scope": "late", "department": "2"}),
    "reporting:handover-new": (
        "strategy",
        {"from_person": "1", "successor": "2", "effective_on": "2019-07-15", "note": "남기는 말"},
    ),
    "pledges:adjustment-move": (
        "strategy",
        {
            "move": "judge",
            "seen": "3",
            "votes_for": "2",
            "votes_against": "1",
            "votes_abstain": "0",
            "decided_on": "2019-07-01",
            "session": "1",
            "document": "전략기획실-1",
            "comment": "",
        },
    ),
    "pledges:panel-edit": (
        "strategy",
        {
            "term": "1",
            "year": "2019",
            "name": "배심원단",
            "seats": "5",
            "quorum_above": "50",
            "majority_above": "50",
            "version": "1",
        },
    ),
    "pledges:session-edit": (
        "strategy",
        {
            "number": "1",
            "held_on": "2019-06-28",
            "agenda": "심의",
            "attendance": "3",
            "version": "1",
        },
    ),
    "pledges:juror-new": (
        "strategy",
        {
            "number": "9",
            "sex": "f",
            "age": "40",
            "district": "취암동",
            "user": "",
            "name": "홍길동",
            "phone": "010-1234-5678",
            "consent_on": "2019-06-01",
            "keep_until": "2019-12-31",
        },
    ),
    "pledges:juror": ("strategy", {"reason": "출석 연락"}),
    "pledges:jury-question": (
        "strategy",
        {"number": "1", "text": "답", "reflected": "none", "why": "", "summary": ""},
    ),
    "regional:complex-part": (
        "writer",
        {
            "version": "1",
            "platform": "care",
            "operator": "문화원",
            "operating_cost": "12",
            "site_secured_on": "2019-03-01",
            "applied_on": "2019-08-02",
            "opened_on": "",
        },
    ),
    "regional:complex-new": ("strategy", {"title": "센터", "department": "2", "platform": "care"}),
    "regional:rates": ("strategy", {"facility_type": "1", "year": "2020", "base_rate": "40"}),
    "regional:rung": (
        "writer",
        {"year": "2019", "source": "municipal", "step": "planned", "amount": "100"},
    ),
    "regional:district-edit": ("strategy", {"number": "2", "fund_group": "province"}),
    "regional:proposal-new": (
        "writer",
        {"phase": "1", "title": "제안", "menu": "income", "summary": "", "amount": "5"},
    ),
    "regional:proposal-move": ("writer", {"move": "write", "seen": "1", "comment": "말"}),
    "account_login": ("anonymous", {"login": "writer", "password": "x", "next": "/desk/"}),
}
VISITORS = {True: ["anonymous"], False: ["writer", "strategy"]}


@pytest.fixture
def stage(quarter, people):
    change_makers.make_stage(people)
    make_regional(people)
    return people, quarter, quarter.submissions.get(code="1-1")


def visitors(name, people):
    return [visitor(role, people) for role in VISITORS[TABLE[name][0] is PUBLIC]]


def _of_office(name):
    return TABLE[name][0][1] == "f"


def check(answer, where, sent):
    """No error of ours, and never on to another site."""
    assert answer.status_code < 500, (where, sent)
    onward = answer.headers.get("Location", "/")
    assert onward.startswith("/") and not onward.startswith("//"), (where, sent, onward)


@pytest.mark.parametrize("name", sorted(ALL))
def test_hostile_questions(name, stage):
    where = address(name, *stage[1:])
    for client in visitors(name, stage[0]):
        for value in HOSTILE[::2]:
            check(client.get(where, dict.fromkeys(ASKED.split(), value)), where, value[:40])


@pytest.mark.parametrize("name", sorted(LISTS))
def test_one_hostile_question_on_a_list(name, stage):
    where, client = reverse(name), visitor("strategy", stage[0])
    for asked in LISTS[name].split():
        for value in ["가\x00나", HUGE, "²", LONG]:
            check(client.get(where, {asked: ["1", value]}), where, (asked, value[:40]))


@pytest.mark.parametrize("name", sorted(name for name in ALL if ALL[name]))
def test_hostile_addresses(name, stage):
    """A number that no row can have is a page that is not there, not an overflow in the database."""
    people, quarter, item = stage
    good = address(name, quarter, item).partition("?")[0]
    client = visitor("strategy" if _of_office(name) else "writer", people)
    samples = [str(_pk(name, quarter, item)), "999", "1-1", "2019-q1"]
    for sample in samples:
        if f"/{sample}" not in good:
            continue
        for bad in WITH_PATH:
            where = good.replace(f"/{sample}", f"/{bad}", 1)
            for answer in (client.get(where), client.post(where)):
                check(answer, where, bad)
                assert answer.status_code != 200, where


@pytest.mark.parametrize("name", sorted(ALL))
def test_hostile_forms(name, stage):
    where = address(name, *stage[1:])
    for client in visitors(name, stage[0]):
        for value in HOSTILE:
            check(
                client.post(where, dict.fromkeys(SENT.split(), [value, value])), where, value[:40]
            )


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_good_form_with_one_hostile_field(name, stage):
    people, quarter, item = stage
    who, good = FORMS[name]
    if name.startswith("reporting:review"):
        item = factories.hand_in(item, people["writer"])
    where, client = address(name, quarter, item), visitor(who, people)
    for field in good:
        for value in [
            "",
            *HOSTILE,
            LONG,
            f"{item.pk}:{HUGE}",
            f"{HUGE}:1",
            f"{item.pk}:{'9' * 5000}",
        ]:
            check(client.post(where, {**good, field: value}), where, (field, value[:40]))
        check(
            client.post(where, {k: v for k, v in good.items() if k != field}), where, f"no {field}"
        )


BROKEN = [
    ("application/json", b'{"a": 1}'),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="done"\r\n\r\n',
    ),
    ("application/x-www-form-urlencoded; charset=utf-7", b"done=%FF%FE&version=%ED%A0%80"),
    ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(1100))),
    ("application/x-www-form-urlencoded", b"done=" + b"a" * (3 * 1024 * 1024 + 1)),
    ("text/plain", b"\xff\xfe\x00"),
]


@pytest.mark.parametrize(
    "name", sorted(name for name, (_, p) in TABLE.items() if set(p) - set("m"))
)
def test_broken_bodies(name, stage):
    where = address(name, *stage[1:])
    for client in visitors(name, stage[0]):
        for kind, body in BROKEN:
            check(client.post(where, body, content_type=kind), where, (kind, body[:20]))


@pytest.mark.parametrize(
    "name",
    [
        "a\r\nb.pdf",
        'a";b="c.pdf',
        "..\\..\\x.pdf",
        "나" * 300 + ".pdf",
        ".pdf",
        "pdf",
        "한.pdf\x00.exe",
    ],
)
def test_hostile_file_names(name, stage, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    people, _, item = stage
    client = visitor("writer", people)
    where = reverse("reporting:entry", args=[item.pk])
    upload = SimpleUploadedFile("x.pdf", b"%PDF-1.7 x", "application/pdf")
    upload._name = name  # past Django's own cleaning of the name
    check(
        client.post(where, {**factories.entry(), "version": "1", "evidence": upload}), where, name
    )
    for row in item.pledge_report.evidence.all():
        answer = client.get(reverse("reporting:evidence", args=[item.pk, row.pk]))
        assert answer.headers["Content-Disposition"].startswith("attachment; filename")
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 x"


# --- the admin --------------------------------------------------------------------------------
ADMIN = ["pledges/pledge", "pledges/term", "accounts/user", "accounts/department"]
ADMIN += ["accounts/accesslog", "accounts/accesschange", "reporting/mail", "reporting/reminder"]
NUMBERS = [HUGE, "-" + HUGE, "9" * 5000, "1e999999999", "NaN", "가\x00나", LONG]


@pytest.fixture
def chief(people):
    """Somebody who may open every page of the admin."""
    person = people["operator"]
    person.role = "strategy"
    person.save()
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("of", ADMIN)
def test_hostile_addresses_of_the_admin(of, quarter, chief):
    names = ["q", "o", "p", "e", "all", "term__id__exact", "role__exact", "at__gte", "nothing"]
    for value in NUMBERS:
        for name in names:
            check(chief.get(f"/admin/{of}/", {name: value}), of, (name, value[:40]))
    for bad in WITH_PATH:
        for page in ("change", "history", "delete"):
            check(chief.get(f"/admin/{of}/{bad}/{page}/"), of, (bad, page))


@pytest.mark.parametrize("of", ADMIN[:4])
def test_hostile_forms_of_the_admin(of, quarter, chief):
    """As a first save, as one that came second, with and without the counts of the rows."""
    model = apps.get_model(of.replace("/", "."))
    where = f"/admin/{of}/{model.objects.first().pk}/change/"
    good = controls(chief.get(where))
    kept = {n: v for n, v in good.items() if n.endswith(("_FORMS", "-id")) or n == "seen"}
    for value in NUMBERS:
        bad = dict.fromkeys(good, value)
        for sent in (bad, {**bad, **kept}, {**bad, **kept, "seen": "0"}):
            check(chief.post(where, sent), where, value[:40])
        check(chief.post(f"/admin/{of}/add/", {**bad, **kept}), of, value[:40])
