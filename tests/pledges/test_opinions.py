"""Citizens' opinions: written without a login or a cookie, once, not too often, never as HTML."""

import datetime

import pytest
from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pledges import limits, opinions
from pledges.citizen_forms import has_contact
from pledges.management.commands.daily_citizens import purge
from pledges.models import Opinion, Quota, Term
from reporting import open_forms
from reporting.marks import public_number
from reporting.models import Period
from tests import factories
from tests.change_makers import reword_all
from tests.pledges.test_public_quarters import publish_second, publish_third

pytestmark = pytest.mark.usefixtures("quarter")
FORM = "/pledges/1-1/opinion/"


def sent(**fields):
    """Return what the form sends; a keyword changes or, with None, leaves out a field."""
    data = {
        "form_key": open_forms.new_key(),
        "text": "버스가 자주 다니면 좋겠습니다.",
        "nickname": "논산사람",
        "agree": "on",
        "homepage": "",
        **fields,
    }
    return {name: value for name, value in data.items() if value is not None}


def page(answer):
    return answer.content.decode()


def show(opinion, people):
    return opinions.decide(opinion, shown=True, version=opinion.version, by=people["strategy"])


# --- writing ----------------------------------------------------------------------------------
def test_an_opinion_is_taken_in_and_waits(client):
    answer = client.post(FORM, sent())
    opinion = Opinion.objects.get()
    assert answer.url == f"/pledges/opinions/{opinion.receipt}/"
    assert (opinion.state, opinion.nickname, opinion.pledge.number) == ("new", "논산사람", "1-1")
    receipt = client.get(answer.url)
    assert "아직 읽기 전입니다" in page(receipt) and opinion.receipt in page(receipt)
    for path in ("/pledges/1-1/", "/pledges/1-1/opinions/"):
        assert "버스가 자주" not in page(client.get(path))
    assert not client.cookies


def test_the_form_names_its_four_points_of_consent(client):
    html = page(client.get(FORM))
    for point in ("목적", "항목", "기간", "거부할 권리"):
        assert f"<dt>{point}</dt>" in html
    assert "csrfmiddlewaretoken" not in html


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"agree": None}, "동의하지 않으면"),
        ({"text": " \n "}, "의견을 적어 주세요"),
        ({"text": "가" * 1001}, "1000"),
        ({"text": "저는 800101-1234567 입니다"}, "주민등록번호"),
        ({"nickname": "8001011234567"}, "주민등록번호"),
        ({"nickname": "가" * 21}, "20"),
        ({"homepage": "http://spam.example"}, "프로그램이 채운"),
        ({"text": "연락은 010-1234-5678로"}, "전화번호나 전자우편"),
        ({"nickname": "a@b.kr"}, "전화번호나 전자우편"),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_changes_nothing(client, fields, sentence):
    answer = client.post(FORM, sent(**fields))
    assert answer.status_code == 422 and sentence in page(answer)
    assert not Opinion.objects.exists()


def test_a_telephone_number_goes_only_if_the_writer_insists(client):
    answer = client.post(FORM, sent(text="연락은 010-1234-5678로", anyway="on"))
    assert answer.status_code == 302
    assert Opinion.objects.get().text == "연락은 010-1234-5678로"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("０１０ １２３４ ５６７８", True),
        ("041)730-1234", True),
        ("me.you@mail.example", True),
        ("2019년 1분기 1,200백만원", False),
        ("2018-2022년 38.5%", False),
    ],
)
def test_what_looks_like_a_number_to_reach_somebody(text, found):
    assert has_contact(text) is found


def test_html_and_links_stay_text(client, people):
    text = "<script>alert(1)</script> <a href='http://x.example'>x</a> http://x.example\x07"
    client.post(FORM, sent(text=text, nickname="<b>x</b>"))
    opinion = show(Opinion.objects.get(), people)
    for path in (
        "/pledges/1-1/",
        "/pledges/1-1/opinions/",
        f"/pledges/opinions/{opinion.receipt}/",
    ):
        html = page(client.get(path))
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html and "&lt;b&gt;x&lt;/b&gt;" in html
        assert "<script>alert" not in html and 'href="http://x.example' not in html
        assert "\x07" not in html


# --- the page's key ---------------------------------------------------------------------------
def test_the_same_form_twice_has_one_effect(client):
    data = sent()
    first, second = client.post(FORM, data), client.post(FORM, data)
    assert first.url == second.url and Opinion.objects.count() == 1
    assert Quota.objects.filter(key__startswith="opinion:3600").order_by("used").first().used == 1


@pytest.mark.parametrize(
    "key",
    [None, "", "x", signing.dumps("mine", salt="another")],
    ids=["none", "blank", "x", "signed for another"],
)
def test_a_form_that_is_not_ours_is_refused(client, key):
    assert client.post(FORM, sent(form_key=key)).status_code == 403
    assert not Opinion.objects.exists()


def test_a_form_left_open_overnight_keeps_what_was_typed(client, monkeypatch):
    data = sent(text="밤새 쓴 글")
    monkeypatch.setattr(open_forms, "OLDEST", -1)
    answer = client.post(FORM, data)
    assert answer.status_code == 409 and "밤새 쓴 글" in page(answer)
    assert data["form_key"] not in page(answer)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 302),
        ({"origin": "http://testserver", "sec-fetch-site": "same-origin"}, 302),
        ({"origin": "https://evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_another_site_cannot_send_it(client, headers, status):
    assert client.post(FORM, sent(), headers=headers).status_code == status
    assert Opinion.objects.count() == (status == 302)


# --- not too often ----------------------------------------------------------------------------
def test_five_an_hour_from_one_address(client):
    for _ in range(5):
        assert client.post(FORM, sent()).status_code == 302
    answer = client.post(FORM, sent(text="여섯째"))
    assert answer.status_code == 429
    assert "너무 많이" in page(answer) and "여섯째" in page(answer)
    assert Opinion.objects.count() == 5
    assert Client(REMOTE_ADDR="10.0.0.9").post(FORM, sent()).status_code == 302


def test_all_together_have_a_limit_too(client, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "opinion", [("all", limits.HOUR, 1)])
    assert client.post(FORM, sent()).status_code == 302
    assert Client(REMOTE_ADDR="10.0.0.9").post(FORM, sent()).status_code == 429


def test_no_address_is_kept(client):
    Client(REMOTE_ADDR="203.0.113.77").post(FORM, sent())
    kept = [str(row) for model in (Opinion, Quota) for row in model.objects.values_list()]
    assert kept and not [row for row in kept if "203.0.113" in row]


def test_a_household_is_one_address():
    assert limits.network("2001:db8:1:2:3:4:5:6") == limits.network("2001:db8:1:2::9")
    assert limits.network("203.0.113.7") != limits.network("203.0.113.8")
    assert limits.network(None) == limits.network("x") == "unknown"


# --- the receipt ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change", [str, str.lower, lambda r: r.replace("-", " "), lambda r: f" {r} "]
)
def test_an_opinion_is_found_by_its_receipt_however_it_is_typed(client, change):
    opinion = factories.make_opinion()
    answer = client.get("/pledges/opinions/", {"receipt": change(opinion.receipt)})
    assert answer.url == f"/pledges/opinions/{opinion.receipt}/"


@pytest.mark.parametrize("typed", ["", "x", "2222-2222-2222", "<b>", "가" * 41])
def test_an_unknown_receipt_gets_a_sentence(client, typed):
    answer = client.get("/pledges/opinions/", {"receipt": typed})
    assert answer.status_code == 422 and "error-summary" in page(answer)
    assert client.get("/pledges/opinions/2222-2222-2222/").status_code == 404


def test_the_writer_reads_why_it_is_hidden_and_what_was_answered(client, people):
    opinion = factories.make_opinion()
    address = f"/pledges/opinions/{opinion.receipt}/"
    opinions.answer(opinion, text="노선을 살피겠습니다.", version=0, by=people["writer"])
    assert "노선을 살피" not in page(client.get(address))
    opinions.decide(
        opinion, shown=False, version=1, by=people["strategy"], reason="전화번호가 있음"
    )
    html = page(client.get(address))
    assert "전화번호가 있음" in html and "노선을 살피겠습니다" in html
    assert client.get(address).headers["Cache-Control"] == "no-store"


def test_the_writer_takes_the_words_away(client, people):
    opinion = show(factories.make_opinion(nickname="논산사람"), people)
    address, before = f"/pledges/opinions/{opinion.receipt}/", public_number()
    assert "버스가" in page(client.get("/pledges/1-1/"))
    client.post(address)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.text, opinion.nickname) == ("erased", "", "")
    assert public_number() == before + 1
    assert "버스가" not in page(client.get("/pledges/1-1/"))
    client.post(address)
    assert "지운 의견입니다" in page(client.get(address)) and public_number() == before + 1


def test_the_database_keeps_no_text_of_an_erased_opinion():
    opinion = factories.make_opinion()
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(state="erased")
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(text="")


# --- what everybody reads ---------------------------------------------------------------------
def test_the_pledge_s_page_shows_ten_and_leads_to_the_rest(client, people):
    for n in range(12):
        show(factories.make_opinion(text=f"의견 {n:02}"), people)
    factories.make_opinion(number="1-2", text="다른 공약의 글")
    html = page(client.get("/pledges/1-1/"))
    assert [f"의견 {n:02}" in html for n in (11, 2, 1)] == [True, True, False]
    assert "/pledges/1-1/opinions/" in html
    assert "의견 00" in page(client.get("/pledges/1-1/opinions/"))
    assert "다른 공약" not in html


def test_reading_costs_the_same_with_one_opinion_or_many(client, people):
    found = []
    for count in (1, 8):
        for _ in range(count):
            show(factories.make_opinion(), people)
        with CaptureQueriesContext(connection) as seen:
            client.get("/pledges/1-1/")
        found.append(len(seen))
    assert found[0] == found[1]


# --- how long it is kept ----------------------------------------------------------------------
def test_a_year_after_the_term_the_words_go():
    opinion = factories.make_opinion()
    Term.objects.update(ends_on=datetime.date.today() - datetime.timedelta(days=364))
    purge()
    opinion.refresh_from_db()
    assert opinion.text
    Term.objects.update(ends_on=datetime.date.today() - datetime.timedelta(days=367))
    assert "의견 1건" in purge()
    opinion.refresh_from_db()
    assert (opinion.state, opinion.text) == ("erased", "")


def test_the_counts_of_days_gone_by_are_deleted(client):
    client.post(FORM, sent())
    assert Quota.objects.count() == 3
    Quota.objects.update(ends_at="2019-01-01T00:00:00Z")
    purge()
    assert not Quota.objects.exists()


def test_an_older_term_s_pledge_keeps_its_own_opinions(client, people, departments):
    """1-1 of 민선8기 is another pledge; links and forms say which term is meant."""
    publish_second(Period.objects.get(code="2019-q2"), people)
    Term.objects.update(ends_on=datetime.date(2023, 6, 30))
    factories.make_pledge(
        factories.make_term(8, 2019, 2023), departments["도로과"], title="새 공약"
    )
    publish_third(people)
    assert client.get("/pledges/1-1/").content.decode().count("새 공약")
    old = page(client.get("/pledges/1-1/?term=7"))
    assert "/pledges/1-1/opinion/?term=7" in old and "/pledges/1-1/follow/?term=7" in old
    answer = client.post("/pledges/1-1/opinion/?term=7", sent())
    assert Opinion.objects.get().pledge.term.no == 7
    assert 'href="/pledges/1-1/?term=7"' in page(client.get(answer.url))


def test_the_receipt_says_nothing_that_is_not_published(client):
    opinion = factories.make_opinion()
    reword_all(title="아직 공표하지 않은 이름")
    assert "공표하지 않은" not in page(client.get(f"/pledges/opinions/{opinion.receipt}/"))
