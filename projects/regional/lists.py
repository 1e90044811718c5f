"""The declared lists: complexes and proposals, what they are narrowed by and what their sheets hold."""

import django_filters
from django_filters import ChoiceFilter, ModelChoiceFilter

from accounts.models import Department
from reporting.tables import Column, Table

from ..models import BalancedPhase, LivingSocComplex, Proposal, ProposalState


class ComplexFilter(django_filters.FilterSet):
    """What complexes can be narrowed by."""

    platform = ChoiceFilter(
        label="플랫폼 유형", choices=LivingSocComplex.Platform.choices, empty_label="모두"
    )
    department = ModelChoiceFilter(
        label="부서",
        field_name="project__department",
        queryset=Department.objects.all(),
        empty_label="모두",
    )

    class Meta:
        model = LivingSocComplex
        fields = ["platform", "department"]


class ComplexTable(Table):
    """The complexes as the office follows them."""

    title = Column("사업명", width=36, accessor="project__title", order_by="project__title")
    platform = Column("플랫폼 유형", width=12, accessor="get_platform_display", order_by="platform")
    facilities = Column("시설 수", "number", 8, accessor="facility_count")
    applied_on = Column("신청일", "date", 12)
    opened_on = Column("개관일", "date", 12)
    department = Column(
        "부서",
        width=18,
        accessor="project__department__name",
        order_by="project__department__order",
    )
    operator = Column("운영주체", width=20, visible=False)
    operating_cost = Column("연간 운영비(백만원)", "amount", 12, visible=False)


class ProposalFilter(django_filters.FilterSet):
    """What proposals can be narrowed by."""

    phase = ModelChoiceFilter(label="기", queryset=BalancedPhase.objects.all(), empty_label="모두")
    menu = ChoiceFilter(label="분류", choices=Proposal.Menu.choices, empty_label="모두")
    state = ChoiceFilter(label="상태", choices=ProposalState.choices, empty_label="모두")
    department = ModelChoiceFilter(
        label="부서", queryset=Department.objects.all(), empty_label="모두"
    )

    class Meta:
        model = Proposal
        fields = ["phase", "menu", "state", "department"]


class ProposalTable(Table):
    """The proposals of a call as office and departments follow them."""

    title = Column("사업명", width=36)
    menu = Column(
        "분류",
        width=16,
        accessor="get_menu_display",
        order_by="menu",
        ranks=Proposal.Menu.values,
    )
    department = Column("부서", width=18, accessor="department__name", order_by="department__order")
    amount = Column("사업비(백만원)", "amount", 12)
    state = Column(
        "상태",
        width=10,
        accessor="get_state_display",
        order_by="state",
        ranks=ProposalState.values,
    )
    phase = Column("기", width=12, visible=False)
    summary = Column("내용", width=40, visible=False)
