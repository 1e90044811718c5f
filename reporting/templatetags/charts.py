"""Charts as template tags: server-drawn SVG with a name, a description and its numbers as a table.

Rows are tuples, dicts or the NamedTuples of `reporting.charts`; the templates escape every text.
"""

from django import template

from reporting import charts, formats

register = template.Library()
PLOT = 170  # height of a line chart's plot, px


def shown(bar, unit=""):
    """Return a bar's printed value: its own text, or its number with the unit; unknown is blank."""
    if bar.text:
        return bar.text
    return f"{formats.number(bar.value)}{unit}" if bar.value is not None else formats.BLANK


def paint(bar):
    """Return the classes and colours of a bar's token; an unknown token is a fault of the page."""
    fill, ink = charts.COLOURS[bar.token]
    return {"fill": fill, "ink": ink, "token": bar.token}


def _frame(kind, rows, title, desc, unit, *, table, caption):
    """Return what every chart's figure needs."""
    return {
        "id": charts.name_of(kind, title, rows),
        "title": title,
        "desc": desc,
        "unit": unit,
        "table": table,
        "caption": caption,
    }


def _legend(bars, unit):
    return [{"bar": bar, "shown": shown(bar, unit), **paint(bar)} for bar in bars]


@register.inclusion_tag("charts/bar.html")
def bar_chart(rows, title, desc="", unit="", top=None, table=True, caption=True):
    """Draw horizontal bars (label, value, token, href, text); `top` is a full bar's value."""
    bars = charts.made(charts.Bar, rows)
    drawn = [
        {**row, "shown": shown(row["bar"], unit), **paint(row["bar"])}
        for row in charts.bar_rows(bars, top)
    ]
    return {
        **_frame("bar", bars, title, desc, unit, table=table, caption=caption),
        "rows": drawn,
        "height": len(drawn) * charts.ROW,
        "linked": any(bar.href for bar in bars),
    }


@register.inclusion_tag("charts/stacked.html")
def stacked_bar(rows, title, desc="", unit="", table=True, caption=True):
    """Draw 100 % stacked bars: rows of (label, parts, href), parts in one order in every row."""
    stacks = [
        charts.Stack(stack.label, charts.made(charts.Bar, stack.parts), stack.href)
        for stack in charts.made(charts.Stack, rows)
    ]
    drawn = charts.stack_rows(stacks)
    for row in drawn:
        for piece in row["segments"]:
            piece.update(paint(piece["bar"]))
        row["cells"] = [shown(part) for part in row["stack"].parts]
    return {
        **_frame("stacked", stacks, title, desc, unit, table=table, caption=caption),
        "rows": drawn,
        "height": len(drawn) * charts.ROW,
        "legend": _legend(stacks[0].parts, "") if stacks else [],
        "linked": any(stack.href for stack in stacks),
    }


@register.inclusion_tag("charts/donut.html")
def donut(rows, title, desc="", unit="", centre="", note="", table=True, caption=True):
    """Draw a ring of bar rows with `centre` (such as 39.3%) and `note` in its middle."""
    bars = charts.made(charts.Bar, rows)
    pieces = charts.rings(bars)
    for piece in pieces:
        piece.update(paint(piece["bar"]))
    return {
        **_frame("donut", bars, title, desc, unit, table=table, caption=caption),
        "pieces": pieces,
        "legend": _legend(bars, unit),
        "centre": centre,
        "note": note,
    }


@register.inclusion_tag("charts/line.html")
def line_chart(labels, series, title, desc="", unit="", top=None, table=True, caption=True):
    """Draw lines over columns (quarters): series are (label, values, token); None leaves a gap."""
    labels, series = list(labels), charts.made(charts.Series, series)
    top = top or charts.nice_top([value for one in series for value in one.values])
    places = charts.columns(labels)
    lines = [
        {**charts.line(one, places, top, PLOT), **paint(one), "mark": index % 3}
        for index, one in enumerate(series)
    ]
    show_all = len(series) == 1 and len(labels) <= charts.LABELS_AT_MOST
    for one in lines:
        last = len(one["points"]) - 1
        for index, point in enumerate(one["points"]):
            point["named"] = show_all or (len(series) == 1 and index in (0, last))
    return {
        **_frame("line", [labels, series], title, desc, unit, table=table, caption=caption),
        "lines": lines,
        "places": places,
        "plot": PLOT,
        "height": PLOT + 64,
        "grid": [{"y": PLOT - PLOT * step // 4, "value": top * step / 4} for step in (0, 2, 4)],
        "rows": [
            {"label": label, "values": [one.values[index] for one in series]}
            for index, label in enumerate(labels)
        ],
        "series": series,
    }


@register.inclusion_tag("charts/gantt.html")
def gantt(steps, on, title, desc="", caption=True):
    """Draw steps over months: the planned time, what was done, the day `on`; their table stands beside it."""
    steps = charts.made(charts.Step, steps)
    first, end = charts.months(steps, on)
    rows = [{**row, **paint(row["step"])} for row in charts.step_rows(steps, first, end)]
    return {
        **_frame("gantt", [steps, on], title, desc, "", table=False, caption=caption),
        "rows": rows,
        "ticks": charts.ticks(first, end),
        "plot": len(rows) * charts.ROW + 8,
        "height": len(rows) * charts.ROW + 60,
        "on": on,
        "on_x": charts.share((on - first).days, (end - first).days),
    }


@register.inclusion_tag("charts/progress.html")
def progress_bar(value, top, label, token="primary", text="", show=True):
    """Draw how far `value` is of `top`, its text beside it if `show`; unknown is an empty track."""
    width = min(charts.share(value, top), 100)
    bar = charts.Bar(label, value, token, "", text)
    return {"width": width, "label": label, "shown": shown(bar), "show": show, **paint(bar)}


@register.inclusion_tag("charts/sparkline.html")
def sparkline(values, label, unit="", token="primary"):
    """Draw a small line without axes; its name says first, last, lowest and highest value."""
    values = list(values)
    known = [value for value in values if value is not None]
    points = charts.spark_points(values)
    return {
        "points": " ".join(f"{x + 4},{y + 4}" for x, y in points),
        "end": points[-1] if points else None,
        "label": label,
        "unit": unit,
        "first": known[0] if known else None,
        "last": known[-1] if known else None,
        **paint(charts.Series(label, values, token)),
    }
