"""The pledges' part of a department's sheet: one row per pledge, one per step of its 이행절차.

A pledge has any number of steps, so they stand on a worksheet of their own.
"""

from .columns import tables
from .rows import rows
from .write import write

__all__ = ["rows", "tables", "write"]
