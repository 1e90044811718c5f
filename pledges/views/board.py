"""공약 현황판: a quarter at a glance for managers; every figure leads to its list."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Role
from reporting.models import Period, Submission
from reporting.permissions import reads_drafts, reviews_any, runs_periods

from .. import rates, rules
from ..documents import figures
from .board_items import items_url, must_watch, periods_seen

State = Submission.State
COLLECTED = (State.DRAFT, State.RETURNED, State.SUBMITTED, State.APPROVED)
NAMES_SHOWN = 5  # names under a rule of attention before "그 밖에"


@dataclass(frozen=True)
class Figure:
    """One large number: what it says, the count behind it, the list of that count, its formula."""

    label: str
    text: str
    count: int
    href: str
    formula: str


@dataclass(frozen=True)
class Link:
    """A count and the list it leads to."""

    count: int
    href: str


@dataclass(frozen=True)
class Line:
    """One row of a table of counts: its name, its total, a count for each column, its 이행률 in %."""

    name: str
    total: Link
    cells: list
    rate: object = None


@require_safe
def board(request):
    """Show one period's board; without `?period` the latest published one, or else the latest."""
    must_watch(request.user)
    code = request.GET.get("period", "")
    if "\x00" in code:  # which PostgreSQL cannot compare
        raise Http404("그런 기간이 없습니다.")
    periods = periods_seen().offered(code)
    if not periods:
        return render(request, "pledges/board.html", {"periods": []})
    period = _chosen(code, periods)
    book = figures.book_of(period, seen_by=request.user)
    return render(
        request, "pledges/board.html", {"periods": periods, **_context(book, request.user)}
    )


def _chosen(code, periods):
    if code:
        found = [period for period in periods if period.code == code]
        if not found:
            raise Http404("그런 기간이 없습니다.")
        return found[0]
    published = periods_seen().filter(state=Period.State.PUBLISHED).first()
    return published or periods[0]


def _context(book, user):
    history = figures.rates_over_time(book.term.no, book.period.as_of) if book.term else []
    return {
        "period": book.period,
        "book": book,
        "partial": not book.publication and user.role == Role.HEAD,
        "labels": [label for _, label in _statuses(book)],
        "collected_labels": [state.label for state in COLLECTED],
        "figures": _figures(book),
        "history": history,
        "history_labels": [period.name for period, _ in history],
        "history_lines": _history_lines(history),
        "field_chart": _field_chart(book),
        "status_chart": _status_chart(book),
        "fields": _lines(book, "field"),
        "departments": _lines(book, "department"),
        "attention": _attention(book),
        "attention_any": _any_attention(book),
        "money": figures.money(book.rows),
        "money_links": _money_links(book),
        "collection": _collection(book),
        "reads_report": book.publication or reads_drafts(user),
        "reviews": reviews_any(user),
        "runs_periods": runs_periods(user),
    }


# --- figures ----------------------------------------------------------------------------------
def _figures(book):
    """Return the large numbers; each count is the length of the list it leads to."""
    official = {rate.key: rate for rate in rates.official_rates(book.rows, book.rounding)}
    groups = book.groups
    spent_rate = figures.money(book.rows)[0].spent_rate
    rows = [
        ("공약이행률", groups.fulfilled_rate, "fulfilled", official["fulfilled"].formula),
        ("추진중", groups.in_progress_rate, "in_progress", "(정상추진 + 일부추진)의 몫"),
        ("평균 추진율", official["progress"].value, "has_progress", official["progress"].formula),
        ("재정확보율", official["secured"].value, "has_money", official["secured"].formula),
        ("집행률", spent_rate, "has_spending", "집행액 ÷ 확보액"),
    ]
    found = [
        Figure(
            label,
            rates.show(value),
            _counted(book, key),
            items_url(book.period, counted=key),
            formula,
        )
        for label, value, key, formula in rows
    ]
    whole = Figure(
        "전체 공약",
        f"{len(book.rows)}건",
        len(book.rows),
        items_url(book.period),
        f"{len(book.term.fields) if book.term else 0}대 분야",
    )
    return [found[0], whole, *found[1:]]


def _counted(book, key):
    return sum(figures.COUNTED[key](row) for row in book.rows)


def _history_lines(history):
    rate = [groups.fulfilled_rate for _, groups in history]
    return [("공약이행률", rate, "completed_ongoing")]


# --- by status, field, department ---------------------------------------------------------------
def _statuses(book):
    return [(s or "none", figures.status_label(s)) for s in figures.shown_statuses(book.rows)]


def _token(status):
    return status if status != "none" else "neutral"


def _field_chart(book):
    return [
        (
            f["name"],
            [(label, _of(rows, status), _token(status)) for status, label in _statuses(book)],
            items_url(book.period, field=f["order"]),
        )
        for f, rows in figures.by_field(book)
    ]


def _status_chart(book):
    return [
        (label, _of(book.rows, status), _token(status), items_url(book.period, status=status))
        for status, label in _statuses(book)
    ]


def _of(rows, status):
    return sum((row.status or "none") == status for row in rows)


def _lines(book, by):
    """Return the table of counts by field or by department, the total first."""
    found = [("총계", None, book.rows)]
    if by == "field":
        found += [(f["name"], f["order"], rows) for f, rows in figures.by_field(book)]
    else:
        found += [(name, dept.pk, rows) for dept, name, rows in figures.by_department(book)]
    return [_line(book, name, rows, {by: key} if key else {}) for name, key, rows in found]


def _line(book, name, rows, asked):
    cells = [
        Link(_of(rows, status), items_url(book.period, status=status, **asked))
        for status, _ in _statuses(book)
    ]
    rate = rates.groups((row.status for row in rows), book.rounding).fulfilled_rate
    return Line(name, Link(len(rows), items_url(book.period, **asked)), cells, rate)


# --- attention --------------------------------------------------------------------------------
def _attention(book):
    """Return (rule, Link, first rows, how many more) of every rule, also of those that find nothing."""
    found = []
    for rule in rules.RULES:
        rows = book.attention(rule)
        link = Link(len(rows), items_url(book.period, attention=rule.key))
        found.append((rule, link, rows[:NAMES_SHOWN], max(0, len(rows) - NAMES_SHOWN)))
    return found


def _any_attention(book):
    count = sum(bool(rules.reasons(row, book.period)) for row in book.rows)
    return Link(count, items_url(book.period, attention="any"))


# --- money ------------------------------------------------------------------------------------
def _money_links(book):
    return [
        (label, Link(_counted(book, key), items_url(book.period, counted=key)))
        for key, label in (
            ("has_money", "확보율에 넣은 공약"),
            ("has_spending", "집행률에 넣은 공약"),
        )
    ]


# --- collection -------------------------------------------------------------------------------
def _collection(book):
    """Return the table of how far each department's reports are, for periods that are not published."""
    if book.publication:
        return []
    found = [("총계", None, book.rows)]
    found += [(name, dept.pk, rows) for dept, name, rows in figures.by_department(book)]
    return [_collected(book, *line) for line in found]


def _collected(book, name, department, rows):
    states = [book.items[row.pledge_id][1] for row in rows]
    cells = [
        Link(states.count(state), items_url(book.period, department=department, state=state))
        for state in COLLECTED
    ]
    return Line(name, Link(len(rows), items_url(book.period, department=department)), cells)
