"""Pledges as documents: the quarterly report (domain.md §9.4) and the pledge card (§1.6).

All figures come from `PublishedPledge` rows, saved by a publication or drawn for a preview, so that
board, screen, PDF and sheet cannot disagree.
"""

from .cards import card_blocks, card_document
from .figures import Book, book_of
from .plan import plan_blocks, plan_figures
from .report import full_report_document, report_document

__all__ = [
    "Book",
    "book_of",
    "card_blocks",
    "card_document",
    "full_report_document",
    "plan_blocks",
    "plan_figures",
    "report_document",
]
