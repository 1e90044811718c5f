"""사업 관리카드: one project on a page, and all projects of a half year, a page each (domain.md §1.6, §6)."""

from django.conf import settings

from projects import formats
from projects.models import ProjectOfficer
from reporting import documents as d
from reporting import formats as dates

from . import steps, tables
from .book import book_of

DEMO_NOTES = {
    "all": "이 카드의 내용은 모두 (예시)임.",
    "details": "사업명만 실제이고 나머지 내용은 (예시)임.",
}


def cards_document(period):
    """Return the cards of all projects of a half year."""
    book = book_of(period)
    rows, people = book.drawn.projects, _officers(book)
    blocks = [d.Contents()]
    for row in rows:
        blocks += [d.Card(row.title, mark=_mark(row, book)), *card_blocks(row, book, people)]
    return d.Document(
        title="사업 관리카드",
        subtitle=str(period),
        as_of=book.as_of,
        department=settings.OFFICE_NAME,
        summary=f"사업 {len(rows)}건의 개요, 재원, 담당자, 추진일정, 변경.",
        keywords=("사업", "관리카드", str(period)),
        draft=book.is_draft,
        blocks=blocks if rows else [d.Note("사업 없음")],
    )


def card_document(period, project_pk):
    """Return one project's card, or None where the period does not hold the project."""
    book = book_of(period)
    row = next((p for p in book.drawn.projects if p.project_id == project_pk), None)
    if row is None:
        return None
    return d.Document(
        title=row.title,
        subtitle=f"사업 관리카드 · {period}",
        as_of=book.as_of,
        department=settings.OFFICE_NAME,
        summary=f"{row.department_name} {row.title} {formats.span(row.starts, row.ends)}".strip(),
        keywords=("사업", "관리카드", row.title),
        draft=book.is_draft,
        blocks=card_blocks(row, book, _officers(book)),
    )


def _mark(row, book):
    """Return `3-2`: the task's number, and the place among its projects."""
    mine = [p.project_id for p in book.drawn.projects if p.task_number == row.task_number]
    return f"{row.task_number or 0}-{mine.index(row.project_id) + 1}"


def _officers(book):
    """Return {project pk: people in charge up to the as-of date, the latest first}; one query."""
    found = {}
    rows = ProjectOfficer.objects.filter(starts_on__lte=book.period.as_of)
    for row in rows.select_related("person").order_by("-starts_on", "pk"):
        found.setdefault(row.project_id, []).append(row)
    return found


def card_blocks(row, book, people):
    """Return the blocks of one card, without its heading; parts without content are left out."""
    note = [d.Note(DEMO_NOTES[row.demo])] if row.demo in DEMO_NOTES else []
    return [
        *note,
        d.Facts(_facts(row, book)),
        *_headed(f"재원({tables.UNIT})", _without_unit(tables.funding(row))),
        *_people(people.get(row.project_id, [])),
        *_schedule(row, book),
        *_revisions(row.data["revisions"]),
        *_relations(row.data["relations"]),
        *_special(row),
        *_told(row),
    ]


def _headed(title, table):
    return [d.Heading(title), table] if table else []


def _without_unit(table):
    """Return a table whose unit stands in the heading: that saves the card a line."""
    if table is None:
        return None
    return d.Table(table.columns, table.rows, total_first=table.total_first)


def _facts(row, book):
    data = row.data
    task = next((t for t in book.drawn.tasks if t.number == row.task_number), None)
    wide = [
        ("위치", row.location),
        ("규모·대상", data["scope"]),
        ("대상 시·군", ", ".join(data["partners"])),
        ("사업내용", tables.content(row)),
        ("아래 사업", _parts(row, book)),
        ("기대효과", data["expected_effect"]),
    ]
    return [
        d.Fact("주요업무", f"{task.number}. {task.title}" if task else ""),
        d.Fact("종류", row.get_kind_display()),
        d.Fact("부서", row.department_name),
        d.Fact("묶는 사업", data["parent"] or "없음"),
        d.Fact("사업기간", formats.period(row.starts, row.ends)),
        d.Fact("총사업비", tables.cost(row)),
        *(d.Fact(label, text, wide=True) for label, text in wide if text),
    ]


def _parts(row, book):
    parts = enumerate(book.drawn.parts_of(row), 1)
    return "\n".join(f"{formats.circled(at)} {part.title}" for at, part in parts)


def _people(rows):
    if not rows:
        return []
    columns = [
        d.Column("역할", width=15, header=True),
        d.Column("성명", width=25),
        d.Column("부터", "date", 20),
        d.Column("까지", width=20, align="center"),
    ]
    lines = [
        (r.get_duty_display(), r.person.name, r.starts_on, dates.day(r.ends_on) or "현재")
        for r in rows
    ]
    return [d.Heading("담당자"), d.Table(columns, lines)]


def _schedule(row, book):
    """Return the project's own steps; where it has none and is alone in its task, the task's."""
    mine, title = row.data["milestones"], "추진일정"
    if not mine:
        tops = [p for p in book.programmes if p.task_number == row.task_number]
        task = next((t for t in book.drawn.tasks if t.number == row.task_number), None)
        if task is None or tops != [row]:
            return []
        mine, title = task.data["milestones"], f"추진일정(주요업무 {task.number})"
    if not mine:
        return []
    chart = steps.chart(mine, book.on)
    drawn = [d.Heading("일정표"), chart, d.Note(steps.LEGEND)] if chart else []
    return [d.Heading(title), steps.table(mine, book.on), *drawn]


def _revisions(rows):
    if not rows:
        return []
    columns = [
        d.Column("차수", width=8, align="center", header=True),
        d.Column("변경일", width=14, align="center"),
        d.Column("항목", width=14),
        d.Column("당초", width=20),
        d.Column("변경", width=20),
        d.Column("사유", width=24),
    ]
    lines = [
        (
            f"{r['number']}차",
            dates.partial(r["decided_on"]),
            x["label"],
            x["before"],
            x["after"],
            r["reason"],
        )
        for r in rows
        for x in r["lines"] or [{"label": "", "before": "", "after": ""}]
    ]
    return [d.Heading("계획 변경(당초·변경)"), d.Table(columns, lines, merge_first=True)]


def _relations(rows):
    if not rows:
        return []
    columns = [d.Column("관계", width=20, header=True), d.Column("사업", width=80)]
    lines = [(row["kind"], row["title"]) for row in rows]
    return [d.Heading("관련 사업"), d.Table(columns, lines, merge_first=True)]


def _special(row):
    lines = tables.detail(row)
    return [d.Heading(row.get_kind_display()), *lines] if lines else []


def _told(row):
    texts = [
        ("추진실적", row.done),
        ("문제점", row.problems),
        ("대책", row.countermeasures),
        ("향후계획", row.next_plans),
    ]
    facts = [d.Fact(label, text, wide=True) for label, text in texts if text.strip()]
    when = f"({row.reported_in})" if row.reported_in else ""
    return [d.Heading(f"추진상황{when}"), d.Facts(facts)] if facts else []
