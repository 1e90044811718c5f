"""Shared addresses: their picture and metadata; and the summary that other sites frame."""

import io
import re

import pytest
from PIL import Image, ImageFont

from pledges import share
from tests.pledges.test_public import text_of
from tests.pledges.test_public_quarters import publish_second

EMBED = "/pledges/embed/"


def meta(answer):
    """Return {property: content} of a page's social card."""
    html = answer.content.decode()
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', html))


# --- the picture ------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/pledges/share.png", "/pledges/1-1/share.png"])
def test_the_picture_is_a_png_of_the_announced_size(client, quarter, path):
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "image/png" and not answer.cookies
    image = Image.open(io.BytesIO(answer.content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(image.getcolors(1_000_000)) > 20  # something is drawn on it
    held = client.get(path, headers={"if-none-match": answer.headers["ETag"]})
    assert held.status_code == 304


def test_the_picture_changes_with_what_is_published(client, quarter, people):
    before = client.get("/pledges/1-1/share.png").content
    publish_second(quarter, people)
    assert client.get("/pledges/1-1/share.png").content != before
    assert client.get("/pledges/1-1/share.png?period=2019-q1").content == before
    assert client.get("/pledges/1-1/share.png?period=2019-q9").status_code == 404
    assert client.get("/pledges/9-9/share.png").status_code == 404


def test_before_the_first_publication_there_is_a_picture_too(client, db):
    assert client.get("/pledges/share.png").headers["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    "title", ["짧은 이름", "아주 긴 공약의 이름입니다 " * 12, "가" * 200, "", "W" * 90]
)
def test_a_title_of_any_length_fits(title):
    font = ImageFont.truetype(share.FONTS / "PretendardGOV-Bold.otf", 64)
    lines = share.wrapped(title, font, 1056)
    assert 1 <= len(lines) <= 3
    assert all(font.getlength(line) <= 1056 for line in lines)
    whole = "".join(lines).replace(" ", "")
    assert whole == title.replace(" ", "") or lines[-1].endswith("…")
    assert share.png(share.Card("공약 1-1", title, "정상추진", "on_track", 0, "", "39.3%"))


# --- metadata and the address -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "image"),
    [
        ("/", "/pledges/share.png"),
        ("/pledges/", "/pledges/share.png"),
        ("/pledges/1-1/", "/pledges/1-1/share.png"),
        ("/pledges/1-1/?period=2019-q1", "/pledges/1-1/share.png?period=2019-q1"),
    ],
)
def test_every_page_says_what_is_shown_of_it(client, quarter, people, path, image):
    publish_second(quarter, people)
    found = meta(client.get(path))
    assert found["og:image"] == f"http://testserver{image}"
    assert found["twitter:card"] == "summary_large_image"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:title"] in found["og:image:alt"]
    assert client.get(image).status_code == 200


def test_the_address_to_copy_is_the_canonical_one(client, quarter, people):
    publish_second(quarter, people)
    for path in ("/pledges/1-1/", "/pledges/1-1/?period=2019-q1"):
        html = client.get(path).content.decode()
        canonical = re.search(r'<link rel="canonical" href="([^"]+)">', html)[1]
        copied = re.search(r'<input id="share"[^>]* value="([^"]+)">', html)[1]
        assert canonical == copied == f"http://testserver{path}"


# --- the summary ------------------------------------------------------------------------------
def test_the_summary_counts_as_the_list_does(client, quarter, people):
    publish_second(quarter, people, leave=["2-1"])
    page = text_of(client.get(EMBED))
    assert "공약이행률 66.6%" in page and "2019년 2분기 · 2019. 6. 30. 현재" in page
    assert re.search(r"전체 3 ?건 완료 2 ?건 추진중 1 ?건 그 밖 0 ?건", page)
    field = text_of(client.get(f"{EMBED}?field=2"))
    assert "생활안정도시" in field and "공약이행률 0.0%" in field
    assert "/pledges/?field=2" in client.get(f"{EMBED}?field=2").content.decode()


@pytest.mark.parametrize("query", ["field=9", "field=x", "period=x"])
def test_an_unknown_part_is_not_found(client, quarter, query):
    assert client.get(f"{EMBED}?{query}").status_code == 404


def test_before_the_first_publication_the_summary_says_so(client, db):
    assert "아직 공표한 자료가 없습니다" in text_of(client.get(EMBED))


def test_only_the_summary_may_be_framed(client, quarter):
    framed, other = client.get(EMBED), client.get("/pledges/")
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert framed.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
    assert other.headers["X-Frame-Options"] == "DENY"
    assert other.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    held = client.get(EMBED, headers={"if-none-match": framed.headers["ETag"]})
    assert (
        held.status_code == 304 and "frame-ancestors *" in held.headers["Content-Security-Policy"]
    )
    assert "<script" not in framed.content.decode() and not framed.cookies


def test_the_page_on_rates_offers_the_snippet(client, quarter):
    html = client.get("/pledges/about/").content.decode()
    assert '&lt;iframe src="http://testserver/pledges/embed/"' in html
