"""The shared nouns: periods, submissions and their moves, autosaved typing, publications."""

from .periods import Period
from .publications import Publication
from .submissions import Autosave, Submission, Transition

__all__ = ["Autosave", "Period", "Publication", "Submission", "Transition"]
