"""The year's plan with its tasks, the projects, what is reported of them and what was published."""

from .balanced import (
    BalancedPhase,
    BalancedProject,
    FundingStep,
    Proposal,
    ProposalMove,
    ProposalState,
)
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
from .soc import (
    FacilityType,
    InvestmentAgreement,
    LivingSocComplex,
    SocChange,
    SocFacility,
    SocStep,
    SocUsage,
    SubsidyRate,
    SubsidyUplift,
)
from .work import Project

__all__ = [
    "BalancedPhase",
    "BalancedProject",
    "Demo",
    "FacilityType",
    "Funding",
    "FundingStep",
    "Goal",
    "InvestmentAgreement",
    "LivingSocComplex",
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
    "Proposal",
    "ProposalMove",
    "ProposalState",
    "PublishedPlan",
    "PublishedProject",
    "PublishedTask",
    "Revision",
    "RevisionLine",
    "Section",
    "SocChange",
    "SocFacility",
    "SocStep",
    "SocUsage",
    "Source",
    "StepReport",
    "Strategy",
    "SubsidyRate",
    "SubsidyUplift",
    "Task",
    "TaskAim",
    "WorkEvidence",
    "WorkReport",
    "WorkSpending",
]
