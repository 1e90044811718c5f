"""The figures of one half year for managers: steps, money and where the year's spending is heading."""

from .book import Book, book_of, department_seen, periods_seen
from .money import AMOUNTS, ROUNDING, Money, Sums, doubts, percent, sums
from .projection import months_told, projected
from .steps import Step

__all__ = [
    "AMOUNTS",
    "ROUNDING",
    "Book",
    "Money",
    "Step",
    "Sums",
    "doubts",
    "book_of",
    "department_seen",
    "months_told",
    "percent",
    "periods_seen",
    "projected",
    "sums",
]
