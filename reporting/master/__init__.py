"""Pages of master data for every floor above: who may come, versions, clashes, history with a reason."""

from .base import ForKeepers, Keeping, Rows
from .forms import AmountField, MasterForm, RowForm, RowFormSet

__all__ = [
    "AmountField",
    "ForKeepers",
    "Keeping",
    "MasterForm",
    "RowForm",
    "RowFormSet",
    "Rows",
]
