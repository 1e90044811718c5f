"""Master data: terms and pledge cards, kept by the strategy office in Django's admin."""

from .cards import PledgeAdmin
from .terms import TermAdmin

__all__ = ["PledgeAdmin", "TermAdmin"]
