"""The pledge card (공약 관리카드), in the order of domain.md §1.6."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Case, F, Value, When
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import Department, User
from reporting.actions import move_items
from reporting.formats import partial
from reporting.master import Keeping, Rows

from ..history import pledge_changes
from ..models import (
    AnnualTarget,
    Funding,
    Milestone,
    Pledge,
    PledgeField,
    PledgeLink,
    PledgeProject,
    Source,
    YearSlot,
)
from ..subject import PledgeSubject
from ..triggers import LOCKED
from .forms import FundingForm, MilestoneForm, PledgeForm, TargetForm


def _in_order(field, choices):
    """Return an ordering by the place of a choice; as text, 기투자 would stand after 2022."""
    return Case(*[When(**{field: key}, then=Value(n)) for n, key in enumerate(choices.values)])


YEARS, SOURCES = _in_order("year", YearSlot), _in_order("source", Source)


class TargetRows(Rows):
    """연차별 이행목표."""

    model = AnnualTarget
    form = TargetForm
    fields = ["year", "text", "amount", "unit"]
    ordering = [YEARS]
    key = "year"

    @staticmethod
    def parked(n):
        return f"~{n}"


class MilestoneRows(Rows):
    """이행절차."""

    model = Milestone
    form = MilestoneForm
    fields = ["order", "title", "planned", "done_before"]
    key = "order"

    @staticmethod
    def parked(n):
        return 20000 + n


class FundingRows(Rows):
    """재정투자계획: source by year, 백만원."""

    model = Funding
    form = FundingForm
    fields = ["year", "source", "planned", "secured", "spent"]
    ordering = [YEARS, SOURCES]
    key = "year"

    @staticmethod
    def parked(n):
        return f"~{n}"


class LinkRows(Rows):
    """관련 링크."""

    model = PledgeLink
    fields = ["label", "url"]


class ProjectRows(Rows):
    """이행 사업: which projects carry the pledge out, or are linked with it."""

    model = PledgeProject
    fields = ["project", "kind"]
    extra = 1


class Departments(forms.ModelMultipleChoiceField):
    """Departments to tick; a key beyond 64 bits is none of them, where SQLite would stop."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value):
        try:
            return super().to_python(value)
        except OverflowError as error:
            raise forms.ValidationError("없는 부서입니다.") from error

    def clean(self, value):
        self.to_python(value)
        return super().clean(value)


class CardForm(PledgeForm):
    """The card as the office edits it; departments are ticked, which works without JavaScript."""

    cooperating_departments = Departments(
        label="협조부서", queryset=Department.objects.all(), required=False
    )


class FieldChoice(forms.ModelChoiceField):
    """A field with its term, for several terms may have one of the same name."""

    def label_from_instance(self, field):
        return f"{field.term} {field.order}. {field.name}"


class PersonChoice(forms.ModelChoiceField):
    """A person with the department."""

    def label_from_instance(self, user):
        return f"{user} ({user.department})"


@admin.register(Pledge)
class PledgeAdmin(Keeping):
    """공약 관리카드; one that is over is taken out of the managed ones, never deleted."""

    form = CardForm
    list_display = [
        "number_shown",
        "title",
        "field",
        "lead_department",
        "ends_shown",
        "is_active",
        "demo",
    ]
    list_display_links = ["number_shown", "title"]
    list_filter = [
        "term",
        "field",
        ("lead_department", admin.RelatedOnlyFieldListFilter),
        "is_active",
        "demo",
    ]
    list_select_related = ["term", "field", "lead_department"]
    search_fields = ["number", "title", "content", "final_goal", "lead_department__name"]
    search_help_text = "관리번호, 공약명, 내용, 목표, 주관부서로 찾습니다."
    ordering = ["-term__no", "field__order", "serial", "pk"]
    fieldsets = [
        (
            "공약",
            {
                "fields": [
                    "term",
                    "field",
                    ("number", "serial"),
                    "title",
                    "is_core",
                    "is_active",
                    "demo",
                ]
            },
        ),
        ("담당", {"fields": ["lead_department", "officer", "cooperating_departments"]}),
        ("사업구분", {"fields": [("newness", "means", "span")]}),
        ("공약 내용과 목표", {"fields": ["content", "final_goal"]}),
        ("사업개요", {"fields": [("starts", "ends"), "location", "scope"]}),
        ("기대효과와 선거공보", {"fields": ["expected_effect", "election_wording"]}),
    ]
    inlines = [TargetRows, MilestoneRows, FundingRows, LinkRows, ProjectRows]

    def get_readonly_fields(self, request, obj=None):
        """Lock the wording of a pledge that exists; the database does so too (`triggers.py`)."""
        if obj is None:
            return ()
        return (*LOCKED, "election_wording") if obj.election_wording else LOCKED

    def get_fieldsets(self, request, obj=None):
        """Say above the locked fields where they are changed."""
        (name, first), *rest = super().get_fieldsets(request, obj)
        if obj is None:
            return [(name, first), *rest]
        words = format_html(
            "공약명, 내용, 최종 목표, 관리 대상 여부와 선거공보 문안은 여기서 고칠 수 없습니다. "
            '부서의 요청, 주민배심원단, 시장의 결정을 거치는 <a href="{}">공약 조정</a>으로만 바뀝니다.',
            reverse("pledges:adjustments"),
        )
        return [(name, {**first, "description": words}), *rest]

    def changes(self, pledge):
        return pledge_changes(pledge)

    @admin.display(description="관리번호", ordering=F("field__order") * 1000 + F("serial"))
    def number_shown(self, pledge):
        return pledge.number

    @admin.display(description="완료(예정)", ordering="ends")
    def ends_shown(self, pledge):
        return partial(pledge.ends)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Name fields with their term and people with their department."""
        if db_field.name == "field":
            kwargs |= {
                "form_class": FieldChoice,
                "queryset": PledgeField.objects.select_related("term"),
            }
        if db_field.name == "officer":
            people = User.objects.filter(department__isnull=False).select_related("department")
            kwargs |= {
                "form_class": PersonChoice,
                "queryset": people.order_by("department__order", "name"),
            }
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        """Let the items that are being written follow the pledge to its new lead department."""
        super().save_related(request, form, formsets, change)
        pledge = form.instance
        if change and "lead_department" in form.changed_data:
            moved = move_items(PledgeSubject.kind, str(pledge.pk), pledge.lead_department)
            if moved:
                text = f"쓰고 있는 제출 항목 {moved}건을 {pledge.lead_department}(으)로 옮겼습니다."
                self.message_user(request, text)

    def warn(self, request, pledge):
        """Say where secured is above planned, or spent above secured (백만원)."""
        for line in pledge.funding.all():
            for more, less in (("secured", "planned"), ("spent", "secured")):
                high, low = getattr(line, more), getattr(line, less)
                if high is not None and low is not None and high > low:
                    words = [
                        str(Funding._meta.get_field(name).verbose_name) for name in (more, less)
                    ]
                    text = f"{line}: {words[0]} {high:,}이(가) {words[1]} {low:,}보다 큽니다. 맞는지 보아 주세요."
                    self.message_user(request, text, messages.WARNING)
