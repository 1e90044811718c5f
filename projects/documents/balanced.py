"""균형발전 사업 현황: phases, districts with groups and subtotals, money by source, sums checked (domain.md §6)."""

from django.conf import settings

from projects import formats
from projects.models import Project, Source
from reporting import documents as d
from reporting.formats import number

from . import tables
from .book import book_of


def balanced_document(period):
    """Return the report of the balanced development projects of a half year."""
    book = book_of(period)
    found = [p for p in book.programmes if p.kind == Project.Kind.BALANCED]
    return d.Document(
        title="균형발전 사업 현황",
        subtitle=str(period),
        as_of=book.as_of,
        department=settings.OFFICE_NAME,
        summary=_summary(book, found),
        keywords=("균형발전", str(period), *(p.title for p in found)),
        draft=book.is_draft,
        blocks=[*_overview(book, found), *_districts(book, found), *_each(book, found)],
    )


def _summary(book, found):
    told = [
        f"{p.title} {formats.period(p.starts, p.ends)}"
        + (f" {number(p.total_cost)}백만원" if p.total_cost is not None else "")
        for p in found
    ]
    return ", ".join(told) or "균형발전 사업 없음"


# --- Ⅰ ----------------------------------------------------------------------------------------
def _overview(book, found):
    blocks = [d.Part("총괄")]
    for programme in found:
        parts = book.drawn.parts_of(programme)
        blocks += [d.Heading(programme.title), *_facts(programme, parts)]
        if parts:
            blocks += [_sources(programme, parts), *_checks(programme, parts)]
    return blocks if found else [*blocks, d.Item("해당 없음")]


def _facts(programme, parts):
    lines = [
        ("사업기간", formats.period(programme.starts, programme.ends)),
        ("총사업비", tables.cost(programme)),
        ("지구", f"{len(parts)}개" if parts else ""),
        ("사업내용", ", ".join(line["text"] for line in programme.data["lines"])),
    ]
    return [d.Item(f"{label}: {text}") for label, text in lines if text]


def _sources(programme, parts):
    """Return the money of programme and districts by source; blank where the plan has no split."""
    columns = [
        d.Column("사업명", width=34, header=True),
        d.Column("총사업비", "amount", 12),
        *(d.Column(label, "amount", 11) for label in Source.labels),
    ]
    rows = []
    for title, row in [("총계", programme), *((p.title, p) for p in parts)]:
        shares = tables.by_source(row)
        rows.append((title, row.total_cost, *(shares.get(key) for key in Source.values)))
    return d.Table(columns, rows, caption="재원별 사업비", unit=tables.UNIT, total_first=True)


def _checks(programme, parts):
    """Say whether sources and districts add up to the total; nothing is said where a part is unknown."""
    labels = dict(Source.choices)
    shares = [(labels[key], amount) for key, amount in tables.by_source(programme).items()]
    costs = [("", part.total_cost) for part in parts]
    found = []
    for what, terms in (("재원 합계", shares), ("지구 합계", costs)):
        amounts = [amount for _, amount in terms]
        if not amounts or None in amounts or programme.total_cost is None:
            continue
        sums = " + ".join(f"{label} {number(amount)}".strip() for label, amount in terms)
        gap = sum(amounts) - programme.total_cost
        verdict = "총사업비와 같음" if gap == 0 else f"총사업비와 차이 {number(gap)}"
        found.append(d.Note(f"{what}: {number(sum(amounts))} = {sums} ({verdict})"))
    blank = any(not tables.by_source(part) for part in parts)
    return [*found, *([d.Note("빈칸은 자료에 재원별 나눔이 없음을 뜻함")] if blank else [])]


# --- Ⅱ, Ⅲ -------------------------------------------------------------------------------------
def _districts(book, found):
    blocks = [d.Part("지구별 현황")]
    for programme in found:
        if parts := book.drawn.parts_of(programme):
            table = tables.districts(programme, parts, subtotals=True)
            blocks += [d.Heading(programme.title), table]
    return blocks if len(blocks) > 1 else []


def _each(book, found):
    """Return what is known of each district besides: its kind's facts and tables, what was reported."""
    blocks = [d.Part("사업별 추진상황")]
    for programme in found:
        for row in [programme, *book.drawn.parts_of(programme)]:
            lines = [*tables.detail(row), *_told(row)]
            blocks += [d.Heading(row.title), *lines] if lines else []
    return blocks if len(blocks) > 1 else []


def _told(row):
    texts = [
        ("추진실적", row.done),
        ("문제점", row.problems),
        ("대책", row.countermeasures),
        ("향후계획", row.next_plans),
    ]
    return [d.Item(f"{label}: {text}") for label, text in texts if text.strip()]
