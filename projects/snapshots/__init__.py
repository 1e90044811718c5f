"""From living rows to what is published: the one place where plan, tasks and projects of a period are put together.

Publication saves these rows; previews, boards and documents use the same rows unsaved.
"""

from .drawing import Drawn, draw
from .publishing import publish

__all__ = ["Drawn", "draw", "publish"]
