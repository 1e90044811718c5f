"""The geometry of charts drawn on the server: plain rows in, numbers for SVG out, no HTML.

Widths are percent of the drawing (Decimal, 2 places, truncated), heights are pixels, so that
text keeps its size on every screen. An unknown value (None) is never drawn as zero: its bar is
missing and its text is blank.
"""

import datetime
import math
import zlib
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

# The one table of chart colours (fill, text on it). static/css/charts.css repeats it for the
# screen, tests/site/test_look.py compares. WeasyPrint needs attributes: CSS stops at inline SVG.
COLOURS = {
    "completed": ("#083891", "#ffffff"),
    "completed_ongoing": ("#256ef4", "#ffffff"),
    "on_track": ("#267337", "#ffffff"),
    "partial": ("#ffb114", "#1e2124"),
    "on_hold": ("#8a949e", "#1e2124"),
    "scrapped": ("#bd2c0f", "#ffffff"),
    "draft": ("#b1b8be", "#1e2124"),
    "submitted": ("#0b78cb", "#ffffff"),
    "returned": ("#de3412", "#ffffff"),
    "approved": ("#228738", "#ffffff"),
    "primary": ("#0b50d0", "#ffffff"),
    "secondary": ("#346fb2", "#ffffff"),
    "third": ("#c78500", "#1e2124"),
    "neutral": ("#58616a", "#ffffff"),
}
TWO_PLACES = Decimal("0.01")
ROW = 52  # height of one bar with its line of text
SEGMENT_LABEL_FROM = 9  # percent a segment needs so that its number fits on a 390 px screen
LABELS_AT_MOST = 5  # names under a line chart that fit side by side on a 390 px screen
TICKS_AT_MOST = 16  # names of months or years over a plan of steps


class Bar(NamedTuple):
    """One row of a chart: name, number (None: unknown), colour token, page, printed value."""

    label: str
    value: int | Decimal | None
    token: str = "primary"
    href: str = ""
    text: str = ""


class Stack(NamedTuple):
    """One row of a stacked chart: its name, its parts (each a Bar), its page."""

    label: str
    parts: list
    href: str = ""


class Series(NamedTuple):
    """One line of a line chart: its name, one number or None per column, its colour token."""

    label: str
    values: list
    token: str = "primary"


class Step(NamedTuple):
    """One row of a plan of steps: name, first and last day it may fall on, what was done, how it stands.

    Without a first day it is undated; with one and no last day it goes on. `done` are two days or None.
    """

    label: str
    first: datetime.date | None
    last: datetime.date | None
    done: tuple | None = None
    state: str = ""
    token: str = "primary"
    hollow: bool = False


def made(kind, rows):
    """Return rows as `kind`, from tuples, dicts or what they already are."""
    return [kind(**row) if isinstance(row, dict) else kind(*row) for row in rows]


def share(value, whole):
    """Return value/whole in percent, 2 places, truncated; 0 where either is 0 or unknown."""
    if not value or not whole:
        return Decimal("0.00")
    exact = Decimal(value) * 100 / Decimal(whole)
    return exact.quantize(TWO_PLACES, rounding=ROUND_DOWN)


def bar_rows(bars, top=None):
    """Return each bar with y and width; the longest bar (or `top`) is 100 %."""
    whole = top or max((bar.value or 0 for bar in bars), default=0)
    return [
        {"bar": bar, "y": index * ROW, "width": min(share(bar.value, whole), Decimal(100))}
        for index, bar in enumerate(bars)
    ]


def segments(parts):
    """Return the parts with x and width in percent; parts of zero or unknown are left out."""
    whole = sum(part.value or 0 for part in parts)
    done, drawn = 0, []
    for part in parts:
        if not part.value:
            continue
        start, end = share(done, whole), share(done + part.value, whole)
        done += part.value
        width = end - start
        drawn.append(
            {
                "bar": part,
                "x": start,
                "width": width,
                "middle": start + width / 2,
                "named": width >= SEGMENT_LABEL_FROM,
            }
        )
    return drawn


def stack_rows(stacks):
    """Return each stack with y, total and segments."""
    return [
        {
            "stack": stack,
            "y": index * ROW,
            "total": sum(part.value or 0 for part in stack.parts),
            "segments": segments(stack.parts),
        }
        for index, stack in enumerate(stacks)
    ]


def _point(percent, radius):
    """Return x, y on a circle around 100, 100; 0 % is twelve o'clock, clockwise, 2 places."""
    angle = float(percent) / 100 * 2 * math.pi
    return f"{100 + radius * math.sin(angle):.2f}", f"{100 - radius * math.cos(angle):.2f}"


def ring(start, width, outer=96, inner=62):
    """Return the path of one ring segment (percent); a whole ring is two halves."""
    if width >= 100:
        return f"{ring(Decimal(0), Decimal(50))} {ring(Decimal(50), Decimal(50))}"
    end, large = start + width, int(width > 50)
    (ax, ay), (bx, by) = _point(start, outer), _point(end, outer)
    (cx, cy), (dx, dy) = _point(end, inner), _point(start, inner)
    return (
        f"M{ax} {ay} A{outer} {outer} 0 {large} 1 {bx} {by} "
        f"L{cx} {cy} A{inner} {inner} 0 {large} 0 {dx} {dy} Z"
    )


def rings(bars):
    """Return the segments of a donut, each with its path and the place of its number."""
    drawn = segments(bars)
    for piece in drawn:
        piece["path"] = ring(piece["x"], piece["width"])
        piece["text_x"], piece["text_y"] = _point(piece["middle"], 79)
        piece["named"] = piece["width"] >= 5
    return drawn


def nice_top(values):
    """Return the first of 1, 2, 5, 10, 20, … that is not below the largest value; 1 for none."""
    largest = max((value for value in values if value is not None), default=0)
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor >= largest:
                return step * factor
        step *= 10


def columns(labels):
    """Return each column's x in percent and whether its name is shown (the last one always is)."""
    gap = Decimal(82) / max(len(labels) - 1, 1)
    every = math.ceil(len(labels) / LABELS_AT_MOST) if labels else 1
    last = len(labels) - 1
    return [
        {
            "label": label,
            "x": (9 + gap * index).quantize(TWO_PLACES) if last else Decimal("50.00"),
            "named": (last - index) % every == 0,
        }
        for index, label in enumerate(labels)
    ]


def line(series, places, top, height):
    """Return points (x %, y px) and strokes between neighbours; an unknown value leaves a gap."""
    points = [
        {"x": place["x"], "y": height - int(value * height / top), "value": value}
        for place, value in zip(places, series.values, strict=True)
        if value is not None
    ]
    known = [value is not None for value in series.values]
    by_x = {point["x"]: point for point in points}
    strokes = [
        (by_x[left["x"]], by_x[right["x"]])
        for (left, right), both in zip(
            zip(places, places[1:], strict=False),
            zip(known, known[1:], strict=False),
            strict=True,
        )
        if all(both)
    ]
    return {"series": series, "points": points, "strokes": strokes}


def spark_points(values, width=120, height=28):
    """Return the known points (x, y in px) of a sparkline, from the lowest to the highest value."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0), max(known, default=0)
    step = width / max(len(values) - 1, 1)
    return [
        (int(index * step), height - int((value - low) * height / ((high - low) or 1)))
        for index, value in enumerate(values)
        if value is not None
    ]


def months(steps, on):
    """Return (first day, day after the last) of the whole months that hold every step and the day `on`."""
    days = [on, *(day for step in steps for day in (step.first, step.last, *(step.done or ())))]
    days = [day for day in days if day]
    first, last = min(days).replace(day=1), max(days)
    if any(step.first and not step.last for step in steps):
        last = max(last, *(step.first for step in steps if step.first))
        last = _month_after(last) if last.month == 12 else last.replace(month=12)
    return first, _month_after(last)


def _month_after(day):
    return _month_of(day.year * 12 + day.month)


def _month_of(count):
    """Return the first day of a month counted from the year 0; the calendar ends with 9999."""
    year = count // 12
    return datetime.date(year, count % 12 + 1, 1) if year <= 9999 else datetime.date.max


def ticks(first, end):
    """Return each drawn month: x in percent and its name, the year where it changes; few enough to read."""
    start, stop = (day.year * 12 + day.month - 1 for day in (first, end))
    gaps = (1, 3, 12)
    gap = next((g for g in gaps if (stop - start) / g <= TICKS_AT_MOST), 0)
    gap = gap or 12 * math.ceil((stop - start) / 12 / TICKS_AT_MOST)
    found, year = [], None
    for count in range(start + -start % gap, stop, gap):
        day = _month_of(count)
        told = f"{day.year}년" if gap >= 12 else f"{day.month}월"
        told = f"{day.year}년 {told}" if gap < 12 and day.year != year else told
        year = day.year
        found.append({"x": share((day - first).days, (end - first).days), "label": told})
    return found


def step_rows(steps, first, end):
    """Return each step with y and, in percent, the place of its bar, its done mark and its words."""
    whole = (end - first).days

    def place(start, last):
        x = share((start - first).days, whole)
        return {"x": x, "width": share((last - first).days + 1, whole) - x}

    rows = []
    for index, step in enumerate(steps):
        bar = place(step.first, step.last or end - datetime.timedelta(1)) if step.first else None
        done = place(*step.done) if step.done else None
        shown = bar or done or {"x": Decimal(0), "width": Decimal(0)}
        right = shown["x"] > 50
        text_x = shown["x"] + shown["width"] if right else shown["x"]
        rows.append(
            {
                "step": step,
                "y": index * ROW,
                "bar": bar,
                "done": {**done, "middle": done["x"] + done["width"] / 2} if done else None,
                "open": bool(step.first and not step.last),
                "text_x": text_x,
                "anchor": "end" if right else "start",
            }
        )
    return rows


def name_of(*parts):
    """Return an id that is the same whenever the same chart is drawn (so pages keep their ETag)."""
    return f"chart-{zlib.crc32(repr(parts).encode()):08x}"
