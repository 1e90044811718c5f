"""Every address × role × method × state: who gets what, and a safe method never writes.

A new address without a row in TABLE fails here. A row gives one letter per role, for GET and for a POST
without any fields:

    o page   r redirect within the site   L to the login   f 403   n 404   m 405   e refused with a sentence (4xx)
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import Department, User
from pledges.models import Adjustment, Juror, JuryPanel, JuryQuestion, JurySession
from projects.models import BalancedProject, LivingSocComplex, Project, Proposal
from reporting.models import Handover, Submission
from tests import change_makers, factories
from tests.projects.makers import half_year, make_project
from tests.projects.regional_makers import make_regional

ROLES = [
    "anonymous",
    "writer",
    "stranger",
    "head",
    "strategy",
    "executive",
    "operator",
    "homeless",
    "disabled",
]
STATES = list(Submission.State)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
PUBLIC = "ooooooooo"
# The one page that other sites may frame, and the addresses that hold their own secret (RFC 8058).
FRAMED = {"pledges:embed"}
SECRET = {"pledges:follow-confirm", "pledges:follow-leave", "pledges:opinion-receipt"}
QUERY = {
    "pledges:board-items": "?period=2019-q2",
    "projectboard:items": "?period=2018-h2",
}
POSTLESS = "mmmmmmmmm"
# In the order of ROLES:
TABLE = {
    "account": ("LoooooooL", "LmmmmmmmL"),
    "account_change_password": ("LfffffffL", "LfffffffL"),
    "account_inactive": ("ooooooooo", "mmmmmmmmm"),
    "account_login": ("orrrrrrro", "orrrrrrro"),
    "account_logout": ("rooooooor", "rrrrrrrrr"),
    "account_reauthenticate": ("LfffffffL", "LfffffffL"),
    "healthz": (PUBLIC, POSTLESS),
    "home": (PUBLIC, POSTLESS),
    "mfa_activate_totp": ("LoooooooL", "LoooooooL"),
    "mfa_authenticate": ("LrrrrrrrL", "LrrrrrrrL"),
    "mfa_deactivate_totp": ("LnnnnnnnL", "LnnnnnnnL"),
    "mfa_download_recovery_codes": ("LnnnnnnnL", "LnnnnnnnL"),
    "mfa_generate_recovery_codes": ("LoooooooL", "LoooooooL"),
    "mfa_index": ("LoooooooL", "LmmmmmmmL"),
    "mfa_reauthenticate": ("LfffffffL", "LfffffffL"),
    "mfa_view_recovery_codes": ("LnnnnnnnL", "LmmmmmmmL"),
    "projects:card": ("LnnnnnfnL", "LmmmmmmmL"),  # a quarter holds no project
    "projects:newest": (PUBLIC, POSTLESS),
    "projects:plan": ("nnnnnnnnn", POSTLESS),  # a quarter publishes no plan
    "projects:task": ("nnnnnnnnn", POSTLESS),
    "projects:map": (PUBLIC, POSTLESS),
    "projects:project": ("nnnnnnnnn", POSTLESS),
    "projects:projects": (PUBLIC, POSTLESS),
    "pledges:about": (PUBLIC, POSTLESS),
    "pledges:board": ("LffoooffL", "LmmmmmmmL"),
    "pledges:board-items": ("LffoooffL", "LmmmmmmmL"),
    "pledges:card": (PUBLIC, POSTLESS),
    "pledges:card-hwpx": (PUBLIC, POSTLESS),
    "pledges:compare": (PUBLIC, POSTLESS),
    "pledges:detail": (PUBLIC, POSTLESS),
    "pledges:embed": (PUBLIC, POSTLESS),
    "pledges:feed": (PUBLIC, POSTLESS),
    "pledges:feed-pledge": (PUBLIC, POSTLESS),
    "pledges:follow": (PUBLIC, "fffffffff"),
    "pledges:follow-confirm": ("nnnnnnnnn", "nnnnnnnnn"),
    "pledges:follow-leave": ("nnnnnnnnn", "ooooooooo"),
    "pledges:list": (PUBLIC, POSTLESS),
    "pledges:manifesto": ("LffoooffL", "LmmmmmmmL"),
    "pledges:opinion": (PUBLIC, "fffffffff"),
    "pledges:opinion-answer": ("LmmmmmmmL", "LeneffffL"),
    "pledges:opinion-decide": ("LmmmmmmmL", "LfnfefffL"),
    "pledges:opinion-desk": ("LoooooffL", "LmmmmmmmL"),
    "pledges:opinion-find": (PUBLIC, POSTLESS),
    "pledges:opinion-item": ("LonoooffL", "LmmmmmmmL"),
    "pledges:opinion-receipt": ("nnnnnnnnn", "nnnnnnnnn"),
    "pledges:opinions": (PUBLIC, POSTLESS),
    "pledges:share": (PUBLIC, POSTLESS),
    "pledges:share-pledge": (PUBLIC, POSTLESS),
    "pledges:adjustment": ("LonoooffL", "LmmmmmmmL"),
    "pledges:adjustment-edit": ("LrnfffffL", "LrnfffffL"),
    "pledges:adjustment-move": ("LmmmmmmmL", "LrnrrrffL"),
    "pledges:adjustment-new": ("LoofofffL", "LoofofffL"),
    "pledges:adjustments": ("LoooooffL", "LmmmmmmmL"),
    "pledges:changes": (PUBLIC, POSTLESS),
    "pledges:consistency": (PUBLIC, POSTLESS),
    "pledges:juror": ("LfffofffL", "LfffefffL"),
    "pledges:juror-new": ("LfffofffL", "LfffefffL"),
    "pledges:jury": ("LfffffffL", "LmmmmmmmL"),
    "pledges:jury-pledge": ("LfffffffL", "LfffffffL"),
    "pledges:jury-public": (PUBLIC, POSTLESS),
    "pledges:jury-question": ("LonoofffL", "LenfefffL"),
    "pledges:jury-questions": ("LoooofffL", "LmmmmmmmL"),
    "pledges:panel": ("LfffofffL", "LmmmmmmmL"),
    "pledges:panel-destroy": ("LmmmmmmmL", "LfffrfffL"),
    "pledges:panel-edit": ("LfffofffL", "LfffefffL"),
    "pledges:panel-new": ("LfffofffL", "LfffefffL"),
    "pledges:panels": ("LfffofffL", "LmmmmmmmL"),
    "pledges:session-edit": ("LfffofffL", "LfffefffL"),
    "pledges:session-new": ("LfffofffL", "LfffefffL"),
    "pledges:rules": ("LoooofffL", "LmmmmmmmL"),
    "projectboard:board": ("LffoooffL", "LmmmmmmmL"),
    "projectboard:items": ("LffoooffL", "LmmmmmmmL"),
    "regional:balanced": ("LoooooffL", "LmmmmmmmL"),
    "regional:complex": ("LonoooffL", "LmmmmmmmL"),
    "regional:complex-new": ("LfffofffL", "LfffefffL"),
    "regional:complex-part": ("LonfofffL", "LenfefffL"),
    "regional:district": ("LonoooffL", "LmmmmmmmL"),
    "regional:district-edit": ("LfnfofffL", "LfnfefffL"),
    "regional:proposal": ("LonoooffL", "LmmmmmmmL"),
    "regional:proposal-edit": ("LonfofffL", "LenfefffL"),
    "regional:proposal-move": ("LmmmmmmmL", "LeneeeffL"),
    "regional:proposal-new": ("LoofofffL", "LeefefffL"),
    "regional:proposals": ("LoooooffL", "LmmmmmmmL"),
    "regional:rates": ("LoooooffL", "LfffefffL"),
    "regional:rung": ("LonfofffL", "LenfefffL"),
    "regional:soc": ("LoooooffL", "LmmmmmmmL"),
    "reporting:autosave": ("LmmmmmmmL", "LonfffnnL"),
    "reporting:boards": ("LffoooffL", "LmmmmmmmL"),
    "reporting:desk": ("LoooofffL", "LmmmmmmmL"),
    "reporting:desk-submit": ("LmmmmmmmL", "LrrrrfffL"),
    "reporting:discard": ("LmmmmmmmL", "LrnrrrnnL"),
    "reporting:entry": ("LonooonnL", "LrnfffnnL"),
    "reporting:evidence": ("LnnnnnnnL", "LmmmmmmmL"),
    "reporting:evidence-remove": ("LmmmmmmmL", "LrnfffnnL"),
    "reporting:handover": ("LonoofffL", "LmmmmmmmL"),
    "reporting:handover-cancel": ("LmmmmmmmL", "LfnrrfffL"),
    "reporting:handover-document": ("LonoofffL", "LmmmmmmmL"),
    "reporting:handover-new": ("LffoofffL", "LffoofffL"),
    "reporting:handovers": ("LoooofffL", "LmmmmmmmL"),
    "reporting:move": ("LmmmmmmmL", "LrnrrrnnL"),
    "reporting:period": ("LfffofffL", "LmmmmmmmL"),
    "reporting:period-close": ("LmmmmmmmL", "LfffefffL"),
    "reporting:period-edit": ("LfffofffL", "LfffofffL"),
    "reporting:period-extend": ("LmmmmmmmL", "LfffefffL"),
    "reporting:period-new": ("LfffofffL", "LfffofffL"),
    "reporting:period-open": ("LmmmmmmmL", "LfffrfffL"),
    "reporting:period-publish": ("LmmmmmmmL", "LfffefffL"),
    "reporting:period-remind": ("LfffofffL", "LfffrfffL"),
    "reporting:period-override": ("LmmmmmmmL", "LfffefffL"),
    "reporting:period-scan": ("LmmmmmmmL", "LfffrfffL"),
    "reporting:period-withdraw": ("LfffofffL", "LfffefffL"),
    "reporting:periods": ("LfffofffL", "LmmmmmmmL"),
    "reporting:report": ("LooooofoL", "LmmmmmmmL"),
    "reporting:report-file": ("LnnnnnfnL", "LmmmmmmmL"),
    "reporting:report-file-download": ("LnnnnnfnL", "LmmmmmmmL"),
    "reporting:report-file-progress": ("LnnnnnfnL", "LmmmmmmmL"),
    "reporting:report-files": ("LooooofoL", "LmmmmmmmL"),
    "reporting:report-make": ("LmmmmmmmL", "LnnnnnfnL"),
    "reporting:reports": ("LooooofoL", "LmmmmmmmL"),
    "reporting:review": ("LfffofffL", "LmmmmmmmL"),
    "reporting:review-approve": ("LmmmmmmmL", "LfffrfffL"),
    "reporting:review-decide": ("LmmmmmmmL", "LfffrfffL"),
    "reporting:review-item": ("LfffofffL", "LmmmmmmmL"),
    "reporting:sheet": ("LooonfffL", "LmmmmmmmL"),
    "reporting:upload": ("LoooofffL", "LeefefffL"),
    "reporting:upload-confirm": ("LmmmmmmmL", "LnnnnnnnL"),
    "reporting:upload-item": ("LnnnnnnnL", "LmmmmmmmL"),
    "reporting:upload-result": ("LnnnnnnnL", "LmmmmmmmL"),
    "start": ("LrrrrrrrL", "LmmmmmmmL"),
    "work:list": ("LooooofoL", "LmmmmmmmL"),
    "work:project": ("LooooofoL", "LmmmmmmmL"),
    "work:revise": ("LfffofffL", "LfffefffL"),
}


def routes(resolver=None, namespace=""):
    """Yield (name, converters) of every address of ours; the admin's are swept as one below."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace != "admin":
                inner = f"{entry.namespace}:" if entry.namespace else namespace
                yield from routes(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry.pattern.converters


ALL = dict(routes())
# Django's own form views read a PUT as an empty POST; it still needs the key and writes nothing.
FORM_VIEWS = {
    "account_login",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_generate_recovery_codes",
}
OF_SUBMISSION = {"reporting:entry", "reporting:move", "reporting:autosave", "reporting:discard"} | {
    name for name in ALL if name.startswith(("reporting:review-", "reporting:evidence"))
} - {"reporting:review-approve"}
OF_OPINION = {"pledges:opinion-item", "pledges:opinion-decide", "pledges:opinion-answer"}
CHANGES = {
    "adjustment": Adjustment,
    "panel": JuryPanel,
    "session-new": JuryPanel,
    "juror-new": JuryPanel,
    "session-edit": JurySession,
    "jury-question": JuryQuestion,
    "juror": Juror,
}
REGIONAL = {
    "complex": LivingSocComplex,
    "district": BalancedProject,
    "rung": BalancedProject,
    "proposal": Proposal,
}


@pytest.fixture
def stage(quarter, people):
    """Return (people, quarter, item) with one evidence-free item of 도로과 in the second quarter."""
    change_makers.make_stage(people)
    half_year(year=2018, number=2)
    make_regional(people)
    return people, quarter, quarter.submissions.get(code="1-1")


def handover():
    """Return the hand-over that these tests ask for: from the writer to a colleague."""
    people = {user.username: user for user in User.objects.all()}
    return Handover.objects.first() or factories.make_handover(people)


def a_project():
    """Return the project that these tests ask for."""
    return Project.objects.first() or make_project(Department.objects.get(name="도로과"))


def address(name, quarter, item):
    samples = {
        "pk": _pk(name, quarter, item),
        "file_pk": 999,
        "number": "1-1",
        "year": "2019",
        "name": "pledges",
        "code": "2019-q1",
        "kind": "html",
        "token": "nobody-has-this-token",
        "receipt": "2222-2222-2222",
        "key": "00000000-0000-4000-8000-000000000000",
    }
    if name.startswith("reporting:handover") and "pk" in ALL[name]:
        samples |= {"pk": handover().pk, "kind": "xlsx"}
    if name in OF_OPINION:
        samples["pk"] = factories.make_opinion().pk
    if name.startswith("regional:"):
        samples["name"] = "facts"
    return reverse(name, kwargs={key: samples[key] for key in ALL[name]}) + QUERY.get(name, "")


def _pk(name, quarter, item):
    """Return the key of the row that an address is about."""
    if name.startswith("work:"):
        return a_project().pk
    for start, model in CHANGES.items():
        if name.startswith(f"pledges:{start}"):
            return model.objects.earliest("pk").pk
    for start, model in REGIONAL.items():
        if name.startswith(f"regional:{start}"):
            return model.objects.earliest("pk").pk
    return item.pk if name in OF_SUBMISSION else quarter.pk


def visitor(role, people):
    client = Client()
    if role != "anonymous":
        active = people[role].is_active
        client.force_login(people[role])
        if not active:  # the account was closed while the session lived
            type(people[role]).objects.filter(pk=people[role].pk).update(is_active=False)
    return client


def letter(answer):
    """Return the code of the table for an answer."""
    status = answer.status_code
    if status == 302 and answer.url.startswith("/login/"):
        return "L"
    if status in (302, 303):
        assert answer.url.startswith("/") and not answer.url.startswith("//"), answer.url
        return "r"
    return {200: "o", 204: "o", 403: "f", 404: "n", 405: "m"}.get(status) or (
        "e" if 400 <= status < 500 else f"!{status}"
    )


def check_headers(answer, name=""):
    expected, policy = dict(HEADERS), POLICY
    if name in FRAMED:
        assert "X-Frame-Options" not in answer.headers
        del expected["X-Frame-Options"]
        expected["Cross-Origin-Resource-Policy"] = "cross-origin"
        policy = (POLICY - {"frame-ancestors 'none'"}) | {"frame-ancestors *"}
    for header, start in expected.items():
        assert answer.headers[header].startswith(start), (header, answer.headers.get(header))
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == policy


def written(captured):
    """Return the statements that wrote anything but the session's and the rate limit's bookkeeping."""
    return [
        q["sql"]
        for q in captured
        if re.match(r"(INSERT|UPDATE|DELETE|REPLACE)\b", q["sql"].lstrip("( "), re.I)
        and not re.search(r'"(django_session|cache)"', q["sql"])
    ]


def bring(item, people, state):
    if state != "draft":
        item = factories.hand_in(item, people["writer"])
    if state == "returned":
        item = factories.send_back(item, people["strategy"])
    if state == "approved":
        item = factories.move("approve", item, people["strategy"])
    return item


def test_every_address_has_a_row():
    assert set(TABLE) == set(ALL)


@pytest.mark.parametrize("name", sorted(ALL))
def test_who_reads_what_and_reading_never_writes(name, stage):
    people, quarter, item = stage
    where = address(name, quarter, item)
    for state in STATES if name in OF_SUBMISSION else ["draft"]:
        if state != "draft":
            item = (
                bring(item, people, state) if state == "submitted" else _next(item, people, state)
            )
        found = ""
        for role in ROLES:
            client = visitor(role, people)
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(where)
                head = client.head(where)
            assert not written(captured), (role, written(captured))
            assert head.status_code == answer.status_code
            check_headers(answer, name)
            _check_privacy(name, role, answer)
            found += letter(answer)
        assert found == TABLE[name][0], (name, state)


def _next(item, people, state):
    """Bring a submitted item on to returned, a returned one on to approved."""
    if state == "returned":
        return factories.send_back(item, people["strategy"])
    item = factories.move("submit", item, people["writer"])
    return factories.move("approve", item, people["strategy"])


def _check_privacy(name, role, answer):
    """A public page sets no cookie and varies on none, whoever asks; any other is never stored."""
    if TABLE[name][0] is PUBLIC:
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
    else:
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", sorted(ALL))
def test_who_writes_what(name, stage):
    people, quarter, item = stage
    where = address(name, quarter, item)
    found = ""
    for role in ROLES:
        answer = visitor(role, people).post(where)
        check_headers(answer, name)
        found += letter(answer)
    assert found == TABLE[name][1], name


@pytest.mark.parametrize("name", sorted(ALL))
def test_other_methods_do_nothing(name, stage):
    people, quarter, item = stage
    where = address(name, quarter, item)
    for role in ("anonymous", "writer", "strategy"):
        client = visitor(role, people)
        for method in ("put", "patch", "delete", "trace"):
            with CaptureQueriesContext(connection) as captured:
                answer = getattr(client, method)(where)
            harmless = "mLfneor" if name in FORM_VIEWS else "mLfne"
            assert letter(answer) in harmless, (name, role, method, answer.status_code)
            assert not written(captured), (name, role, method)


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_post_without_the_page_s_key_is_refused(name, stage):
    people, quarter, item = stage
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["strategy"])
    answer = client.post(address(name, quarter, item))
    assert letter(answer) in ("fm" if name not in SECRET else "no"), name
    check_headers(answer, name if letter(answer) == "m" else "")


@pytest.mark.parametrize(
    "role", ["anonymous", "writer", "head", "executive", "homeless", "disabled"]
)
@pytest.mark.parametrize(
    "where", ["", "accounts/user/", "pledges/pledge/", "reporting/period/", "x/"]
)
def test_the_admin_is_closed_to_all_but_its_own(stage, role, where):
    answer = visitor(role, stage[0]).get(f"/admin/{where}")
    assert letter(answer) in "Lrfn" and "accounts" not in answer.content.decode()
    check_headers(answer)


@pytest.mark.parametrize(
    "where",
    ["/nowhere/", "/desk/999999/", "/review/999999/", "/periods/999999/", "/%00", "/desk/x/"],
)
def test_what_is_not_there_is_a_korean_page_with_all_headers(stage, where):
    people, *_ = stage
    answer = visitor("strategy", people).get(where)
    assert answer.status_code == 404
    assert 'lang="ko"' in answer.content.decode()
    check_headers(answer)


def test_an_unknown_host_is_refused_with_all_headers(client):
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    check_headers(answer)
