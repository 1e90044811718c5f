"""The rows that tasks and projects share."""

from reporting.master import Rows

from ..models import Milestone
from .forms import StepForm


class Ordered(Rows):
    """Rows with a place, which two of them may swap."""

    key = "order"

    @staticmethod
    def parked(n):
        return 20000 + n


class StepRows(Ordered):
    """추진일정: partial dates; whether a step is done comes from reports."""

    model = Milestone
    form = StepForm
    fields = ["order", "title", "starts", "ends", "is_open", "done_before"]
