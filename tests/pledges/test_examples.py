"""Wherever a real name stands beside invented figures, the row says so: pages, files, documents."""

import csv
import io
import re

from pledges import documents
from pledges.models import Demo, PublishedPledge
from reporting import documents as d
from reporting.models import Period
from tests.pledges.test_board import get

MARK = "(이름 밖은 예시)"
NOTE = "* 공약명만 실제, 그 밖은 예시"


def marked(html):
    """Return the names that carry the mark."""
    return re.findall(r">([^<>]+)</a> <span class=\"[^\"]*example\">", html)


def example_names():
    rows = PublishedPledge.objects.filter(demo=Demo.DETAILS)
    return set(rows.values_list("title", flat=True))


def test_the_list_marks_exactly_the_rows_of_which_only_the_name_is_real(client, plan_2019):
    pages = [client.get(f"/pledges/?page={n}").content.decode() for n in (1, 2, 3, 4)]
    names = [name for page in pages for name in marked(page)]
    assert names and len(names) == len(set(names))
    assert set(names) == example_names()


def test_every_other_example_says_so_in_its_name(plan_2019):
    titles = PublishedPledge.objects.filter(demo=Demo.ALL).values_list("title", flat=True)
    assert titles and all("(예시)" in title for title in titles)


def test_the_first_page_marks_its_core_pledges(client, plan_2019):
    core = PublishedPledge.objects.filter(is_core=True, demo=Demo.DETAILS)
    assert core
    assert set(marked(client.get("/").content.decode())) == {row.title for row in core}


def test_the_board_and_its_items_mark_them(client, plan_2019):
    items = "/board/pledges/items/?period=2019-q1"
    assert set(marked(get(client, plan_2019["strategy"], items))) == example_names()
    sheet = client.get(f"{items}&format=csv").content.decode("utf-8-sig")
    said = {
        row["공약명"] for row in csv.DictReader(io.StringIO(sheet)) if "이름만" in row["예시 여부"]
    }
    assert said == example_names()
    assert MARK in get(client, plan_2019["strategy"], "/board/pledges/?period=2019-q2")


def test_every_table_of_the_report_marks_them_and_says_what_the_mark_means(plan_2019):
    blocks = documents.report_document(Period.objects.get(code="2019-q1")).blocks
    names, seen = example_names(), 0
    for table, after in zip(blocks, [*blocks[1:], None], strict=True):
        if not isinstance(table, d.Table) or table.leaves[1].label != "공약명":
            continue
        found = {row[1] for row in table.rows}
        assert not found & names
        expected = any(f"{name} *" in found for name in names)
        assert (isinstance(after, d.Note) and after.text == NOTE) == expected
        seen += expected
    assert seen >= 5
