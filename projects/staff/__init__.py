"""Projects as they stand now: what staff read of them, and the change of a plan."""

from .living import Living, told
from .revising import is_made, revise, words

__all__ = ["Living", "is_made", "revise", "told", "words"]
