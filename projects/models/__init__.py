"""The year's plan with its tasks, the projects, what is reported of them and what was published."""

from .details import (
    Funding,
    Partner,
    ProjectLine,
    ProjectOfficer,
    ProjectRelation,
    Revision,
    RevisionLine,
)
from .milestones import Milestone, MilestoneNote
from .plan import Goal, OutlineRow, Plan, PlanFigure, Section, Strategy, Task, TaskAim
from .published import PublishedPlan, PublishedProject, PublishedTask
from .reports import StepReport, WorkEvidence, WorkReport, WorkSpending
from .shared import Demo, Source
from .work import Project

__all__ = [
    "Demo",
    "Funding",
    "Goal",
    "Milestone",
    "MilestoneNote",
    "OutlineRow",
    "Partner",
    "Plan",
    "PlanFigure",
    "Project",
    "ProjectLine",
    "ProjectOfficer",
    "ProjectRelation",
    "PublishedPlan",
    "PublishedProject",
    "PublishedTask",
    "Revision",
    "RevisionLine",
    "Section",
    "Source",
    "StepReport",
    "Strategy",
    "Task",
    "TaskAim",
    "WorkEvidence",
    "WorkReport",
    "WorkSpending",
]
