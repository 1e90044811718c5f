"""Plans with goals, strategies and figures; tasks with aims, headings and steps."""

from django.contrib import admin, messages

from reporting.master import Keeping

from ..checks import figure_problems
from ..history import plan_changes, task_changes
from ..models import Goal, Plan, PlanFigure, Strategy, Task, TaskAim
from .forms import PlanForm, TaskForm, WordedForm
from .steps import Ordered, StepRows


class GoalRows(Ordered):
    """추진목표."""

    model = Goal
    form = WordedForm
    fields = ["order", "text", "follows"]


class StrategyRows(Ordered):
    """추진전략."""

    model = Strategy
    form = WordedForm
    fields = ["order", "text", "follows"]


class FigureRows(Ordered):
    """계획의 수."""

    model = PlanFigure
    fields = ["key", "label", "value", "unit"]
    key = "key"

    @staticmethod
    def parked(n):
        return f"~{n}"


@admin.register(Plan)
class PlanAdmin(Keeping):
    """주요업무 계획 of a year."""

    form = PlanForm
    list_display = ["title", "year", "department"]
    fieldsets = [(None, {"fields": ["year", "title", "department"]})]
    inlines = [GoalRows, StrategyRows, FigureRows]

    def changes(self, plan):
        return plan_changes(plan)

    def warn(self, request, plan):
        """Say where the parts of a figure do not add up to it."""
        for text in figure_problems(plan):
            self.message_user(request, text, messages.WARNING)


class AimRows(Ordered):
    """◇ 업무 목표."""

    model = TaskAim
    form = WordedForm
    fields = ["order", "text"]


@admin.register(Task)
class TaskAdmin(Keeping):
    """주요업무; one that is over is taken out of the managed ones, never deleted."""

    form = TaskForm
    list_display = ["number", "title", "plan", "department", "is_active"]
    list_display_links = ["number", "title"]
    list_filter = ["plan", "is_active"]
    list_select_related = ["plan", "department"]
    fieldsets = [(None, {"fields": ["plan", "number", "title", "department", "is_active"]})]
    inlines = [AimRows, StepRows]

    def changes(self, task):
        return task_changes(task)
