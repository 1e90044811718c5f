"""Long documents as a book: cut into pieces, printed side by side, kept, and bound into one PDF."""

from .making import make
from .press import edition
from .shelf import purge

__all__ = ["edition", "make", "purge"]
