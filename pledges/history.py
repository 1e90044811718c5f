"""The history of a term and of a pledge card, with everything that hangs on it, field by field."""

from itertools import pairwise

from accounts.history import changes, changes_in, line, newest_first

from .models import (
    AnnualTarget,
    Funding,
    Milestone,
    PledgeField,
    PledgeLink,
    PledgeProject,
    RatePolicy,
)

# What is told of a new row, as a change of a blank.
OF_PLEDGE = {
    AnnualTarget: ("text", "amount", "unit"),
    Milestone: ("title", "planned", "done_before"),
    Funding: ("planned", "secured", "spent"),
    PledgeLink: ("url",),
    PledgeProject: ("kind",),
}
OF_TERM = {PledgeField: ("full_name",), RatePolicy: ("mode", "places")}


def pledge_changes(pledge):
    """Return the `Change`s of a pledge, its cooperating departments and its rows, newest first."""
    return newest_first(changes(pledge), _cooperation(pledge), *_rows(OF_PLEDGE, pledge=pledge))


def term_changes(term):
    """Return the `Change`s of a term, its fields and its rate policies, newest first."""
    return newest_first(changes(term), *_rows(OF_TERM, term=term))


def _rows(models, **parent):
    for model, first in models.items():
        found = changes_in(model.history.filter(**parent), label=_name, first=first)
        # A new row's blanks are no news; that it was deleted is.
        yield [c for c in found if c.before != c.after or c.field.endswith("삭제")]


def _name(record):
    """Call a row by its kind and by what it is about, e.g. 재정투자계획 2019 국비."""
    row = record.instance
    what = row.get_year_display() if isinstance(row, AnnualTarget) else row
    return f"{row._meta.verbose_name} {what}"


def _cooperation(pledge):
    """Return the changes of the cooperating departments, which history keeps in a table of their own."""
    records = list(pledge.history.select_related("history_user").order_by("history_id"))
    named = _departments(records)
    told = [(record, named[record.pk]) for record in records]
    label = str(type(pledge)._meta.get_field("cooperating_departments").verbose_name)
    return [
        line(record, label, before, after)
        for (_, before), (record, after) in pairwise(told)
        if before != after
    ]


def _departments(records):
    """Return {record pk: names of the cooperating departments then}; one query."""
    found = {record.pk: [] for record in records}
    if records:
        kept = records[0].cooperating_departments.model.objects
        rows = kept.filter(history__in=found).select_related("department")
        for row in rows.order_by("department__order", "department__name"):
            found[row.history_id].append(row.department.name)
    return {pk: ", ".join(names) for pk, names in found.items()}
