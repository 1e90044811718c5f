"""Documents as HWPX: valid for the library, and read back by a reader that is not the writer."""

import io
import re

import pytest
from hwpx import HwpxDocument
from hwpx.tools.package_validator import validate_package

from reporting import documents as d
from reporting.exports import RENDERERS, html
from tests.reporting.hwpx_reader import read
from tests.reporting.papers import long_table, money_table, report, status_table

hwpx = RENDERERS["hwpx"]


def check(content):
    """Complain unless the library finds the file whole; return what our reader sees."""
    assert validate_package(io.BytesIO(content)).ok
    with HwpxDocument.open(content) as file:
        assert file.validate().ok
    return read(content)


def text_of_html(document):
    """Return the words of the page, its drawings left out."""
    page = re.sub(
        r"<svg.*?</svg>|<ul class=\"legend.*?</ul>", " ", html.fragment(document), flags=re.S
    )
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_every_block_is_read_back_in_its_order():
    file = check(hwpx(report()))
    marks = "Ⅰ 총괄|1 이행 현황|◇ 책임행정 구현|□ 총괄현황|○ 분야별 현황|- 2019. 4.: 점검|※ 버림"
    words = file.words
    body = words[words.index("1-1 국방국가산업단지 조성") + 5 :]  # behind the contents
    places = [body.index(text) for text in marks.split("|")]
    assert places == sorted(places)
    assert "첫째 줄\n둘째 줄" in file.lines
    assert any(line.split() == ["붙임", "관리카드"] for line in file.lines)


@pytest.mark.parametrize(
    "table", [status_table(), money_table(), long_table(), d.Table([d.Column("가")], [])]
)
def test_a_table_covers_every_place_once_and_prints_as_the_page_does(table):
    (found,) = check(hwpx(d.Document("제목", [table]))).tables
    rows, columns = found.shape
    assert found.covered() == [(r, c) for r in range(rows) for c in range(columns)]
    view = html.table_view(table)
    head = [[cell.text for cell in row] for row in view["head"]]
    body = [[cell.text for cell in cells] for _, cells in view["body"]] or [[table.empty]]
    assert found.rows() == head + body
    spans = [[(c.colspan, c.rowspan) for c in row] for row in view["head"]]
    assert [(c.colspan, c.rowspan) for c in found.cells if c.is_head] == sum(spans, [])
    assert found.repeats


def test_a_joined_cell_covers_the_rows_the_document_joins():
    (found,) = read(hwpx(d.Document("제목", [money_table()]))).tables
    assert [c.rowspan for c in found.cells if c.column == 0 and not c.is_head] == [1, 2, 1]


def test_a_long_table_breaks_between_rows_a_short_one_not_and_a_huge_cell_inside():
    huge = d.Table([d.Column("가")], [("글 " * 3000,)])
    file = read(hwpx(d.Document("제목", [long_table(), status_table(), huge])))
    assert [table.breaks for table in file.tables] == ["TABLE", "NONE", "CELL"]


def test_the_unit_stands_above_the_table():
    file = read(hwpx(d.Document("제목", [status_table()])))
    assert "이행도별 현황\t(단위: 건)" in file.lines


def test_summary_and_keywords_stand_at_the_head_and_in_the_properties():
    document = report()
    file = check(hwpx(document))
    assert f"문서요지 {document.summary} 키워드 {', '.join(document.keywords)}" in file.words
    wanted = {
        "title": document.title,
        "creator": document.department,
        "description": document.summary,
        "keyword": ", ".join(document.keywords),
    }
    assert {name: file.properties[name] for name in wanted} == wanted
    assert "synthetic" not in str(file.properties)


def test_a_draft_says_so_at_its_head_and_on_every_page():
    mark = "미공표 · 내부 검토용"
    draft, done = (read(hwpx(report(draft=is_draft))) for is_draft in (True, False))
    assert draft.lines[0] == mark and mark in draft.running
    assert mark not in done.words + done.running


def test_pages_are_numbered_and_a_cover_is_not_counted():
    assert {"pageNum", "newNum"} <= read(hwpx(report(cover=True))).tags
    assert "newNum" not in read(hwpx(report())).tags


def test_the_same_document_is_the_same_bytes():
    assert hwpx(report()) == hwpx(report())
    first = read(hwpx(report())).members[0]
    assert (first.filename, first.compress_type) == ("mimetype", 0)


def test_words_agree_with_the_page():
    document = report()
    words = set(read(hwpx(document)).words.split()) - {"·"}  # the page's style sheet writes it
    assert words == set(text_of_html(document).split())


HOSTILE = [
    "a\x00b\x07\x1b",
    "<hp:t>&amp;]]>",
    "\ud800 반쪽",
    "\ufffe\uffff",
    "가" * 20000,
    '=cmd|" /C calc"!A0',
    "http://evil.example/",
    "a\tb\r\nc",
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    blocks = [
        d.Part(text), d.Task(text), d.Card(text), d.Aim(text), d.Item(text), d.Facts([d.Fact(text, text)], text),
        d.Table([d.Column(text)], [(text,)], text, text), d.Contents(text),
    ]  # fmt: skip
    file = check(hwpx(d.Document(text, blocks, text, text, text, text, (text,), draft=True)))
    assert not file.tags & {"fieldBegin", "hyperlink", "script", "ole", "pic"}


def test_an_empty_document_is_a_file_too():
    check(hwpx(d.Document("", [])))
    check(hwpx(d.Document("제목", [d.PageBreak(), d.Facts([])], cover=True)))
