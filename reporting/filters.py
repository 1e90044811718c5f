"""What a queue can be narrowed by."""

import django_filters

from accounts.models import Department

from .models import Handover, Period, Submission
from .subjects import all_subjects


class SubmissionFilter(django_filters.FilterSet):
    """State, period, department, kind and words of the title."""

    state = django_filters.ChoiceFilter(
        label="상태", choices=Submission.State.choices, empty_label="모두"
    )
    period = django_filters.ModelChoiceFilter(
        label="보고기간",
        queryset=Period.objects.exclude(state=Period.State.PREPARED),
        to_field_name="code",
        empty_label="모두",
    )
    department = django_filters.ModelChoiceFilter(
        label="부서", queryset=Department.objects.all(), empty_label="모두"
    )
    kind = django_filters.ChoiceFilter(
        label="종류",
        choices=lambda: [(s.kind, s.label) for s in all_subjects()],
        empty_label="모두",
    )
    q = django_filters.CharFilter(
        label="찾는 말", field_name="title", lookup_expr="icontains", max_length=100
    )

    class Meta:
        model = Submission
        fields = ["state", "period", "department", "kind", "q"]

    def __init__(self, data=None, *args, **kwargs):
        """Offer the newest periods and those around the chosen one; any other is still accepted."""
        super().__init__(data, *args, **kwargs)
        field = self.form.fields["period"]
        asked = (self.data or {}).get("period", "").replace("\x00", "")
        offered = field.queryset.offered(asked)
        field.widget.choices = [("", field.empty_label), *((p.code, p.name) for p in offered)]


class HandoverFilter(django_filters.FilterSet):
    """Where it stands, and the department."""

    STATES = {
        "waiting": {"applied_at": None, "cancelled_at": None},
        "applied": {"applied_at__isnull": False},
        "cancelled": {"cancelled_at__isnull": False},
    }
    state = django_filters.ChoiceFilter(
        label="상태",
        choices=[("waiting", "예정"), ("applied", "넘김"), ("cancelled", "취소")],
        empty_label="모두",
        method="of_state",
    )
    department = django_filters.ModelChoiceFilter(
        label="부서", queryset=Department.objects.all(), empty_label="모두"
    )

    class Meta:
        model = Handover
        fields = ["state", "department"]

    def of_state(self, rows, name, value):
        """Narrow to what waits, is done or was cancelled."""
        return rows.filter(**self.STATES[value])
