"""What reports of tasks and projects are measured by: their steps and money, gaps, doubts, texts to scan."""

from .facts import Facts, budget_words, facts_of
from .rules import flags, problems, warnings
from .scanning import files as files_to_scan
from .scanning import texts as texts_to_scan

__all__ = [
    "Facts",
    "budget_words",
    "facts_of",
    "files_to_scan",
    "flags",
    "problems",
    "texts_to_scan",
    "warnings",
]
