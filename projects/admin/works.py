"""The card of a project (사업): overview, money, people, places, steps."""

from django.contrib import admin, messages

from reporting.master import Keeping, Rows

from ..checks import money_problems
from ..history import project_changes
from ..models import Funding, Partner, Project, ProjectLine, ProjectOfficer, ProjectRelation
from .forms import (
    FundingForm,
    FundingRowsForm,
    OfficerForm,
    OfficerRowsForm,
    ProjectForm,
    RelationForm,
    WordedForm,
)
from .steps import Ordered, StepRows


class LineRows(Ordered):
    """사업내용."""

    model = ProjectLine
    form = WordedForm
    fields = ["order", "is_detail", "text"]


class OfficerRows(Rows):
    """담당자 by period."""

    model = ProjectOfficer
    form = OfficerForm
    formset = OfficerRowsForm
    fields = ["person", "duty", "starts_on", "ends_on"]
    key = "duty"

    @staticmethod
    def parked(n):
        return f"~{n}"


class FundingRows(Rows):
    """재원: source by year, 백만원."""

    model = Funding
    form = FundingForm
    formset = FundingRowsForm
    fields = ["year", "source", "planned", "secured", "spent"]
    key = "year"

    @staticmethod
    def parked(n):
        return 20000 + n


class RelationRows(Rows):
    """관련 사업."""

    model = ProjectRelation
    form = RelationForm
    fk_name = "project"
    fields = ["other", "kind"]
    extra = 0


class PartnerRows(Rows):
    """대상 시·군."""

    model = Partner
    fields = ["order", "name"]
    key = "name"

    @staticmethod
    def parked(n):
        return f"~{n}"


@admin.register(Project)
class ProjectAdmin(Keeping):
    """사업; one that is over is taken out of the managed ones, never deleted."""

    form = ProjectForm
    list_display = ["title", "task", "kind", "department", "total_cost", "is_active", "demo"]
    list_filter = ["kind", ("department", admin.RelatedOnlyFieldListFilter), "is_active", "demo"]
    list_select_related = ["task", "department"]
    search_fields = ["title", "location", "scope", "department__name"]
    search_help_text = "사업명, 위치, 규모, 부서로 찾습니다."
    fieldsets = [
        (
            "사업",
            {
                "fields": [
                    "slug",
                    ("task", "parent"),
                    ("kind", "order"),
                    "title",
                    "department",
                    ("reports", "is_active"),
                    "demo",
                ]
            },
        ),
        (
            "사업개요",
            {
                "fields": [
                    ("starts", "ends"),
                    "location",
                    ("latitude", "longitude"),
                    "scope",
                    "total_cost",
                    "expected_effect",
                ]
            },
        ),
    ]
    inlines = [LineRows, OfficerRows, FundingRows, StepRows, RelationRows, PartnerRows]

    def changes(self, project):
        return project_changes(project)

    def warn(self, request, project):
        """Say where a programme and its parts differ, and where secured is above planned (백만원)."""
        above = project.parent
        for text in [*money_problems(project), *(money_problems(above) if above else [])]:
            self.message_user(request, text, messages.WARNING)
        for line in project.funding.all():
            if None not in (line.planned, line.secured) and line.secured > line.planned:
                text = f"{line}: 확보 {line.secured:,}이(가) 계획 {line.planned:,}보다 큽니다. 맞는지 보아 주세요."
                self.message_user(request, text, messages.WARNING)
