"""공약 추진상황 보고서 of one period, in the order of domain.md §9.4."""

from django.conf import settings

from pledges import rates, rules
from pledges.models import Demo
from reporting import clock, formats
from reporting import documents as d

from . import figures, overview
from .cards import card_blocks

PROBLEMS = ("behind", "target", "overdue", "spending")
EXAMPLE = "*"  # marks a real name whose figures are examples; other examples say so in their names


def report_document(period, *, cards=False, book=None):
    """Return the period's report; `cards` adds 붙임 (one page for each pledge).

    A published period reads its current revision; any other is drawn from living data and marked as
    미공표 (`Document.draft`), with a sentence that says how much of it is approved.
    """
    book = book or figures.book_of(period)
    name = book.term.name if book.term else "민선"
    return d.Document(
        title=f"{name} 공약 추진상황 보고",
        subtitle=str(period),
        as_of=as_of(period),
        department=settings.OFFICE_NAME,
        date=None if book.publication else clock.today(),
        summary=summary(book),
        keywords=("공약", "공약이행률", name, str(period), *_field_names(book)),
        draft=book.publication is None,
        cover=True,
        blocks=[
            d.Contents(),
            d.PageBreak(),
            *overview.part(book),
            *_fields(book),
            *_problems(book),
            *_plans(book),
            *(_cards(book) if cards else []),
        ],
    )


def full_report_document(period):
    """Return the report with the card of every pledge; about a page for each pledge."""
    return report_document(period, cards=True)


def as_of(period):
    """Return `2019. 4. 30. 현재`."""
    return f"{formats.day(period.as_of)} 현재"


def summary(book):
    """Return the 문서요지: what the figures say, in two or three sentences."""
    groups, counts = book.groups, figures.status_counts(book.rows)
    if not book.rows:
        return f"{book.period}에 보고할 공약이 없음."
    by_status = ", ".join(
        f"{figures.status_label(status)} {counts[status]}건"
        for status in figures.shown_statuses(book.rows)
    )
    text = (
        f"{book.period}({as_of(book.period)}) {book.term.name} {len(book.term.fields)}대 분야 "
        f"{groups.total}개 공약의 공약이행률은 {rates.show(groups.fulfilled_rate)}이며, "
        f"이행도별로는 {by_status}임."
    )
    return f"{text} {_concern(book)}{_approval(book)}".strip()


def _concern(book):
    behind = book.attention(rules.BY_KEY["behind"])
    names = ", ".join(row.title for row in behind[:3]) + (" 등" if len(behind) > 3 else "")
    return f"부진사업은 {names} {len(behind)}건임." if behind else "부진사업은 없음."


def _approval(book):
    if book.publication:
        return ""
    return f" 전체 {len(book.rows)}건 가운데 {book.approved}건이 승인된 미공표 자료임."


def _field_names(book):
    return [f["name"] for f in book.term.fields] if book.term else []


def _name(row):
    return f"{row.title} {EXAMPLE}" if row.demo == Demo.DETAILS else row.title


def _marked(table, rows):
    """Return the table of these pledges, and under it what the mark means, if it is in it."""
    named = any(row.demo == Demo.DETAILS for row in rows)
    return [table, d.Note(f"{EXAMPLE} 공약명만 실제, 그 밖은 예시")] if named else [table]


# --- Ⅱ ----------------------------------------------------------------------------------------
def _fields(book):
    blocks = [d.PageBreak(), d.Part("분야별 현황")]
    for field, rows in figures.by_field(book):
        blocks += [d.Task(field["name"]), *_field(field, rows, book.rounding)]
    return blocks


def _field(field, rows, rounding):
    groups = rates.groups((row.status for row in rows), rounding)
    table = d.Table(
        [
            d.Column("번호", width=7, align="center"),
            d.Column("공약명", width=25, header=True),
            d.Column("주관부서", width=14, align="center"),
            d.Column("이행상태", width=13, align="center"),
            d.Column("추진율", "percent", 8),
            d.Column("주요 추진실적", width=33),
        ],
        [
            (
                row.number,
                _name(row),
                row.department_name,
                figures.status_label(row.status),
                row.progress_pct,
                row.done,
            )
            for row in rows
        ],
    )
    name = field.get("full_name") or field["name"]
    return [
        d.Item(
            f"{name}: {groups.total}건, 완료 {groups.fulfilled}건"
            f"(이행률 {rates.show(groups.fulfilled_rate)}), 추진중 {groups.in_progress}건"
        ),
        *_marked(table, rows),
    ]


# --- Ⅲ ----------------------------------------------------------------------------------------
def _problems(book):
    found = [
        (row, [r.label for r in rules.reasons(row, book.period) if r.key in PROBLEMS])
        for row in book.rows
    ]
    found = [(row, labels) for row, labels in found if labels]
    blocks = [d.Part("부진사업 문제점·대책"), d.Heading("문제점과 대책")]
    if found:
        blocks += [
            d.Item(f"살펴볼 공약 {len(found)}건({_tallies(found)})"),
            *_marked(_problem_table(found), [row for row, _ in found]),
        ]
    else:
        blocks += [d.Item("해당 없음")]
    sentences = "; ".join(
        f"{rules.BY_KEY[key].label}={rules.BY_KEY[key].sentence}" for key in PROBLEMS
    )
    return [*blocks, d.Note(f"가려낸 기준: {sentences}"), *_unreported(book)]


def _tallies(found):
    counts = [
        (rules.BY_KEY[key].label, sum(rules.BY_KEY[key].label in labels for _, labels in found))
        for key in PROBLEMS
    ]
    return ", ".join(f"{label} {count}건" for label, count in counts if count)


def _problem_table(found):
    return d.Table(
        [
            d.Column("번호", width=7, align="center"),
            d.Column("공약명", width=21, header=True),
            d.Column("주관부서", width=13, align="center"),
            d.Column("구분", width=14),
            d.Column("문제점", width=22),
            d.Column("대책", width=23),
        ],
        [
            (
                row.number,
                _name(row),
                row.department_name,
                "\n".join([figures.status_label(row.status), *labels]),
                row.problems,
                row.countermeasures,
            )
            for row, labels in found
        ],
    )


def _unreported(book):
    rows = book.unreported
    if not rows:
        return []
    table = d.Table(
        [
            d.Column("번호", width=10, align="center"),
            d.Column("공약명", width=50, header=True),
            d.Column("주관부서", width=22, align="center"),
            d.Column("최근 보고", width=18, align="center"),
        ],
        [
            (
                row.number,
                _name(row),
                row.department_name,
                row.reported_in if not row.reported else "",
            )
            for row in rows
        ],
    )
    return [d.Heading(f"이번 기간 미보고 {len(rows)}건"), *_marked(table, rows)]


# --- Ⅳ ----------------------------------------------------------------------------------------
def _plans(book):
    blocks = [d.Part("향후계획")]
    planned = [
        (field, [row for row in rows if row.next_plans.strip()])
        for field, rows in figures.by_field(book)
    ]
    if not any(rows for _, rows in planned):
        return [*blocks, d.Item("보고된 향후계획 없음")]
    for field, rows in planned:
        if rows:
            blocks += [d.Heading(field["name"]), *_marked(_plan_table(rows), rows)]
    return blocks


def _plan_table(rows):
    return d.Table(
        [
            d.Column("번호", width=8, align="center"),
            d.Column("공약명", width=30, header=True),
            d.Column("주관부서", width=16, align="center"),
            d.Column("향후계획", width=46),
        ],
        [(row.number, _name(row), row.department_name, row.next_plans) for row in rows],
    )


# --- 붙임 --------------------------------------------------------------------------------------
def _cards(book):
    blocks = [d.PageBreak(), d.Part("공약 관리카드", mark="붙임")]
    for row in book.rows:
        blocks += [d.Card(row.title, mark=row.number), *card_blocks(row)]
    return blocks
