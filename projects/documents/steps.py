"""추진일정 in documents: which steps are done, how their dates print, the months they fill."""

from projects import formats, schedule
from reporting import documents as d
from reporting import formats as dates

State = schedule.State
MONTHS_AT_MOST, QUARTERS_AT_MOST = 18, 24


def done(steps):
    """Return the steps that a report says are done."""
    return [step for step in steps if step["actual"]]


def to_come(steps):
    """Return the steps that are not done, the late ones too."""
    return [step for step in steps if not step["actual"]]


def listed(steps, on):
    """Return (line, notes) of each step; one step on several dates is one line (`2019. 7. / 10. / 12.`)."""
    groups = {}
    for step in steps:
        notes = tuple((note["mark"], note["text"]) for note in step["notes"])
        apart = step["pk"] if _moved(step) or _is_late(step, on) else None
        groups.setdefault((step["title"], notes, apart), []).append(step)
    return [
        (_line(title, group, on), [{"mark": m, "text": t} for m, t in notes])
        for (title, notes, _), group in groups.items()
    ]


def _line(title, group, on):
    first = group[0]
    if _moved(first):
        planned = formats.span(first["starts"], first["ends"], first["is_open"])
        return f"{dates.partial(first['actual'])}: {title}(당초 {planned})"
    when = formats.several([(s["starts"], s["ends"], s["is_open"]) for s in group])
    late = " (지연)" if _is_late(first, on) else ""
    return f"{when}: {title}{late}" if when else f"{title}{late}"


def _is_late(step, on):
    return schedule.state(step, on) == State.LATE


def _moved(step):
    """Say whether a step was done at another time than planned, as far as both are known."""
    if not step["actual"] or not step["starts"]:
        return False
    first, last = schedule.bounds(step["starts"], step["ends"], step["is_open"])
    begun, over = schedule.first_day(step["actual"]), schedule.last_day(step["actual"])
    return over < first or (last is not None and begun > last)


# --- tables of a card -------------------------------------------------------------------------
def table(steps, on):
    """Return the steps with what was planned, when it was done, how it stands."""
    columns = [
        d.Column("할 일", width=46, header=True),
        d.Column("계획", width=22, align="center"),
        d.Column("완료", width=18, align="center"),
        d.Column("상태", width=14, align="center"),
    ]
    rows = [
        (
            step["title"],
            formats.span(step["starts"], step["ends"], step["is_open"]),
            dates.partial(step["actual"]),
            State(schedule.state(step, on)).label,
        )
        for step in steps
    ]
    return d.Table(columns, rows)


def chart(steps, on):
    """Return the steps over months (quarters, years where they run long) as a table that prints, or None.

    □ planned, ■ done then; the column of the day `on` bears ▼.
    """
    dated = [step for step in steps if step["starts"]]
    if not dated:
        return None
    spans = [schedule.bounds(s["starts"], s["ends"], s["is_open"]) for s in dated]
    ends = [last or first for first, last in spans]
    ends += [schedule.last_day(s["actual"]) for s in dated if s["actual"]]
    starts = [first for first, _ in spans]
    starts += [schedule.first_day(s["actual"]) for s in dated if s["actual"]]
    size = _size(min(starts), max(ends))
    cells = range(_cell(min(starts), size), _cell(max(ends), size) + 1)
    columns = [d.Column("할 일", width=30, header=True), *_head(cells, size, _cell(on, size))]
    rows = [
        (step["title"], *(_mark(step, span, cell, size) for cell in cells))
        for step, span in zip(dated, spans, strict=True)
    ]
    return d.Table(columns, rows)


def _size(first, last):
    """Return the months of one column: 1, 3 or 12."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MONTHS_AT_MOST:
        return 1
    return 3 if months <= QUARTERS_AT_MOST * 3 else 12


def _cell(day, size):
    return (day.year * 12 + day.month - 1) // size


def _head(cells, size, now):
    """Return a column a month or quarter under its year; or a column a year."""
    told = {cell: ("▼" if cell == now else "") for cell in cells}
    if size == 12:
        return [d.Column(f"{told[cell]}{cell}", width=5, align="center") for cell in cells]
    years = {}
    for cell in cells:
        year, at = divmod(cell, 12 // size)
        label = f"{told[cell]}{at + 1}" if size == 1 else f"{told[cell]}{at + 1}/4"
        years.setdefault(year, []).append(d.Column(label, width=5, align="center"))
    return [d.Column(f"{year}년", children=columns) for year, columns in years.items()]


def _mark(step, span, cell, size):
    first, last = span
    if step["actual"]:
        begun = _cell(schedule.first_day(step["actual"]), size)
        over = _cell(schedule.last_day(step["actual"]), size)
        if begun <= cell <= over:
            return "■"
    begins = _cell(first, size)
    ends = cell if last is None else _cell(last, size)
    return "□" if begins <= cell <= ends else ""


LEGEND = "□ 계획, ■ 완료, ▼ 기준일이 든 칸"
