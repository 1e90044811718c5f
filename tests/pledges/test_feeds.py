"""Atom: well-formed, absolute, without a cookie, and saying what every publication changed."""

import re
from xml.etree import ElementTree

import pytest

from pledges import follow
from pledges.views.feeds import AT_MOST
from reporting.models import Publication
from tests.pledges.test_public_quarters import REASON, correct, publish_second

ATOM = "{http://www.w3.org/2005/Atom}"
FEED, OF_PLEDGE = "/pledges/feed.atom", "/pledges/1-1/feed.atom"


def entries(answer):
    """Return (title, text, link) of every entry of a feed that holds what Atom demands."""
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    for place in [root, *root.findall(f"{ATOM}entry")]:
        for needed in ("id", "title", "updated"):
            assert place.findtext(f"{ATOM}{needed}"), needed
    ids = [e.findtext(f"{ATOM}id") for e in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    for link in root.iter(f"{ATOM}link"):
        assert link.get("href").startswith("http://127.0.0.1:8000/")
    return [
        (
            e.findtext(f"{ATOM}title"),
            e.findtext(f"{ATOM}summary"),
            e.find(f"{ATOM}link").get("href").removeprefix("http://127.0.0.1:8000"),
        )
        for e in root.findall(f"{ATOM}entry")
    ]


def test_before_the_first_publication_the_feed_is_empty(client, db):
    assert entries(client.get(FEED)) == []
    assert client.get(OF_PLEDGE).status_code == 404


def test_every_publication_is_an_entry_the_newest_first(client, quarter, people):
    publish_second(quarter, people, leave=["2-1"])
    correct("2019-q2", people)
    found = entries(client.get(FEED))
    assert [title for title, *_ in found] == [
        "2019년 2분기 정정(제2판) 공약 이행현황",
        "2019년 2분기 공약 이행현황",
        "2019년 1분기 공약 이행현황",
    ]
    assert f"정정 사유: {REASON}" in found[0][1] and "달라진 공약 0건" in found[0][1]
    assert "이행상태가 달라진 공약 2건" in found[1][1]
    assert "1-1 (예시) 공약 1-1 (정상추진 → 종료(완료))" in found[1][1]
    assert "공약이행률 66.6%" in found[1][1] and "달라진" not in found[2][1]
    for *_, path in found:
        assert client.get(path).status_code == 200


def test_one_pledge_s_feed_says_what_changed_of_it(client, quarter, people):
    publish_second(quarter, people, leave=["2-1"])
    new, first = entries(client.get(OF_PLEDGE))
    assert "추진율: 25% → 100%" in new[1] and "2분기에 준공" in new[1]
    assert "정상추진, 추진율 25%" in first[1]
    assert "달라진 것이 없습니다" in entries(client.get("/pledges/2-1/feed.atom"))[0][1]
    assert client.get("/pledges/9-9/feed.atom").status_code == 404
    for *_, path in (new, first):
        assert client.get(path).status_code == 200


def test_what_a_department_wrote_is_no_html(client, quarter, people):
    row = publish_second(quarter, people).pledges.get(number="1-1")
    again = Publication.objects.create(
        period=quarter, revision=2, by=people["strategy"], reason="<b>1</b> & 2"
    )
    row.pk, row.publication, row.done = None, again, "<script>x</script>"
    row.save(force_insert=True)
    text = entries(client.get(OF_PLEDGE))[0][1]
    assert "&lt;b&gt;1&lt;/b&gt; &amp; 2" in text and "<script>" not in text


def test_the_feed_is_answered_from_what_the_reader_holds(client, quarter):
    first = client.get(FEED)
    assert not first.cookies and first.headers["Cache-Control"] == "no-cache"
    again = client.get(FEED, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", [FEED, OF_PLEDGE])
def test_the_pages_name_their_feeds(client, quarter, path):
    head = client.get("/pledges/1-1/").content.decode()
    tags = re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]*>', head)
    assert any(f'href="{path}"' in tag for tag in tags)


def test_feed_and_mail_name_the_same_publication_before(quarter, people):
    """Two readers of one rule: the row before, and the publication before."""
    from_mail = follow.news(publish_second(quarter, people).pledges.get(number="1-1"))
    assert from_mail[0] == "- 이행상태: 정상추진 → 종료(완료)" and AT_MOST >= 8
