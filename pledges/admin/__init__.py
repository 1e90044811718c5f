"""Master data: terms and pledge cards, kept by the strategy office in Django's admin."""

from .cards import PledgeAdmin
from .manifesto import ManifestoGradeScaleAdmin, ManifestoItemAdmin, ManifestoResultAdmin
from .terms import TermAdmin

__all__ = [
    "ManifestoGradeScaleAdmin",
    "ManifestoItemAdmin",
    "ManifestoResultAdmin",
    "PledgeAdmin",
    "TermAdmin",
]
