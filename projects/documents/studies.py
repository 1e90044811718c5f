"""용역 현황: every research contract with its period and money, and what its kind knows (domain.md §7)."""

from django.conf import settings

from projects import formats
from projects.models import Project
from reporting import documents as d
from reporting.formats import number

from . import tables
from .book import book_of


def studies_document(period):
    """Return the report of the research contracts of a half year."""
    book = book_of(period)
    found = [p for p in book.drawn.projects if p.kind == Project.Kind.STUDY]
    owners = {p.project_id: p for p in book.drawn.projects}
    return d.Document(
        title="용역 현황",
        subtitle=str(period),
        as_of=book.as_of,
        department=settings.OFFICE_NAME,
        summary=_summary(found),
        keywords=("연구용역", str(period), *(p.title for p in found)),
        draft=book.is_draft,
        blocks=[*_overview(found, owners), *_each(found)],
    )


def _summary(found):
    known = [p.total_cost for p in found if p.total_cost is not None]
    money = f", 금액을 아는 {len(known)}건의 합 {number(sum(known))}백만원" if known else ""
    return f"연구용역 {len(found)}건{money}."


def _overview(found, owners):
    columns = [
        d.Column("번호", "number", 6, align="center"),
        d.Column("용역명", width=36, header=True),
        d.Column("부서", width=13, align="center"),
        d.Column("기간", width=15, align="center"),
        d.Column("금액", "amount", 9),
        d.Column("비고", width=21),
    ]
    rows = [
        (
            at,
            p.title,
            p.department_name,
            formats.span(p.starts, p.ends),
            p.total_cost,
            _remark(p, owners.get(p.parent_id)),
        )
        for at, p in enumerate(found, 1)
    ]
    table = d.Table(columns, rows, unit=tables.UNIT, empty="연구용역 없음")
    return [d.Part("총괄"), d.Heading(f"연구용역 {len(found)}건"), table]


def _remark(row, owner):
    """Return the sources, or the sum that the plan gives for several contracts together."""
    if row.total_cost is not None:
        return tables.cost(row)
    if owner is not None and owner.total_cost is not None:
        return f"묶는 사업 {number(owner.total_cost)}백만원 안(나눔은 자료에 없음)"
    return ""


def _each(found):
    blocks = [d.Part("용역별 현황")]
    for row in found:
        lines = [*_content(row), *tables.detail(row), *_told(row)]
        blocks += [d.Heading(row.title), *lines] if lines else []
    return blocks if len(blocks) > 1 else []


def _content(row):
    return [(d.Detail if line["is_detail"] else d.Item)(line["text"]) for line in row.data["lines"]]


def _told(row):
    return [d.Item(f"추진실적: {row.done}")] if row.done.strip() else []
