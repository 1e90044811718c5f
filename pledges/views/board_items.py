"""The list behind every figure of the board, narrowed by the same questions that counted it."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from reporting import documents as d
from reporting.exports import files, sheets
from reporting.models import Period, Submission
from reporting.permissions import reviews_any, watches

from .. import rules
from ..documents import figures
from ..models import PublishedPledge
from ..subject import PledgeSubject

State = Submission.State
COUNTED = {
    "fulfilled": "완료(종료·이행후 계속추진)",
    "in_progress": "추진중(정상추진·일부추진)",
    "set_aside": "보류·폐기",
    "wide": "완료와 정상추진",
    "has_target": "올해 목표를 판단한 공약",
    "target_met": "올해 목표를 이룬 공약",
    "has_money": "계획액과 확보액을 아는 공약",
    "has_spending": "확보액과 집행액을 아는 공약",
    "has_progress": "추진율을 적은 공약",
}
NO_STATUS = "none"
UNREPORTED = "unreported"  # as the citizens' list asks; the same rows as the rule of attention
ANY = "any"
COLUMNS = [
    d.Column("관리번호", width=8),
    d.Column("공약명", width=30),
    d.Column("분야", width=14),
    d.Column("주관부서", width=16),
    d.Column("이행상태", width=14),
    d.Column("추진율(%)", "number", 8),
    d.Column("임기 내 계획(백만원)", "amount", 12),
    d.Column("확보(백만원)", "amount", 12),
    d.Column("집행(백만원)", "amount", 12),
    d.Column("살펴볼 점", width=20),
    d.Column("제출상태", width=10),
    d.Column("예시 여부", width=16),
]


@dataclass(frozen=True)
class Row:
    """One line of the list: the pledge, its page, why it needs attention, how far its report is."""

    pledge: PublishedPledge
    href: str
    reasons: list
    state: str

    @property
    def status_label(self):
        """Return the status in words, 미보고 for none."""
        return figures.status_label(self.pledge.status)

    @property
    def state_label(self):
        """Return the submission's state in words, blank for published rows."""
        return State(self.state).label if self.state else ""


class ItemsForm(forms.Form):
    """What the list can be narrowed by; the choices are those of the period's book."""

    field = forms.ChoiceField(label="분야", required=False)
    status = forms.ChoiceField(label="이행상태", required=False)
    department = forms.ChoiceField(label="주관부서", required=False)
    counted = forms.ChoiceField(label="센 대상", required=False)
    attention = forms.ChoiceField(label="살펴볼 점", required=False)
    state = forms.ChoiceField(label="제출상태", required=False)
    period = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data, book):
        super().__init__(data)
        fields = book.term.fields if book.term else []
        statuses = [(s, figures.status_label(s)) for s in figures.STATUSES]
        statuses += [(UNREPORTED, "미보고(이번 기간)"), (NO_STATUS, "보고된 적 없음")]
        departments = [(pk.pk, name) for pk, name, _ in figures.by_department(book)]
        self._offer("field", [(f["order"], f["name"]) for f in fields])
        self._offer("status", statuses)
        self._offer("department", departments)
        self._offer("counted", COUNTED.items())
        self._offer("attention", [(ANY, "하나라도 있음"), *((r.key, r.label) for r in rules.RULES)])
        self._offer("state", State.choices)
        if book.publication:
            del self.fields["state"]

    def _offer(self, name, choices):
        self.fields[name].choices = [("", "모두"), *((str(key), label) for key, label in choices)]

    def narrow(self, rows, period):
        """Return the rows that answer yes to every question asked; none when a question is unknown."""
        if not self.is_valid():
            return []
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        tests = [
            QUESTIONS[name](value, period) for name, value in asked.items() if name != "period"
        ]
        return [row for row in rows if all(test(row) for test in tests)]


def _attention(key, period):
    if key == ANY:
        return lambda row: bool(row.reasons)
    return lambda row: key in [rule.key for rule in row.reasons]


def _status(code, period):
    if code == UNREPORTED:
        return lambda row: rules.is_unreported(row.pledge, period)
    return lambda row: (row.pledge.status or NO_STATUS) == code


QUESTIONS = {
    "field": lambda value, _: lambda row: str(row.pledge.field_order) == value,
    "status": _status,
    "department": lambda value, _: lambda row: str(row.pledge.department_id) == value,
    "counted": lambda value, _: lambda row: figures.COUNTED[value](row.pledge),
    "attention": _attention,
    "state": lambda value, _: lambda row: row.state == value,
}


def must_watch(user):
    """Refuse whoever does not see the boards."""
    if not watches(user):
        raise PermissionDenied("현황판은 관리자와 부서장, 전략기획실이 봅니다.")


def periods_seen():
    """Return the quarters that have pledges to show, the latest first."""
    periods = Period.objects.filter(cadence__in=PledgeSubject.cadences)
    return periods.exclude(state=Period.State.PREPARED).newest_first()


def items_url(period, **asked):
    """Return the address of the list that answers these questions for a period."""
    query = {"period": period.code, **{name: value for name, value in asked.items() if value}}
    return f"{reverse('pledges:board-items')}?{urlencode(query)}"


@require_safe
def items(request):
    """List a period's pledges, narrowed; `?format=xlsx` and `?format=csv` give the same rows."""
    must_watch(request.user)
    code = request.GET.get("period", "").replace("\x00", "")  # which PostgreSQL cannot compare
    period = get_object_or_404(periods_seen(), code=code)
    book = figures.book_of(period, seen_by=request.user)
    form = ItemsForm(request.GET, book)
    rows = form.narrow(_rows(book, request.user), period)
    kind = request.GET.get("format", "")
    if kind in ("xlsx", "csv") and form.is_valid():
        return _sheet(rows, period, kind)
    context = {"period": period, "book": book, "form": form, "rows": rows}
    return render(request, "pledges/board_items.html", context)


def _rows(book, user):
    return [
        Row(
            pledge,
            _page(book, pledge, user),
            rules.reasons(pledge, book.period),
            _state(book, pledge),
        )
        for pledge in book.rows
    ]


def _state(book, pledge):
    return book.items[pledge.pledge_id][1] if pledge.pledge_id in book.items else ""


def _page(book, pledge, user):
    """Return where the pledge's quarter is read: the public page, or the item of an open period."""
    if book.publication:
        return f"/pledges/{pledge.number}/?{urlencode({'period': book.period.code})}"
    name = "reporting:review-item" if reviews_any(user) else "reporting:entry"
    return reverse(name, args=[book.items[pledge.pledge_id][0]])


def _sheet(rows, period, kind):
    lines = [_line(row) for row in rows]
    name = files.filename("공약현황", period.as_of, kind)
    if kind == "csv":
        return files.download(sheets.csv_bytes(COLUMNS, lines)[0], name, kind)
    return files.download(sheets.sheet("공약현황", COLUMNS, lines), name, kind)


def _line(row):
    p = row.pledge
    reasons = ", ".join(rule.label for rule in row.reasons)
    return (
        p.number,
        p.title,
        p.field_name,
        p.department_name,
        row.status_label,
        p.progress_pct,
        p.planned_in_term,
        p.secured,
        p.spent,
        reasons,
        row.state_label,
        p.get_demo_display(),
    )
