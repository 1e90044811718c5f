"""Master data: plans, tasks and projects, kept by the strategy office in Django's admin."""

from .plans import PlanAdmin, TaskAdmin
from .works import ProjectAdmin

__all__ = ["PlanAdmin", "ProjectAdmin", "TaskAdmin"]
