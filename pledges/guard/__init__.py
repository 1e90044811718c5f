"""What a report may not say without a reason, and what it may say only after a second look.

`rulebook` asks for a written reason, `entry` for a tick; the page of rules is drawn from the same tables.
"""

from .completion import approval, claims, confirm_completion, proofs
from .entry import RULES as ENTRY_RULES
from .facts import Facts, facts_of
from .look import Looked, flags, look, overruled
from .rule import Rule, marks, ticked
from .rulebook import RULES as STATUS_RULES
from .scanning import files as files_to_scan
from .scanning import texts as texts_to_scan

__all__ = [
    "ENTRY_RULES",
    "STATUS_RULES",
    "Facts",
    "Looked",
    "Rule",
    "approval",
    "claims",
    "confirm_completion",
    "facts_of",
    "files_to_scan",
    "flags",
    "look",
    "marks",
    "overruled",
    "proofs",
    "texts_to_scan",
    "ticked",
]
