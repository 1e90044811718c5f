"""Steps as citizens see them: rows of a table and of a chart, judged on the day of the publication."""

from reporting.charts import Step

from ..formats import span
from ..schedule import State, bounds, first_day, last_day, state

TOKENS = {
    State.DONE: "completed",
    State.LATE: "scrapped",
    State.SOON: "partial",
    State.ONGOING: "on_track",
    State.PLANNED: "draft",
}


def drawn(steps, on):
    """Return the context of `projects/steps.html`: the steps of a snapshot with dates, state and chart."""
    return {
        "steps": [_step(step, on) for step in steps],
        "chart": [_chart(step, on) for step in steps],
        "on": on,
        "dated": any(step["starts"] or step["ends"] or step["actual"] for step in steps),
    }


def _step(step, on):
    """Return a step with its printed dates and its state on a day."""
    found = state(step, on)
    return {
        **step,
        "planned": span(step["starts"], step["ends"], step["is_open"]),
        "done": span(step["actual"]),
        "state": found.label,
        "token": TOKENS[found],
    }


def _chart(step, on):
    first, last = bounds(step["starts"], step["ends"], step["is_open"])
    found = state(step, on)
    actual = step["actual"]
    return Step(
        step["title"],
        first or first_day(step["ends"]),
        last,
        (first_day(actual), last_day(actual)) if actual else None,
        found.label,
        TOKENS[found],
        found == State.PLANNED,
    )


def counted(found):
    """Return (label, number, colour token) per state of a `tally`, for charts and figures."""
    return [(state.label, found[state], TOKENS[state]) for state in State]
