"""What the queue of opinions shows, and what it is narrowed by; the sheet names no words of a citizen."""

import django_filters

from accounts.models import Department, Role
from reporting.tables import Column, Table

from .models import LATE_AFTER, Opinion

OPEN = "open"
STATES = {
    OPEN: ("처리할 것", lambda rows: rows.unhandled()),
    "new": ("확인 전", lambda rows: rows.unread()),
    "unanswered": ("답변 기다림", lambda rows: rows.unanswered()),
    "answered": ("답변함", lambda rows: rows.filter(state="shown", answer__isnull=False)),
    "hidden": ("비공개", lambda rows: rows.filter(state="hidden")),
    "erased": ("쓴 사람이 지움", lambda rows: rows.filter(state="erased")),
}
AGES = {
    "week": ("7일 넘음", 7),
    "late": (f"{LATE_AFTER}일 넘음", LATE_AFTER),
}


class OpinionTable(Table):
    """The ledger of opinions: what, whose, since when, handled or not."""

    number = Column("공약", width=8, accessor="pledge__number")
    title = Column("공약명", width=36, accessor="pledge__title", visible=False)
    text = Column("의견", width=8, accessor="pk", orderable=False)
    department = Column("주관부서", width=18, accessor="pledge__lead_department__name")
    written = Column("쓴 날", "date", 12, accessor="written_on", order_by="written_at")
    age = Column("지난 날수", "count", 10, orderable=False)
    state = Column("상태", width=12, accessor="standing", orderable=False)
    answered = Column("답변한 날", "date", 12, accessor="answered_on", visible=False)


class OpinionFilter(django_filters.FilterSet):
    """State, pledge, department, age."""

    state = django_filters.ChoiceFilter(
        label="상태",
        method="standing",
        choices=[(key, label) for key, (label, _) in STATES.items()],
        empty_label="모두",
    )
    pledge = django_filters.CharFilter(
        label="공약 번호", field_name="pledge__number", lookup_expr="iexact", max_length=20
    )
    department = django_filters.ModelChoiceFilter(
        label="부서",
        field_name="pledge__lead_department",
        queryset=Department.objects.all(),
        empty_label="모두",
    )
    age = django_filters.ChoiceFilter(
        label="지난 날수",
        method="older",
        choices=[(key, label) for key, (label, _) in AGES.items()],
        empty_label="모두",
    )

    class Meta:
        model = Opinion
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.request.user.role in (Role.WRITER, Role.HEAD):
            del self.filters["department"]

    def standing(self, queryset, name, value):
        """Return what stands where the office left it."""
        return STATES[value][1](queryset)

    def older(self, queryset, name, value):
        """Return what was written more than so many days ago."""
        return queryset.written_before(AGES[value][1])
