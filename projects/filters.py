"""What citizens can narrow the projects by."""

import django_filters
from django import forms

from reporting.formats import normal

from .models import Project, PublishedProject

SORTS = [  # what the heads of the columns ask for too; on a phone there are no heads
    ("", "주요업무 차례"),
    ("title", "사업명 가나다순"),
    ("-title", "사업명 거꾸로"),
    ("department_name", "부서 가나다순"),
    ("-department_name", "부서 거꾸로"),
    ("starts", "시작 이른 것부터"),
    ("-starts", "시작 늦은 것부터"),
    ("-total_cost", "총사업비 많은 것부터"),
    ("total_cost", "총사업비 적은 것부터"),
    ("-planned", "올해 예산 많은 것부터"),
    ("planned", "올해 예산 적은 것부터"),
]


class ProjectFilter(django_filters.FilterSet):
    """Words, task, kind and department; `period` comes by a link."""

    q = django_filters.CharFilter(label="찾는 말", method="having", max_length=100)
    task = django_filters.ChoiceFilter(
        label="주요업무", field_name="task_number", empty_label="모두"
    )
    kind = django_filters.ChoiceFilter(
        label="종류", choices=Project.Kind.choices, empty_label="모두"
    )
    department = django_filters.ChoiceFilter(label="부서", empty_label="모두")
    period = django_filters.CharFilter(method="same", widget=forms.HiddenInput)
    sort = django_filters.CharFilter(
        label="정렬", method="same", widget=forms.Select(choices=SORTS, attrs={"class": "sorts"})
    )

    class Meta:
        model = PublishedProject
        fields = []

    def __init__(self, data=None, queryset=None, *, tasks, departments, **more):
        super().__init__(data, queryset, **more)
        if not self.data.get("period"):
            del self.filters["period"]
        self.filters["task"].extra["choices"] = tasks
        self.filters["department"].extra["choices"] = departments

    def having(self, queryset, name, value):
        """Return the rows in whose names, place or lines the words stand, spaces aside."""
        return queryset.filter(search__contains=normal(value))

    def same(self, queryset, name, value):
        """Return all rows: the value only says which edition and order the page has."""
        return queryset
