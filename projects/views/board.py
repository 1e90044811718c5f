"""주요업무·사업 현황판: a half year at a glance for managers; every figure leads to its list."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting import formats
from reporting.models import Period
from reporting.permissions import runs_periods

from .. import schedule
from ..board import AMOUNTS, ROUNDING, book_of, department_seen, percent, periods_seen, sums
from ..models import Source
from .board_items import MONEY, items_url, money_line, must_watch

State = schedule.State
NAMES_SHOWN = 5  # steps under 지연 and 곧 기한 before "그 밖에"
PROJECTS_SHOWN = 20  # lines of the table of projects before "그 밖에"
TOKENS = {
    State.DONE: "completed",
    State.LATE: "scrapped",
    State.SOON: "partial",
    State.ONGOING: "on_track",
    State.PLANNED: "draft",
}
UNKNOWN = "알 수 없음"
SHORT = "자료 부족"


@dataclass(frozen=True)
class Cell:
    """A printed figure, how many rows stand behind it, and their list."""

    text: str
    count: int
    href: str
    note: str = ""


@require_safe
def board(request):
    """Show one half year's board; without `?period` the latest published one, or else the latest."""
    must_watch(request.user)
    code = request.GET.get("period", "")
    if "\x00" in code:  # which PostgreSQL cannot compare
        raise Http404("그런 기간이 없습니다.")
    periods = periods_seen().offered(code)
    if not periods:
        return render(request, "projects/board.html", {"periods": []})
    period = _chosen(code, periods)
    book = book_of(period, department=department_seen(period, request.user))
    context = {"periods": periods, "period": period, "book": book, **_steps(book), **_money(book)}
    return render(
        request,
        "projects/board.html",
        {**context, **_before(book), "runs_periods": runs_periods(request.user)},
    )


def _chosen(code, periods):
    if code:
        found = [period for period in periods if period.code == code]
        if not found:
            raise Http404("그런 기간이 없습니다.")
        return found[0]
    published = periods_seen().filter(state=Period.State.PUBLISHED).first()
    return published or periods[0]


# --- steps ------------------------------------------------------------------------------------
def _steps(book):
    tally = book.tally
    return {
        "soon_days": schedule.SOON,
        "states": State.labels,
        "done_rate": percent(tally[State.DONE], len(book.steps)),
        "state_cells": [_state_cell(book, state) for state in State],
        "all_steps": _count(len(book.steps), book),
        "watched": [_watched(book, state) for state in (State.LATE, State.SOON)],
        "task_chart": [_stack(book, *line) for line in _by_task(book)],
        "task_lines": [_task_line(book, "총계", None, book.steps)]
        + [_task_line(book, *line) for line in _by_task(book)],
    }


def _asked(book, asked):
    """Add the department of a book that holds only one, so that its lists hold no other."""
    return asked if book.department is None else {"department": book.department, **asked}


def _count(count, book, **asked):
    return Cell(formats.number(count), count, items_url(book.period, **_asked(book, asked)))


def _state_cell(book, state):
    return state.label, _count(book.tally[state], book, state=state.value)


def _watched(book, state):
    """Return (state, Cell, the first steps, how many more) of one state."""
    rows = book.in_state(state)
    cell = _count(len(rows), book, state=state.value)
    return state, cell, rows[:NAMES_SHOWN], max(0, len(rows) - NAMES_SHOWN)


def _by_task(book):
    """Return [(title, number, steps)] of every task, and of the projects of none."""
    titles = {step.task_number: step.task_title for step in book.steps}
    titles |= {task.number: task.title for task in book.tasks}
    return [
        (
            f"{number}. {titles[number]}" if number else "업무에 딸리지 않은 사업",
            number,
            [step for step in book.steps if step.task_number == number],
        )
        for number in sorted(titles, key=lambda number: number or 999)
    ]


def _of(steps, state):
    return sum(step.state == state for step in steps)


def _stack(book, title, number, steps):
    parts = [(state.label, _of(steps, state), TOKENS[state]) for state in State]
    href = items_url(book.period, **_asked(book, {"task": number})) if steps else ""
    return title, parts, href


def _task_line(book, title, number, steps):
    asked = {} if number is None else {"task": number}
    cells = [_count(_of(steps, state), book, state=state.value, **asked) for state in State]
    rate = percent(_of(steps, State.DONE), len(steps))
    return title, _count(len(steps), book, **asked), cells, rate


# --- money ------------------------------------------------------------------------------------
def _money(book):
    whole = sums(book.money)
    counted = [m for m in book.money if m.is_counted and m.is_known()]
    departments = {m.row.department_id: m.row.department_name for m in counted}
    return {
        "rounding": ROUNDING,
        "whole": _money_line(book, "총계", book.money),
        "sources": [_money_line(book, "총계", book.money)]
        + [_money_line(book, label, book.money, source=source) for source, label in Source.choices],
        "departments": [
            _money_line(
                book,
                name,
                [m for m in book.money if m.row.department_id == pk],
                department=pk,
            )
            for pk, name in departments.items()
        ],
        "project_lines": [_project_line(book, m) for m in counted[:PROJECTS_SHOWN]],
        "more_projects": max(0, len(counted) - PROJECTS_SHOWN),
        "money_counts": [
            (label, _money_count(book, key, count))
            for key, label, count in (
                ("known", "금액을 아는 사업", len(counted)),
                ("rated", "집행률에 넣은 사업", whole.rated),
                ("over", "집행이 확보를 넘은 사업", whole.over),
                ("projected", "연말 예상에 넣은 사업", whole.told),
                ("short", "연말 예상 자료가 부족한 사업", whole.short),
                ("replaced", "아래 사업으로 나눠 센 묶음", _uncounted(book)),
                ("unknown", "올해 금액을 모르는 사업", _unknown(book)),
            )
        ],
    }


def _uncounted(book):
    return sum(not m.is_counted for m in book.money)


def _unknown(book):
    return sum(m.is_counted and not m.is_known() for m in book.money)


def _money_count(book, key, count):
    return _count(count, book, kind=MONEY, money=key)


def _money_line(book, name, rows, **asked):
    """Return one line of a table of money: 계획·확보·집행, rate, year-end, each with its list."""
    found = sums(rows, asked.get("source", ""))

    def cell(text, count, key, note=""):
        return Cell(
            text,
            count,
            items_url(book.period, **_asked(book, {**asked, "kind": MONEY, "money": key})),
            note,
        )

    amounts = [
        cell(formats.number(value) if known else UNKNOWN, known, key)
        for key, (value, known) in found.amounts.items()
    ]
    months = ", ".join(f"{month}개월" for month in found.months)
    return {
        "name": name,
        "amounts": amounts,
        "rate": found.rate,
        "rated": cell(
            f"{found.rate}%" if found.rate is not None else UNKNOWN, found.rated, "rated"
        ),
        "over": cell(f"100% 초과 {found.over}건", found.over, "over"),
        "projected": cell(
            formats.number(found.projected) if found.told else SHORT,
            found.told,
            "projected",
            months,
        ),
        "short": cell(f"{SHORT} {found.short}건", found.short, "short"),
    }


def _project_line(book, money):
    href = items_url(book.period, **_asked(book, {"kind": MONEY, "project": money.row.project_id}))
    return {**money_line(money), "href": href}


# --- the period before ------------------------------------------------------------------------
def _before(book):
    """Return the comparison with the half year before, if there is one."""
    period = _earlier(book.period)
    if period is None:
        return {"earlier": None}
    then = book_of(period, department=book.department)
    lines = [
        (state.label, _state_cell(then, state)[1], _state_cell(book, state)[1]) for state in State
    ]
    counts = [(name, old, new, _change(old.count, new.count)) for name, old, new in lines]
    return {"earlier": then, "changes": [*counts, *_money_changes(then, book)]}


def _earlier(period):
    sooner = Q(year__lt=period.year) | Q(year=period.year, number__lt=period.number)
    return periods_seen().filter(sooner).first()


def _money_changes(then, book):
    before, now = sums(then.money), sums(book.money)
    old, new = (_money_line(one, "총계", one.money) for one in (then, book))
    found = [
        (f"{label}(백만원)", o, n, _change(before.amounts[name][0], now.amounts[name][0]))
        for (name, label), o, n in zip(AMOUNTS.items(), old["amounts"], new["amounts"], strict=True)
    ]
    change = _change(before.rate, now.rate, "%p")
    return [*found, ("집행률", old["rated"], new["rated"], change)]


def _change(before, now, unit=""):
    """Print a difference with its sign, blank where one of the two is unknown."""
    if before is None or now is None:
        return ""
    gap = now - before
    return f"{'+' if gap > 0 else ''}{gap:,}{unit}".replace("-", "△") if gap else "같음"
