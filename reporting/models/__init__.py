"""The shared nouns: periods, submissions and their moves, autosaved typing, publications, mails."""

from .mails import Mail
from .marks import PublicMark
from .periods import Period
from .publications import Publication
from .submissions import Autosave, Submission, Transition

__all__ = [
    "Autosave",
    "Mail",
    "Period",
    "PublicMark",
    "Publication",
    "Submission",
    "Transition",
]
