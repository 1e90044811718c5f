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
from .citizens import (
    LATE_AFTER,
    Follower,
    FollowerTold,
    Opinion,
    OpinionAnswer,
    OpinionDecision,
    Quota,
)
from .manifesto import ManifestoGradeScale, ManifestoItem, ManifestoKind, ManifestoResult
from .published import PublishedPledge, PublishedTerm
from .reports import Evidence, MilestoneReport, PledgeReport, Spending, Status
from .terms import RatePolicy, Term

__all__ = [
    "AnnualTarget",
    "Demo",
    "Evidence",
    "Follower",
    "FollowerTold",
    "Funding",
    "ManifestoGradeScale",
    "ManifestoItem",
    "ManifestoKind",
    "ManifestoResult",
    "LATE_AFTER",
    "Milestone",
    "MilestoneReport",
    "Opinion",
    "OpinionAnswer",
    "OpinionDecision",
    "Pledge",
    "PledgeField",
    "PledgeLink",
    "PledgeReport",
    "PublishedPledge",
    "PublishedTerm",
    "Quota",
    "RatePolicy",
    "Source",
    "Spending",
    "Status",
    "Term",
    "YearSlot",
]
