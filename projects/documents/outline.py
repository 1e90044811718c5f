"""One task of the plan as lines: aims, headings and what stands under them, steps by what is done."""

from projects.models import OutlineRow, Section
from reporting import documents as d

from . import steps, tables

Level, Kind = OutlineRow.Level, Section.Kind
LINES = {Level.ITEM: d.Item, Level.DETAIL: d.Detail, Level.NOTE: d.Note}
DEEPER = "·"  # a line under a `-`


def task_blocks(task, book):
    """Return the blocks of a task below its title."""
    sections = task.data["sections"]
    return [
        *(d.Aim(text) for text in task.data["aims"]),
        *(block for section in sections for block in _section(section, task, book)),
        *_homeless(task, book),
        *_problems(task),
        *_unreported(task),
    ]


def _section(section, task, book, deep=False):
    """Return a heading and what stands under it; a section in a section hangs under ○."""
    head = d.Item(section["title"]) if deep else d.Heading(section["title"], section["mark"])
    found = [head, *(_row(row, deep) for row in section["rows"])]
    found += [d.from_plain(block) for block in section["blocks"]]
    found += tables.inserted(section, book)
    if section["kind"] != Kind.ROWS:
        found += _steps(_steps_of(task, section["kind"]), book, deep)
    for inner in section["sections"]:
        found += _section(inner, task, book, deep=True)
    return found


def _row(row, deep):
    text = ": ".join(part for part in (row["label"], row["text"]) if part)
    if not deep:
        return LINES[row["level"]](text)
    if row["level"] == Level.NOTE:
        return d.Note(text)
    return d.Detail(text, "" if row["level"] == Level.ITEM else DEEPER)


def _steps_of(task, kind):
    part = steps.done if kind == Kind.DONE else steps.to_come
    return part(task.data["milestones"])


def _steps(found, book, deep):
    """Return the steps under their heading; none is said, not left out."""
    line = d.Detail if deep else d.Item
    blocks = []
    for text, notes in steps.listed(found, book.on):
        blocks += [line(text), *(_note(note, deep) for note in notes)]
    return blocks or [line("해당 없음")]


def _note(note, deep):
    if note["mark"] == "note":
        return d.Note(note["text"])
    return d.Detail(note["text"], DEEPER if deep else "")


def _homeless(task, book):
    """Return the steps for which the plan has no heading: what was done must not get lost."""
    kinds = {kind for section in task.data["sections"] for kind in _kinds(section)}
    found = []
    for kind in (Kind.DONE, Kind.PLANNED):
        mine = _steps_of(task, kind)
        if mine and kind not in kinds:
            found += [d.Heading(Kind(kind).label), *_steps(mine, book, deep=False)]
    return found


def _kinds(section):
    yield section["kind"]
    for inner in section["sections"]:
        yield from _kinds(inner)


def _problems(task):
    """Return 문제점 및 대책 where a department wrote any."""
    if not task.problems.strip():
        return []
    found = [d.Heading("문제점 및 대책"), d.Item(f"문제점: {task.problems}")]
    return found + ([d.Item(f"대책: {task.countermeasures}")] if task.countermeasures else [])


def _unreported(task):
    if task.reported:
        return []
    last = f" 마지막 보고는 {task.reported_in}." if task.reported_in else ""
    return [d.Note(f"이번 기간 미보고.{last}")]
