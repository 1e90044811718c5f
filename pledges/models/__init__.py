"""Terms, pledges with their card, quarterly reports, and what was published of them."""

from .cards import (
    AnnualTarget,
    Demo,
    Funding,
    Milestone,
    Pledge,
    PledgeField,
    PledgeLink,
    Source,
    YearSlot,
)
from .manifesto import ManifestoGradeScale, ManifestoItem, ManifestoKind, ManifestoResult
from .published import PublishedPledge, PublishedTerm
from .reports import Evidence, MilestoneReport, PledgeReport, Spending, Status
from .terms import RatePolicy, Term

__all__ = [
    "AnnualTarget",
    "Demo",
    "Evidence",
    "Funding",
    "ManifestoGradeScale",
    "ManifestoItem",
    "ManifestoKind",
    "ManifestoResult",
    "Milestone",
    "MilestoneReport",
    "Pledge",
    "PledgeField",
    "PledgeLink",
    "PledgeReport",
    "PublishedPledge",
    "PublishedTerm",
    "RatePolicy",
    "Source",
    "Spending",
    "Status",
    "Term",
    "YearSlot",
]
