"""The work plan's part of a department's sheet: one row per report, per step and per source of the year's money.

Tasks and projects have any number of steps and sources, so these stand on worksheets of their own.
"""

from .columns import tables
from .rows import rows
from .write import write

__all__ = ["rows", "tables", "write"]
