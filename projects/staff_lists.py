"""The list of projects as they stand now: columns of page and sheet, and what it is narrowed by."""

import django_filters
from django.db.models import Q

from accounts.models import Department
from reporting.formats import clean
from reporting.tables import Column, Table

from .models import Project, Task
from .staff import told


class ProjectTable(Table):
    """Nine columns on the page; amounts in 백만원, unknown is blank."""

    title = Column("사업명", width=40)
    task = Column(
        "주요업무", width=20, accessor="task__title", order_by=("task__plan__year", "task__number")
    )
    kind = Column("종류", width=14, accessor="get_kind_display", order_by="kind")
    department = Column("부서", width=16, accessor="department__name", order_by="department__order")
    officer = Column("담당자", width=14, accessor="officer_name", orderable=False)
    total_cost = Column("총사업비(백만원)", "amount", 14)
    planned = Column("올해 계획(백만원)", "amount", 14, orderable=False)
    secured = Column("올해 확보(백만원)", "amount", 14, orderable=False)
    spent = Column("올해 집행(백만원)", "amount", 14, orderable=False)
    period = Column("사업기간", width=22, accessor="period_words", visible=False, order_by="starts")
    location = Column("위치", width=24, visible=False)
    scope = Column("규모·대상", width=30, visible=False)
    parent = Column("묶는 사업", width=24, accessor="parent__title", visible=False)
    demo = Column("예시 여부", width=16, accessor="get_demo_display", visible=False)

    def sheet_rows(self):
        """Yield the rows with what is worked out of them beside what is stored."""
        told(self.data)
        return super().sheet_rows()


class ProjectFilter(django_filters.FilterSet):
    """Words, task, kind, department; those no longer managed only when asked for."""

    q = django_filters.CharFilter(label="찾는 말", method="with_words", max_length=100)
    task = django_filters.ModelChoiceFilter(
        label="주요업무", queryset=Task.objects.select_related("plan"), empty_label="모두"
    )
    kind = django_filters.ChoiceFilter(
        label="종류", choices=Project.Kind.choices, empty_label="모두"
    )
    department = django_filters.ModelChoiceFilter(
        label="부서",
        queryset=Department.objects.filter(projects__isnull=False).distinct(),
        empty_label="모두",
    )
    managed = django_filters.ChoiceFilter(
        label="관리",
        choices=[("no", "관리가 끝난 사업")],
        empty_label="관리 중인 사업",
        method="as_managed",
    )

    class Meta:
        model = Project
        fields = []

    def __init__(self, data=None, *args, **kwargs):
        """Ask even when nothing is asked: the usual list leaves out what is over."""
        super().__init__({} if data is None else data, *args, **kwargs)

    def filter_queryset(self, queryset):
        """Return the managed ones unless the others are asked for."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("managed") else rows.active()

    def with_words(self, queryset, name, value):
        """Return what has the words in its name, place or scope."""
        words = clean(value)
        return queryset.filter(
            Q(title__icontains=words) | Q(location__icontains=words) | Q(scope__icontains=words)
        )

    def as_managed(self, queryset, name, value):
        """Return the projects that are no longer managed."""
        return queryset.filter(is_active=False)
