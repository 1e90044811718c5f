"""Blocks a publication keeps come back from JSON as they were."""

import datetime
import json
from decimal import Decimal

import pytest

from reporting import documents as d
from tests.reporting import papers


@pytest.mark.parametrize(
    "block",
    [
        d.Heading("총괄", mark="[1]"),
        d.Item("항목"),
        d.Detail("이어지는 말", mark="⇒"),
        d.Note("없음"),
        d.Paragraph("글"),
        papers.long_table(3),
    ],
)
def test_a_block_comes_back_as_it_was(block):
    assert d.from_plain(json.loads(json.dumps(d.as_plain(block)))) == block


def test_two_header_rows_come_back_and_what_json_does_not_know_stands_printed():
    table = d.Table(
        [d.Column("완료", children=[d.Column("비율", "percent"), d.Column("일자", "date")])],
        [(Decimal("39.3"), datetime.date(2019, 4, 30))],
        unit="단위: 건",
    )
    found = d.from_plain(json.loads(json.dumps(d.as_plain(table))))
    assert found.header_rows == table.header_rows
    assert found.rows == (("39.3%", "2019. 4. 30."),)


def test_what_no_plan_asks_for_is_not_kept():
    with pytest.raises(TypeError):
        d.as_plain(d.PageBreak())


def test_a_heading_prints_the_mark_it_was_given():
    blocks = d.placed(d.Document("", [d.Heading("가", mark="[1]"), d.Heading("나")]))
    assert [each.mark for each in blocks] == ["[1]", "□"]
