"""The forms of a plan, a task, a project and of the rows that hang on them."""

from django import forms
from django.core.exceptions import ValidationError

from reporting import clock
from reporting.formats import number
from reporting.master import AmountField, MasterForm, RowForm, RowFormSet

from ..models import Funding, Milestone, Plan, Project, ProjectOfficer, ProjectRelation, Task
from ..wording import figures_of, keys


class WordedForm(RowForm):
    """A line of text whose `{key}`s must stand for a figure that exists."""

    def clean(self):
        """Refuse a key that the plan has no figure for."""
        cleaned = super().clean()
        asked = keys(cleaned.get("text") or "")
        known = figures_of(plan, clock.today()) if asked and (plan := self._plan()) else {}
        if unknown := [key for key in asked if key not in known]:
            told = ", ".join(f"{{{key}}}" for key in unknown)
            self.add_error("text", f"{told}에 맞는 수가 계획에 없습니다. 열쇠를 확인해 주세요.")
        return cleaned

    def _plan(self):
        row = self.instance
        if hasattr(row, "plan_id"):
            return row.plan
        task = row.task if hasattr(row, "task_id") else row.project.task
        return task and task.plan


class StepForm(RowForm):
    """One step; a step without an end is not a span."""

    class Meta:
        model = Milestone
        fields = ["order", "title", "starts", "ends", "is_open", "done_before"]

    def clean(self):
        """Refuse an end beside 계속."""
        cleaned = super().clean()
        if cleaned.get("is_open") and cleaned.get("ends"):
            self.add_error("ends", "'계속'이면 언제까지를 비워 주세요.")
        return cleaned


class FundingForm(RowForm):
    """One source in one year, or over the whole period; amounts in 백만원."""

    year = forms.IntegerField(label="연도", required=False, min_value=1990, max_value=2100)
    planned = AmountField(label="계획(백만원)")
    secured = AmountField(label="확보(백만원)")
    spent = AmountField(label="집행(백만원)")

    class Meta:
        model = Funding
        fields = ["year", "source", "planned", "secured", "spent"]

    def clean(self):
        """Refuse more spent than secured; the admin only warns of more secured than planned."""
        cleaned = super().clean()
        secured, spent = cleaned.get("secured"), cleaned.get("spent")
        if secured is not None and spent is not None and spent > secured:
            told = f"집행 {number(spent)}이(가) 확보 {number(secured)}보다 큽니다."
            self.add_error("spent", told)
        return cleaned


class OfficerForm(RowForm):
    """One person in charge, from when to when."""

    class Meta:
        model = ProjectOfficer
        fields = ["person", "duty", "starts_on", "ends_on"]

    def clean(self):
        """Refuse an end before the start."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "끝이 시작보다 빠릅니다.")
        return cleaned


class RelationForm(RowForm):
    """A link to another project."""

    class Meta:
        model = ProjectRelation
        fields = ["other", "kind"]

    def clean(self):
        """Refuse a link to the project itself."""
        cleaned = super().clean()
        other = cleaned.get("other")
        if other and other.pk == self.instance.project_id:
            self.add_error("other", "자기 자신과는 이을 수 없습니다.")
        return cleaned


class KeptRows(RowFormSet):
    """Rows that are checked together."""

    @property
    def kept(self):
        """Return the cleaned data of the rows that stay, or [] while a row is wrong."""
        if any(self.errors):
            return []
        rows = [f.cleaned_data for f in self.forms if f.cleaned_data]
        return [row for row in rows if not row.get("DELETE")]


class FundingRowsForm(KeptRows):
    """One line a source and year; the planned amounts add up to the total where all are known."""

    def clean(self):
        """Refuse a second line over the whole period, and a sum that differs from the total."""
        super().clean()
        rows = self.kept
        whole = [row["source"] for row in rows if row.get("year") is None]
        if len(set(whole)) < len(whole):
            raise ValidationError(self.twice)
        total, amounts = self.instance.total_cost, [row.get("planned") for row in rows]
        if total is None or not amounts or None in amounts or sum(amounts) == total:
            return
        have = sum(amounts)
        raise ValidationError(
            f"재원 계획의 합 {number(have)}백만원이 총사업비 {number(total)}백만원과 다릅니다"
            f"(차이 {number(have - total)}). 모르는 재원은 비워 주세요."
        )


class OfficerRowsForm(KeptRows):
    """People in charge; two of one duty are never in charge on the same day."""

    def clean(self):
        """Refuse periods of one duty that overlap."""
        super().clean()
        spans = {}
        for row in self.kept:
            spans.setdefault(row["duty"], []).append((row["starts_on"], row.get("ends_on")))
        for duty, rows in spans.items():
            rows.sort(key=lambda span: span[0])
            for (_, ends), (starts, _) in zip(rows, rows[1:], strict=False):
                if ends is None or starts <= ends:
                    label = ProjectOfficer.Duty(duty).label
                    raise ValidationError(f"{label}의 기간이 서로 겹칩니다. 날짜를 고쳐 주세요.")


class PlanForm(MasterForm):
    """The plan of a year."""

    year = forms.IntegerField(label="연도", min_value=1990, max_value=2100)

    class Meta:
        model = Plan
        fields = ["year", "title", "department"]


class TaskForm(MasterForm):
    """One task of a plan."""

    class Meta:
        model = Task
        fields = ["plan", "number", "title", "department", "is_active"]


class ProjectForm(MasterForm):
    """One project; a programme's own programme is not one of its parts."""

    total_cost = AmountField(label="총사업비(백만원)")

    class Meta:
        model = Project
        exclude = []

    def clean(self):
        """Refuse a parent that is the project itself or one of its parts."""
        cleaned = super().clean()
        above, seen = cleaned.get("parent"), set()
        while above is not None and above.pk not in seen:
            if self.instance.pk and above.pk == self.instance.pk:
                self.add_error("parent", "자기 자신이나 자기 아래 사업으로는 묶을 수 없습니다.")
                break
            seen.add(above.pk)
            above = above.parent
        return cleaned
