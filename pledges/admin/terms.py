"""Terms with their fields and the rounding of their rates."""

import datetime

from django.contrib import admin
from django.db import models

from reporting.master import Keeping, Rows

from ..history import term_changes
from ..models import PledgeField, RatePolicy, Term
from .forms import RatePolicyForm, TermForm

FIRST = datetime.date(1, 1, 1)


class FieldRows(Rows):
    """분야: in order, with the full name that citizens read."""

    model = PledgeField
    fields = ["order", "name", "full_name"]
    key = "order"

    @staticmethod
    def parked(n):
        return 20000 + n


class RatePolicyRows(Rows):
    """이행률 산정 방식: each holds from its day on; what was published keeps its own."""

    model = RatePolicy
    form = RatePolicyForm
    fields = ["valid_from", "mode", "places"]
    extra = 0
    key = "valid_from"

    @staticmethod
    def parked(n):
        return FIRST + datetime.timedelta(n)


@admin.register(Term)
class TermAdmin(Keeping):
    """임기: several live side by side."""

    form = TermForm
    list_display = ["name", "no", "programme", "starts_on", "ends_on", "pledge_count"]
    fieldsets = [(None, {"fields": ["no", "name", "programme", ("starts_on", "ends_on")]})]
    inlines = [FieldRows, RatePolicyRows]

    def changes(self, term):
        return term_changes(term)

    def get_queryset(self, request):
        """Count the pledges in the same query."""
        return super().get_queryset(request).annotate(count=models.Count("pledges"))

    @admin.display(description="공약 수", ordering="count")
    def pledge_count(self, term):
        return term.count
