"""The document model and its HTML."""

import datetime
import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from reporting import documents as d
from reporting.exports import RENDERERS, files, html
from tests.reporting.papers import money_table, report, status_table


class Tags(HTMLParser):
    """Collects (tag, attributes) of a page, and complains of a tag left open."""

    VOID = {"col", "meta", "br"}

    def __init__(self, source):
        super().__init__()
        self.found, self.open = [], []
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, "amount", ""),
        (None, "count", ""),
        (0, "count", "."),
        (0, "number", "0"),
        (0, "amount", "-"),
        (29376, "amount", "29,376"),
        (-1200, "amount", "△1,200"),
        (2019, "text", "2019"),
        (Decimal("39.3"), "percent", "39.3%"),
        (Decimal("60.70"), "percent", "60.70%"),
        (75, "percent", "75%"),
        ("-", "percent", "-"),
        (datetime.date(2019, 4, 25), "date", "2019. 4. 25."),
        ("2019. 4.", "date", "2019. 4."),
    ],
)
def test_a_value_prints_by_its_kind_and_unknown_prints_blank(value, kind, text):
    assert d.printed(value, kind) == text


def test_parts_and_tasks_number_themselves_and_an_appendix_does_not_count():
    blocks = [
        d.Part("가"),
        d.Task("나"),
        d.Task("다"),
        d.Part("라", mark="붙임"),
        d.Part("마"),
        d.Task("바"),
    ]
    marks = [each.mark for each in d.placed(d.Document("제목", blocks))]
    assert marks == ["\u2160", "1", "2", "붙임", "\u2161", "1"]


def test_each_mark_has_the_one_code_point_of_official_reports():
    blocks = [d.Aim("가"), d.Heading("나"), d.Item("다"), d.Detail("라"), d.Note("마")]
    marks = [each.mark for each in d.placed(d.Document("제목", blocks))]
    assert marks == ["\u25c7", "\u25a1", "\u25cb", "-", "\u203b"]


def test_a_row_of_the_wrong_length_is_refused_at_once():
    with pytest.raises(ValueError, match="row 1 has 1 values for 2 columns"):
        d.Table([d.Column("가"), d.Column("나")], [("하나",)])


def test_two_header_rows_cover_their_columns():
    upper, lower = status_table().header_rows
    assert [(c.label, c.colspan, c.rowspan) for c in upper] == [
        ("분야", 1, 2),
        ("총계", 1, 2),
        ("완료", 2, 1),
        ("추진중", 2, 1),
        ("이행률", 1, 2),
    ]
    assert [c.label for c in lower] == ["종료", "계속", "정상", "일부"]


def test_equal_neighbours_join_and_the_sum_never_does():
    assert money_table().first_spans == (1, 2, 0, 1)
    rows = [("계", 1), ("계", 2), ("계", 3)]
    table = d.Table([d.Column("가"), d.Column("나")], rows, total_first=True, merge_first=True)
    assert table.first_spans == (1, 2, 0)


def test_a_run_longer_than_a_page_holds_is_not_joined():
    table = d.Table([d.Column("가")], [("같음",)] * 13, merge_first=True)
    assert table.first_spans == (1,) * 13


def test_facts_stand_two_to_a_line_and_wide_ones_alone():
    facts = [d.Fact("가", 1), d.Fact("나", 2), d.Fact("다", 3), d.Fact("라", 4, wide=True)]
    lines = [[fact.label for fact in line] for line in d.Facts(facts).lines]
    assert lines == [["가", "나"], ["다"], ["라"]]


def test_a_chart_without_a_table_makes_one_of_its_rows():
    rows = [d.ChartRow("종료", 4), d.ChartRow("정상", None)]
    table = d.ChartBlock("이행도", "bar", rows, unit="건").as_table
    assert [leaf.label for leaf in table.leaves] == ["구분", "종료", "정상"]
    assert (table.rows, table.unit) == ((("전체", 4, None),), "단위: 건")


def test_the_fragment_is_well_formed_and_fits_the_content_security_policy():
    tags = Tags(html.fragment(report(draft=True, cover=True))).found
    names = {name for _, attributes in tags for name in attributes}
    assert not {name for name in names if name == "style" or name.startswith("on")}
    assert not {tag for tag, _ in tags} & {"script", "style", "link", "iframe", "img"}


def test_headings_never_skip_a_level():
    levels = [int(level) for level in re.findall(r"<h(\d)", html.fragment(report()))]
    assert levels == [1, 2, 3, 4, 2, 2, 3]
    alone = html.fragment(d.Document("제목", [d.Heading("바로")]))
    assert re.findall(r"<h(\d)", alone) == ["1", "2"]


def test_what_a_user_typed_is_shown_and_never_read_as_html():
    evil = '<img src="http://127.0.0.1/"> & "따옴표"'
    blocks = [
        d.Part(evil),
        d.Task(evil),
        d.Card(evil, mark=evil),
        d.Heading(evil),
        d.Item(evil),
        d.Facts([d.Fact(evil, evil)], caption=evil),
        d.Table([d.Column(evil)], [(evil,)], caption=evil, unit=evil),
        d.Table([d.Column("가")], [], empty=evil),
        d.ChartBlock(evil, "bar", [d.ChartRow(evil, 1)], unit=evil),
        d.Contents(evil),
    ]
    page = html.page(d.Document(evil, blocks, evil, evil, evil, evil, (evil,)))
    tags = Tags(page).found
    assert "img" not in {tag for tag, _ in tags}
    assert not [a for _, attributes in tags for a in attributes if a == "src"]
    assert "<img" not in page
    assert "&lt;img src=" in page


def test_tables_name_their_rows_columns_and_units():
    tags = Tags(html.fragment(d.Document("제목", [status_table(), money_table()]))).found
    scopes = [attributes.get("scope") for tag, attributes in tags if tag == "th"]
    assert scopes.count("colgroup") == 2
    assert scopes.count("row") == 3 + 2
    assert scopes.count("rowgroup") == 1
    assert None not in scopes
    widths = [attributes["width"] for tag, attributes in tags if tag == "col"]
    assert all(re.fullmatch(r"\d+\.\d%", width) for width in widths)
    assert "(단위: 백만원)" in html.fragment(d.Document("제목", [money_table()]))


def test_an_empty_table_says_so():
    table = d.Table([d.Column("번호"), d.Column("대책")], [], empty="부진사업 없음")
    assert '<td class="empty" colspan="2">부진사업 없음</td>' in html.fragment(
        d.Document("제목", [table])
    )


def test_only_a_draft_says_that_it_is_unpublished():
    assert "미공표 · 내부 검토용" in html.fragment(report(draft=True))
    assert "미공표" not in html.fragment(report())


@pytest.mark.parametrize("kind", ["bar", "stacked", "donut", "line"])
def test_every_chart_is_drawn_and_has_its_table(kind):
    rows = [d.ChartRow("종료", 4, "completed"), d.ChartRow("정상추진", 40, "on_track")]
    page = html.fragment(d.Document("제목", [d.ChartBlock("이행도", kind, rows, unit="건")]))
    tags = [tag for tag, _ in Tags(page).found]
    assert "svg" in tags
    assert tags.count("table") == 1
    assert ">40</td>" in page


def test_every_renderer_answers():
    assert set(RENDERERS) == {"html", "pdf", "hwpx", "xlsx"}


def test_a_download_has_a_type_from_the_list_and_a_korean_name():
    name = files.filename("공약 추진상황", datetime.date(2019, 4, 30), "xlsx")
    assert name == "논산시_공약추진상황_20190430.xlsx"
    answer = files.download(b"x", name, "xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%EB%85%BC")
    with pytest.raises(KeyError):
        files.download(b"x", "page.html", "html")
    assert "/" not in files.filename("../../공약", None, "csv")


@pytest.mark.parametrize(
    ("rows", "together"),
    [([("하나",)] * 12, True), ([("하나",)] * 13, False), ([("하나",), ("글 " * 30,)], False)],
)
def test_only_a_table_of_few_and_short_rows_is_kept_on_one_page(rows, together):
    assert html.table_view(d.Table([d.Column("가")], rows))["short"] is together
