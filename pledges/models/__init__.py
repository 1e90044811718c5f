"""Terms, pledges with their card, quarterly reports, and what was published of them."""

from projects.models import Demo, Source

from .cards import (
    AnnualTarget,
    Funding,
    Milestone,
    Pledge,
    PledgeField,
    PledgeLink,
    YearSlot,
)
from .changes import (
    OVER,
    Adjustment,
    AdjustmentMove,
    AdjustmentState,
    Kind,
    Verdict,
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
from .completions import Completion
from .jury import (
    Juror,
    JurorPerson,
    JuryPanel,
    JuryQuestion,
    JuryReply,
    JurySession,
)
from .links import PledgeProject
from .manifesto import ManifestoGradeScale, ManifestoItem, ManifestoKind, ManifestoResult
from .published import PublishedPledge, PublishedTerm
from .register import ChangedPledge, ChangeRecord, PledgeCount
from .reports import Evidence, MilestoneReport, PledgeReport, Spending, Status
from .terms import RatePolicy, Term

__all__ = [
    "OVER",
    "Adjustment",
    "AdjustmentMove",
    "AdjustmentState",
    "AnnualTarget",
    "ChangeRecord",
    "ChangedPledge",
    "Completion",
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
    "Juror",
    "JurorPerson",
    "JuryPanel",
    "JuryQuestion",
    "JuryReply",
    "JurySession",
    "Kind",
    "Milestone",
    "MilestoneReport",
    "Opinion",
    "OpinionAnswer",
    "OpinionDecision",
    "Pledge",
    "PledgeCount",
    "PledgeField",
    "PledgeLink",
    "PledgeProject",
    "PledgeReport",
    "PublishedPledge",
    "PublishedTerm",
    "Quota",
    "RatePolicy",
    "Source",
    "Spending",
    "Status",
    "Term",
    "Verdict",
    "YearSlot",
]
