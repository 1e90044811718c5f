"""The lists behind every figure of the board: steps or projects with money, narrowed as they were counted."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from reporting import documents as d
from reporting import formats
from reporting.exports import files, sheets
from reporting.models import Submission
from reporting.permissions import reviews_any, watches

from .. import schedule
from ..board import AMOUNTS, book_of, department_seen, doubts, periods_seen
from ..models import Source

STEPS, MONEY = "steps", "money"
KINDS = {STEPS: "추진일정", MONEY: "사업 예산"}
NO_TASK = "0"
MONEY_QUESTIONS = {
    "known": ("올해 금액을 아는 사업", lambda m, s: m.is_counted and m.is_known(s)),
    **{
        name: (f"{label}액을 아는 사업", lambda m, s, name=name: _knows(m, name, s))
        for name, label in AMOUNTS.items()
    },
    "rated": ("집행률에 넣은 사업", lambda m, s: m.is_counted and bool(m.rated(s))),
    "over": ("집행이 확보를 넘은 사업", lambda m, s: m.is_counted and m.is_over(s)),
    "projected": ("연말 예상이 있는 사업", lambda m, s: _told(m, s) and m.projected(s) is not None),
    "short": ("연말 예상 자료가 부족한 사업", lambda m, s: _told(m, s) and m.projected(s) is None),
    "replaced": ("아래 사업으로 나눠 센 묶음", lambda m, s: not m.is_counted),
    "unknown": ("올해 금액을 모르는 사업", lambda m, s: m.is_counted and not m.is_known(s)),
}
STEP_COLUMNS = [
    d.Column("업무 번호", "number", 8),
    d.Column("주요업무", width=28),
    d.Column("사업", width=20),
    d.Column("추진일정", width=36),
    d.Column("계획한 때", width=18),
    d.Column("상태", width=10),
    d.Column("지난 날수", "number", 8),
    d.Column("마친 때", width=14),
    d.Column("부서", width=16),
    d.Column("예시 여부", width=16),
]
MONEY_COLUMNS = [
    d.Column("업무 번호", "number", 8),
    d.Column("사업", width=34),
    d.Column("부서", width=16),
    d.Column("계획(백만원)", "amount", 12),
    d.Column("확보(백만원)", "amount", 12),
    d.Column("집행(백만원)", "amount", 12),
    d.Column("집행률(%)", "number", 10),
    d.Column("연말 예상(백만원)", "amount", 12),
    d.Column("근거 개월", "number", 8),
    d.Column("살펴볼 점", width=24),
    d.Column("예시 여부", width=16),
]


def _knows(money, name, source):
    return money.is_counted and money.amount(name, source) is not None


def _told(money, source):
    return money.is_counted and money.is_known(source)


class ItemsForm(forms.Form):
    """What a list can be narrowed by; the choices are those of the period's book."""

    state = forms.ChoiceField(label="상태", required=False)
    task = forms.ChoiceField(label="주요업무", required=False)
    department = forms.ChoiceField(label="부서", required=False)
    source = forms.ChoiceField(label="재원", required=False)
    money = forms.ChoiceField(label="예산", required=False)
    project = forms.ChoiceField(label="사업", required=False)
    kind = forms.ChoiceField(choices=[("", ""), *KINDS.items()], widget=forms.HiddenInput)
    period = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data, book):
        super().__init__({"kind": STEPS, **data.dict()})
        tasks = [(t.number, f"{t.number}. {t.title}") for t in book.tasks]
        of = {step.task_number: step.task_title for step in book.steps}
        of |= {one.task_number: "" for one in book.money}
        named = dict(tasks)
        tasks += [(n, f"{n}. {of[n]}") for n in sorted(of) if n and n not in named]
        tasks += [(NO_TASK, "업무에 딸리지 않은 사업")] if 0 in of else []
        self._offer("state", schedule.State.choices)
        self._offer("task", tasks)
        self._offer("department", book.departments.items())
        self._offer("source", Source.choices)
        self._offer("money", [(key, label) for key, (label, _) in MONEY_QUESTIONS.items()])
        self.fields["money"].choices[0] = ("", "올해 금액을 아는 사업(기본)")
        self._offer("project", [(m.row.project_id, m.row.title) for m in book.money])
        for name in ("source", "money", "project") if self.is_steps else ("state",):
            del self.fields[name]

    @property
    def is_steps(self):
        """Say whether steps are asked for; an unknown kind is refused with the form."""
        return self.data["kind"] != MONEY

    def _offer(self, name, choices):
        self.fields[name].choices = [("", "모두"), *((str(key), label) for key, label in choices)]

    def narrow(self, book):
        """Return the rows that answer yes to every question; none when a question is unknown."""
        if not self.is_valid():
            return []
        asked = self.cleaned_data
        rows = sorted(book.steps, key=lambda s: s.order) if self.is_steps else book.money
        if not self.is_steps:
            _, is_asked = MONEY_QUESTIONS[asked["money"] or "known"]
            rows = [row for row in rows if is_asked(row, asked["source"])]
        return [row for row in rows if all(ask(row, asked) for ask in QUESTIONS)]


def _department(row):
    return getattr(row, "row", row).department_id


QUESTIONS = (
    lambda row, asked: asked["task"] in ("", str(row.task_number)),
    lambda row, asked: asked["department"] in ("", str(_department(row))),
    lambda row, asked: not asked.get("state") or row.state == asked["state"],
    lambda row, asked: not asked.get("project") or str(row.row.project_id) == asked["project"],
)


def must_watch(user):
    """Refuse whoever does not see the boards."""
    if not watches(user):
        raise PermissionDenied("현황판은 관리자와 부서장, 전략기획실이 봅니다.")


def items_url(period, **asked):
    """Return the address of the list that answers these questions for a period."""
    query = {
        "period": period.code,
        **{name: value for name, value in asked.items() if value not in ("", None)},
    }
    return f"{reverse('projectboard:items')}?{urlencode(query)}"


@require_safe
def items(request):
    """List a period's steps or projects, narrowed; `?format=xlsx` and `?format=csv` give the same rows."""
    must_watch(request.user)
    code = request.GET.get("period", "").replace("\x00", "")  # which PostgreSQL cannot compare
    period = get_object_or_404(periods_seen(), code=code)
    book = book_of(period, department=department_seen(period, request.user))
    form = ItemsForm(request.GET, book)
    rows = form.narrow(book)
    kind = request.GET.get("format", "")
    source = form.cleaned_data.get("source", "")
    lines = rows if form.is_steps else [money_line(row, source) for row in rows]
    if kind in ("xlsx", "csv") and form.is_valid():
        return _sheet(lines, period, kind, is_steps=form.is_steps)
    context = {
        "period": period,
        "book": book,
        "form": form,
        "title": KINDS[STEPS if form.is_steps else MONEY],
        "rows": list(zip(lines, _pages(rows, book, request.user), strict=True)),
        "source": dict(Source.choices).get(source, ""),
    }
    return render(request, "projects/board_items.html", context)


def money_line(money, source=""):
    """Return {name: value} of one project in a list, over all sources or one."""
    return {
        "money": money,
        **{name: money.amount(name, source) for name in AMOUNTS},
        "rate": money.rate(source),
        "projected": money.projected(source),
        "months": money.months if money.projected(source) is not None else None,
        "words": doubts(money, source),
    }


def _pages(rows, book, user):
    """Return where each row's report is read, blank for who may not; one query."""
    found = Submission.objects.visible_to(user).filter(period=book.period, kind="work")
    pks = dict(found.values_list("key", "pk"))
    name = "reporting:review-item" if reviews_any(user) else "reporting:entry"
    return [reverse(name, args=[pks[row.key]]) if row.key in pks else "" for row in rows]


def _sheet(lines, period, kind, *, is_steps):
    title = "주요업무추진일정" if is_steps else "사업예산현황"
    columns = STEP_COLUMNS if is_steps else MONEY_COLUMNS
    rows = [(_step_cells if is_steps else _money_cells)(line) for line in lines]
    name = files.filename(title, period.as_of, kind)
    if kind == "csv":
        return files.download(sheets.csv_bytes(columns, rows)[0], name, kind)
    return files.download(sheets.sheet(title, columns, rows), name, kind)


def _step_cells(step):
    return (
        step.task_number or None,
        step.task_title,
        step.project_title,
        step.title,
        step.when,
        step.state.label,
        step.days_late,
        formats.partial(step.actual),
        step.department_name,
        step.example,
    )


def _money_cells(line):
    row = line["money"].row
    figures = [line[name] for name in (*AMOUNTS, "rate", "projected", "months")]
    words = ", ".join(line["words"])
    return (
        row.task_number,
        row.title,
        row.department_name,
        *figures,
        words,
        row.get_demo_display(),
    )
