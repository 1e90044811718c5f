"""The tables that several documents share: districts, funding by source and year, what a kind adds."""

from projects import formats
from projects.models import Source
from reporting import documents as d

UNIT = "단위: 백만원"
FUNDS = ("균특", "순도비")  # 균형발전 is paid by one of the two (domain.md §6)


def inserted(section, book):
    """Return the table of our own that a section asks for by name (`balanced`)."""
    if section["insert"] != "balanced" or not section["project"]:
        return []
    programme = next((p for p in book.drawn.projects if p.project_id == section["project"]), None)
    return [districts(programme, book.drawn.parts_of(programme))] if programme else []


def fund_of(row):
    """Return `균특사업` or `순도비사업` by what the project's kind says of itself; blank when it does not."""
    for _, text in row.data["detail"]["facts"]:
        for fund in FUNDS:
            if str(text).startswith(fund):
                return f"{fund}사업"
    return ""


def districts(programme, parts, *, subtotals=False):
    """Return the plan's table: the sum first, the funds as a joined first column where they are known."""
    grouped = any(fund_of(part) for part in parts)
    rows = [_sum("합계", f"{len(parts)}개 지구", programme.total_cost)]
    told = ""
    for number, part in enumerate(parts, 1):
        fund = fund_of(part)
        if subtotals and grouped and fund != told:
            mine = [p for p in parts if fund_of(p) == fund]
            rows.append(_sum(fund, f"소계 {len(mine)}개", _total(mine)))
        told = fund
        rows.append(_district(number, part, fund))
    columns = [
        d.Column("구분", width=11, header=True, align="center"),
        d.Column("사업명", width=28, header=True),
        d.Column("사업기간", width=15, align="center"),
        d.Column("사업비", "amount", 9),
        d.Column("사업내용", width=44),
        d.Column("비고", width=6),
    ]
    if not grouped:
        columns, rows = columns[1:], [_ungrouped(row) for row in rows]
    return d.Table(columns, rows, unit=UNIT, total_first=True, merge_first=grouped)


def _sum(fund, name, amount):
    return (fund, name, "", amount, "", "")


def _district(number, part, fund):
    span = formats.span(part.starts, part.ends)
    return (fund, f"{number} {part.title}", span, part.total_cost, content(part), "")


def _ungrouped(row):
    fund, name, *rest = row
    return (f"{fund} {name}" if fund else name, *rest)


def _total(parts):
    known = [part.total_cost for part in parts]
    return None if None in known else sum(known)


def content(row):
    """Return 사업내용 as lines: `•` a line, `-` its detail."""
    return "\n".join(
        f"{'-' if line['is_detail'] else '•'} {line['text']}" for line in row.data["lines"]
    )


# --- money ------------------------------------------------------------------------------------
KINDS = (("planned", "계획"), ("secured", "확보"), ("spent", "집행"))
WHOLE = "기간 전체"


def by_source(row):
    """Return {source: 백만원 planned over all years}, of the sources that are known."""
    found = {}
    for line in row.data["funding"]:
        found.setdefault(line["source"], []).append(line["planned"])
    return {source: sum(amounts) for source, amounts in found.items() if None not in amounts}


def cost(row):
    """Return `600백만원(국비 300, 도비 300)` of a project; blank when unknown."""
    shares = by_source(row)
    labels = Source.choices
    return formats.money(
        row.total_cost, [(label, shares[key]) for key, label in labels if key in shares]
    )


def funding(row):
    """Return 재원 × 연도 × (계획·확보·집행), the sum first, or None where nothing is known."""
    lines = row.data["funding"]
    if not lines:
        return None
    years = sorted({line["year"] for line in lines}, key=lambda year: (year is None, year or 0))
    sources = [
        (key, label) for key, label in Source.choices if any(x["source"] == key for x in lines)
    ]
    columns = [d.Column("재원", width=12, header=True)]
    for year in years:
        label = WHOLE if year is None else f"{year}년"
        columns.append(d.Column(label, children=[d.Column(name, "amount", 9) for _, name in KINDS]))
    rows = [("총계", *_amounts(lines, years))]
    for key, label in sources:
        rows.append((label, *_amounts([x for x in lines if x["source"] == key], years)))
    return d.Table(columns, rows, unit=UNIT, total_first=True)


def _amounts(lines, years):
    """Return the sums by year and kind; one unknown part leaves a sum unknown."""
    found = []
    for year in years:
        for name, _ in KINDS:
            amounts = [line[name] for line in lines if line["year"] == year]
            found.append(sum(amounts) if amounts and None not in amounts else None)
    return found


# --- what a kind of project adds ----------------------------------------------------------------
def detail(row):
    """Return what is special to the project's kind: facts and tables."""
    special = row.data["detail"]
    facts = [d.Fact(label, text) for label, text in special["facts"] if text not in ("", None)]
    return [
        *([d.Facts(facts)] if facts else []),
        *(_special(table) for table in special["tables"]),
    ]


def _special(table):
    columns = [
        d.Column(label, kind, header=at == 0) for at, (label, kind) in enumerate(table["columns"])
    ]
    return d.Table(columns, table["rows"], caption=table["caption"])
