"""Reports to try the renderers on: every block, every kind of column, the awkward values."""

import datetime
from decimal import Decimal

from reporting import documents as d

INJECTION = '=cmd|" /C calc"!A0'
FIELDS = [("시민행복도시", 19, 1, 6, 12, 0, "36.8"), ("생활안정도시", 14, 3, 16, 28, 0, "42.8")]


def status_table():
    """Return the plan's table of two header rows, the sum first."""
    return d.Table(
        columns=[
            d.Column("분야", header=True, width=18),
            d.Column("총계", "count"),
            d.Column("완료", children=[d.Column("종료", "count"), d.Column("계속", "count")]),
            d.Column("추진중", children=[d.Column("정상", "count"), d.Column("일부", "count")]),
            d.Column("이행률", "percent"),
        ],
        rows=[
            ("총계", 66, 4, 22, 40, 0, Decimal("39.3")),
            *[(*row[:-1], Decimal(row[-1])) for row in FIELDS],
        ],
        caption="이행도별 현황",
        unit="단위: 건",
        total_first=True,
    )


def money_table():
    """Return a table of amounts: zero, negative, unknown, a joined group column."""
    return d.Table(
        [
            d.Column("구분", header=True),
            d.Column("재원"),
            d.Column("계획", "amount"),
            d.Column("일자", "date"),
        ],
        [
            ("계", "", 29376, None),
            ("균특사업", "국비", 0, datetime.date(2019, 4, 25)),
            ("균특사업", "도비", -1200, None),
            ("순도비사업", "도비", None, None),
        ],
        caption="재원별 현황",
        unit="단위: 백만원",
        total_first=True,
        merge_first=True,
    )


def long_table(rows=120):
    """Return a table that runs over pages."""
    return d.Table(
        [d.Column("번호", width=8), d.Column("공약명", width=40), d.Column("금액", "amount")],
        [(f"1-{n}", "탑정호 관광종합발전 확대 사업", 1000 + n) for n in range(1, rows + 1)],
        caption="긴 표",
    )


def report(*more, **fields):
    """Return a report with every kind of block, and `more` at its end."""
    blocks = [
        d.Contents(),
        d.Part("총괄"),
        d.Task("이행 현황"),
        d.Aim("책임행정 구현"),
        d.Heading("총괄현황"),
        d.Item("분야별 현황"),
        d.Detail("2019. 4.: 점검"),
        d.Note("버림"),
        d.Paragraph("첫째 줄\n둘째 줄"),
        status_table(),
        money_table(),
        d.ChartBlock("이행도", "stacked", [d.ChartRow("종료", 4, "completed")], unit="건"),
        d.Part("향후계획"),
        d.PageBreak(),
        d.Part("관리카드", mark="붙임"),
        d.Card("국방국가산업단지 조성", mark="1-1"),
        d.Facts([d.Fact("분야", "시민행복도시"), d.Fact("사업비", 1200, kind="amount")]),
        *more,
    ]
    known = {
        "title": "2019년 2분기 공약 추진상황 보고",
        "subtitle": "시민과의 약속",
        "as_of": "2019. 6. 30. 현재",
        "department": "전략기획실",
        "summary": "공약이행률은 39.3%임",
        "keywords": ("공약", "이행률"),
        "date": datetime.date(2019, 7, 12),
    }
    return d.Document(blocks=blocks, **{**known, **fields})
