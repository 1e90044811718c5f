"""The printer: what it makes, and what it never fetches (safety.md, finding 5)."""

import io
import re
import socketserver
import threading

import pytest
from fontTools.ttLib import TTFont

from reporting import documents as d
from reporting.exports import html, pdf
from tests.reporting.papers import long_table, report

pypdf = pytest.importorskip("pypdf")  # in requirements-dev.txt


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.fixture(scope="module")
def printed():
    return pdf.pdf(report(long_table(), draft=True, cover=True))


@pytest.fixture
def spy():
    """A server that counts who calls it: (its address, the calls)."""
    calls = []

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            calls.append(self.request.recv(1024))

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/", calls
        server.shutdown()
        thread.join()


# --- the fetcher ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "file:///etc/hostname.png",
        "http://127.0.0.1/x.png",
        "https://example.invalid/x.css",
        "ftp://127.0.0.1/x.png",
        "data:image/png;base64,iVBORw0KGgo=",
        "data:image/svg+xml,%3Csvg/%3E.svg",
        "static:../nonsan_strategy/settings.py",
        "static:../../../../etc/ssl/x.png",
        "static:../static/css/paper.css",
        "static:/etc/passwd",
        "static:/work/x.css",
        "static:css/",
        "static:css/missing.css",
        "static:",
        "STATIC:css/paper.css",
        "static:%2e%2e/x.css",
        "static:css\\..\\..\\x.css",
        "static:css/paper.css\x00.png",
        "//127.0.0.1/x.png",
    ],
)
def test_the_fetcher_serves_no_other_address(address):
    with pytest.raises(pdf.FatalURLFetchingError):
        pdf.StaticOnly().fetch(address)


def test_the_fetcher_serves_our_own_static_files():
    answer = pdf.StaticOnly().fetch("static:css/paper.css")
    assert answer.content_type == "text/css"
    assert b"@page" in answer.read()


def test_the_fetcher_finds_collected_files_too(settings, tmp_path):
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [], str(tmp_path)
    (tmp_path / "only.css").write_text("p{}")
    assert pdf.StaticOnly().fetch("static:only.css").read() == b"p{}"
    (tmp_path.parent / "above.css").write_text("p{}")
    with pytest.raises(pdf.FatalURLFetchingError):
        pdf.StaticOnly().fetch("static:../above.css")


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{address}x.png" alt="">',
        '<link rel="stylesheet" href="{address}x.css">',
        '<p style="background:url({address}x.png)">가</p>',
        '<style>@import "{address}x.css";</style>',
        '<style>@font-face {{ font-family: F; src: url("{address}x.otf"); }}</style><p>가</p>',
        '<svg width="9" height="9"><image href="{address}x.png" width="9" height="9"/></svg>',
        '<object data="{address}x.png"></object>',
        '<link rel="attachment" href="{address}x.png">',
    ],
)
def test_a_page_that_calls_the_network_is_refused_and_nobody_is_called(markup, spy):
    address, calls = spy
    page = html.page(report()).replace("</body>", markup.format(address=address) + "</body>")
    with pytest.raises(pdf.Refused, match="허용되지 않은 주소|Error fetching"):
        pdf.render(page)
    assert calls == []


def test_text_that_looks_like_html_is_printed_and_calls_nobody(spy):
    address, calls = spy
    blocks = [
        d.Item(f'<img src="{address}">'),
        d.Table([d.Column("가")], [(f'<link rel="stylesheet" href="{address}">',)]),
        d.Facts([d.Fact("가", f"<style>@import url({address})</style>")]),
    ]
    reader = read(pdf.pdf(d.Document(f"<img src={address}>", blocks)))
    assert f'<img src="{address}">' in text_of(reader).replace("\n", "")
    assert calls == []


# --- what it makes ----------------------------------------------------------------------------
def test_only_our_own_fonts_are_used_and_all_are_embedded(printed):
    names = set()
    for page in read(printed).pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()["/DescendantFonts"][0].get_object()
            # The name in the PDF is what was asked for; the name in the font file is what came.
            file = font["/FontDescriptor"]["/FontFile3"].get_object().get_data()
            names.update(TTFont(io.BytesIO(file))["CFF "].cff.fontNames)
    assert names == {"PretendardGOV-Regular", "PretendardGOV-Bold"}


def test_the_pdf_is_tagged_korean_and_shows_its_title(printed):
    root = read(printed).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "ko"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_tables_and_charts_are_tagged(printed):
    kinds, stack, seen = set(), [read(printed).trailer["/Root"]["/StructTreeRoot"]], set()
    while stack:
        node = stack.pop()
        if isinstance(node, pypdf.generic.IndirectObject):
            if node.idnum in seen:
                continue
            seen.add(node.idnum)
            node = node.get_object()
        if isinstance(node, list):
            stack.extend(node)
        elif isinstance(node, dict):
            kinds.add(str(node.get("/S")))
            stack.append(node.get("/K"))
    assert {"/H1", "/H2", "/H3", "/P", "/Table", "/THead", "/TH", "/TD", "/Figure"} <= kinds


def test_summary_and_keywords_travel_with_the_file(printed):
    info = read(printed).metadata
    assert info.title == "2019년 2분기 공약 추진상황 보고"
    assert info.subject == "공약이행률은 39.3%임"
    assert info.keywords == "공약, 이행률"
    assert info.author == "전략기획실"


def test_bookmarks_are_the_headings_of_the_document(printed):
    def flat(outline):
        for entry in outline:
            yield from flat(entry) if isinstance(entry, list) else [entry.title]

    assert list(flat(read(printed).outline)) == [
        "Ⅰ 총괄",
        "1 이행 현황",
        "□ 총괄현황",
        "Ⅱ 향후계획",
        "붙임 관리카드",
        "1-1 국방국가산업단지 조성",
    ]


def test_the_head_of_a_long_table_stands_on_every_page_of_it(printed):
    pages = [page.extract_text() for page in read(printed).pages]
    with_rows = [text for text in pages if "탑정호" in text]
    assert len(with_rows) > 2
    assert all("공약명" in text for text in with_rows)
    assert sum(text.count("탑정호") for text in with_rows) == 120


def test_pages_are_numbered_and_headed_except_the_cover(printed):
    cover, first, *rest = [page.extract_text() for page in read(printed).pages]
    assert "- 1 -" not in cover
    assert "- 1 -" in first
    assert all(f"- {n} -" in text for n, text in enumerate(rest, 2))
    assert all("2019년 2분기 공약 추진상황 보고" in text for text in rest)


def test_contents_name_the_pages(printed):
    reader = read(printed)
    entry = re.search(r"총괄\s*\.*\s*(\d+)", reader.pages[1].extract_text())
    assert entry
    last = [i for i, p in enumerate(reader.pages) if "국방국가산업단지 조성" in p.extract_text()][
        -1
    ]
    assert re.search(rf"국방국가산업단지 조성\W*{last}\b", reader.pages[1].extract_text())


def test_a_draft_says_so_on_every_page(printed):
    assert all("미공표 · 내부 검토용" in page.extract_text() for page in read(printed).pages)


def test_korean_words_are_not_broken_and_the_text_is_clean():
    words = ["행정복지센터에서", "2019년까지", "추진하는(계속)", "공약이행률을", "가나다라마바사"]
    text = " ".join(words * 40)
    extracted = text_of(read(pdf.pdf(d.Document("제목", [d.Item(text)], date=None))))
    assert not re.search("[\u2060\u200b\ufeff\ufffd]", extracted)
    body = extracted[extracted.index("○") + 1 :]
    lines = [line.strip() for line in body.splitlines() if "센터" in line or "가나다" in line]
    assert len(lines) > 5
    assert {word for line in lines for word in line.split()} == set(words)


def test_a_word_wider_than_its_cell_is_broken_rather_than_lost():
    columns = [d.Column("가", width=4), d.Column("나", width=96)]
    word = "이행후계속추진중인사업의명칭"
    table = d.Table(columns, [(word, "나")])
    extracted = text_of(read(pdf.pdf(d.Document("제목", [table]))))
    assert word in re.sub(r"\s", "", extracted)


def test_the_same_document_makes_the_same_bytes():
    assert pdf.pdf(report()) == pdf.pdf(report())


def test_joining_words_touches_text_only():
    page = '<title>공약</title><p data-label="공약">공약 10건<svg><text>공약</text></svg></p>'
    assert pdf.keep_words(page) == page.replace(">공약 10건", ">공\u2060약 10\u2060건")
