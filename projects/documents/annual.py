"""주요업무 추진상황: cover, 순서, Ⅰ 추진목표 및 추진전략, Ⅱ the tasks in the plan's order (domain.md §9.4)."""

from projects import schedule
from reporting import documents as d

from . import outline
from .book import book_of

FOLLOWS = "⇒"


def annual_document(period):
    """Return the report of a half year, as published or as it stands."""
    book = book_of(period)
    drawn = book.drawn
    return d.Document(
        title=f"{period.year}년도 주요업무 추진상황",
        as_of=book.as_of,
        department=drawn.plan.department_name if drawn.plan else "",
        summary=_summary(book),
        keywords=("주요업무", f"{period.year}년", str(period), "추진상황", "추진계획"),
        draft=book.is_draft,
        cover=True,
        blocks=[d.Contents(), *_first(book), *_tasks(book)] if drawn.plan else _nothing(period),
    )


def _nothing(period):
    return [d.Note(f"{period.year}년도 주요업무 계획이 없음")]


def _summary(book):
    if book.drawn.plan is None:
        return ""
    plan, steps = book.drawn.plan.data, _all_steps(book)
    count = schedule.tally(steps, book.on)
    late = count[schedule.State.LATE]
    return (
        f"추진목표 {len(plan['goals'])}건, 추진전략 {len(plan['strategies'])}건, "
        f"주요업무 {len(book.drawn.tasks)}건. 추진일정 {len(steps)}건 가운데 "
        f"{count[schedule.State.DONE]}건 완료" + (f", {late}건 지연." if late else ".")
    )


def _all_steps(book):
    return [step for task in book.drawn.tasks for step in task.data["milestones"]]


def _first(book):
    """Return part Ⅰ."""
    year, plan = book.period.year, book.drawn.plan.data
    return [
        d.PageBreak(),
        d.Part(f"{year}년도 추진목표 및 추진전략"),
        d.Heading("추진목표"),
        *_lines(plan["goals"]),
        d.Heading("추진전략"),
        *_lines(plan["strategies"]),
    ]


def _lines(rows):
    blocks = []
    for row in rows:
        blocks.append(d.Item(row["text"]))
        blocks += [d.Detail(row["follows"], FOLLOWS)] if row["follows"] else []
    return blocks


def _tasks(book):
    """Return part Ⅱ, each task on a page of its own."""
    blocks = [d.PageBreak(), d.Part(f"{book.period.year}년도 주요업무 추진상황")]
    for at, task in enumerate(book.drawn.tasks):
        blocks += [d.PageBreak()] if at else []
        blocks += [d.Task(task.title, mark=str(task.number)), *outline.task_blocks(task, book)]
    return blocks
