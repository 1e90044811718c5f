"""What citizens can narrow the pledges by; every count on a public page is one of these questions."""

import django_filters
from django import forms
from django.db.models import Q

from accounts.models import Department
from reporting.formats import normal

from .models import Adjustment, AdjustmentState, ChangeRecord, Kind, PublishedPledge, Status
from .rates import FULFILLED, IN_PROGRESS, SET_ASIDE

GROUPS = {
    "fulfilled": ("완료(종료·이행후 계속추진)", Q(status__in=FULFILLED)),
    "in_progress": ("추진중(정상추진·일부추진)", Q(status__in=IN_PROGRESS)),
    "set_aside": ("보류·폐기", Q(status__in=SET_ASIDE)),
    "unreported": ("미보고(이번 기간)", Q(reported=False)),
    "none": ("보고된 적 없음", Q(status="")),
}
# The same questions as rates.COUNTED_IN, asked of the database; a test holds them together.
COUNTED = {
    "fulfilled": ("종료와 이행후 계속추진", Q(status__in=FULFILLED)),
    "wide": ("종료, 이행후 계속추진, 정상추진", Q(status__in=[*FULFILLED, Status.ON_TRACK])),
    "target_met": ("올해 목표를 이룬 공약", Q(target_met=True)),
    "has_target": ("올해 목표를 판단한 공약", Q(target_met__isnull=False)),
    "has_money": (
        "임기 내 계획액과 확보액을 아는 공약",
        Q(planned_in_term__isnull=False, secured__isnull=False),
    ),
    "has_progress": ("추진율을 적은 공약", Q(progress_pct__isnull=False)),
}
KEPT = ("counted", "core", "period", "term")  # hidden in the form, and only when asked for

SORTS = [  # what the heads of the columns ask for too; on a phone there are no heads
    ("", "공약 차례"),
    ("number", "번호 차례"),
    ("-number", "번호 거꾸로"),
    ("title", "공약명 가나다순"),
    ("-title", "공약명 거꾸로"),
    ("field_name", "분야 차례"),
    ("-field_name", "분야 거꾸로"),
    ("department_name", "주관부서 가나다순"),
    ("-department_name", "주관부서 거꾸로"),
    ("status", "이행상태 차례"),
    ("-status", "이행상태 거꾸로"),
    ("-progress_pct", "추진율 높은 것부터"),
    ("progress_pct", "추진율 낮은 것부터"),
    ("completes_in", "완료(예정) 이른 것부터"),
    ("-completes_in", "완료(예정) 늦은 것부터"),
]


def status_choices():
    """Return the groups and the six statuses as a citizen chooses them."""
    groups = [(key, label) for key, (label, _) in GROUPS.items()]
    return [("묶음", groups), ("이행상태", Status.choices)]


class PledgeFilter(django_filters.FilterSet):
    """Words, field, status, department, year of completion; `counted` and `core` come by links."""

    q = django_filters.CharFilter(label="찾는 말", method="having", max_length=100)
    field = django_filters.ChoiceFilter(label="분야", field_name="field_order", empty_label="모두")
    status = django_filters.ChoiceFilter(
        label="이행상태", method="in_status", choices=status_choices, empty_label="모두"
    )
    department = django_filters.ChoiceFilter(
        label="주관부서", field_name="department", empty_label="모두"
    )
    year = django_filters.ChoiceFilter(
        label="완료(예정) 연도", method="in_year", empty_label="모두"
    )
    counted = django_filters.ChoiceFilter(
        label="셈에 넣은 공약",
        method="in_count",
        choices=[(key, label) for key, (label, _) in COUNTED.items()],
        widget=forms.HiddenInput,
    )
    core = django_filters.ChoiceFilter(
        label="핵심공약",
        field_name="is_core",
        choices=[("1", "핵심공약")],
        widget=forms.HiddenInput,
    )
    period = django_filters.CharFilter(method="same", widget=forms.HiddenInput)
    term = django_filters.CharFilter(method="same", widget=forms.HiddenInput)
    sort = django_filters.CharFilter(
        label="정렬", method="same", widget=forms.Select(choices=SORTS, attrs={"class": "sorts"})
    )

    class Meta:
        model = PublishedPledge
        fields = []

    def __init__(self, data=None, queryset=None, *, edition, counts, **more):
        super().__init__(data, queryset, **more)
        for name in KEPT:
            if not self.data.get(name):
                del self.filters[name]
        fields = [(str(f["order"]), f["name"]) for f in edition.term.fields]
        self.filters["field"].extra["choices"] = fields
        self.filters["department"].extra["choices"] = counts.departments
        self.filters["year"].extra["choices"] = counts.years

    def having(self, queryset, name, value):
        """Return the rows in whose number, names or texts the words stand, spaces aside."""
        return queryset.filter(search__contains=normal(value))

    def in_status(self, queryset, name, value):
        """Return the rows of a status or of a group of statuses."""
        return queryset.filter(GROUPS[value][1] if value in GROUPS else Q(status=value))

    def in_year(self, queryset, name, value):
        """Return the rows that are (to be) completed in a year, or those whose year is unknown."""
        return queryset.filter(completes_in=None if value == "none" else int(value))

    def in_count(self, queryset, name, value):
        """Return the rows that a rate counts."""
        return queryset.filter(COUNTED[value][1])

    def same(self, queryset, name, value):
        """Return all rows: the value only says which edition and order the page has."""
        return queryset

    @property
    def notes(self):
        """Return the names of the narrowings that came by a link and that the form does not show."""
        if not self.is_valid():
            return []
        asked = self.form.cleaned_data
        notes = [COUNTED[asked["counted"]][0]] if asked.get("counted") else []
        return [*notes, "핵심공약"] if asked.get("core") else notes


CHANGE_SORTS = [
    ("", "최근 변경부터"),
    ("number", "연번 차례"),
    ("pledge_numbers", "관리번호 차례"),
    ("pledge_titles", "공약명 가나다순"),
    ("kind", "조정유형 차례"),
    ("changed_on", "변경일 이른 것부터"),
]


class ChangeFilter(django_filters.FilterSet):
    """What citizens can narrow the register by: words, kind, year, term."""

    q = django_filters.CharFilter(label="찾는 말", method="having", max_length=100)
    kind = django_filters.ChoiceFilter(label="조정유형", choices=Kind.choices, empty_label="모두")
    year = django_filters.ChoiceFilter(
        label="변경 연도", field_name="changed_on", lookup_expr="startswith", empty_label="모두"
    )
    term = django_filters.ChoiceFilter(label="임기", field_name="term", empty_label="모두")
    sort = django_filters.CharFilter(
        label="정렬",
        method="same",
        widget=forms.Select(choices=CHANGE_SORTS, attrs={"class": "sorts"}),
    )

    class Meta:
        model = ChangeRecord
        fields = []

    def __init__(self, data=None, queryset=None, *, years, terms, **more):
        super().__init__(data, queryset, **more)
        self.filters["year"].extra["choices"] = [(year, f"{year}년") for year in years]
        self.filters["term"].extra["choices"] = terms
        if len(terms) < 2:
            del self.filters["term"]

    def having(self, queryset, name, value):
        """Return the lines in whose names, texts or reason the words stand."""
        fields = ("pledge_titles", "before_text", "after_text", "reason", "pledge_numbers")
        return queryset.filter(Q(*((f"{f}__icontains", value) for f in fields), _connector=Q.OR))

    def same(self, queryset, name, value):
        """Return all lines: the value only says their order."""
        return queryset


class AdjustmentFilter(django_filters.FilterSet):
    """What staff can narrow the adjustments by."""

    state = django_filters.ChoiceFilter(
        label="상태", choices=AdjustmentState.choices, empty_label="모두"
    )
    kind = django_filters.ChoiceFilter(label="조정유형", choices=Kind.choices, empty_label="모두")
    department = django_filters.ModelChoiceFilter(
        label="요청 부서", queryset=Department.objects.all(), empty_label="모두"
    )

    class Meta:
        model = Adjustment
        fields = ["state", "kind", "department"]
