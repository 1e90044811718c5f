"""One field of an entry form with the answer of the period before beside it."""

from django import template

register = template.Library()


def _with_last(field, before_name=""):
    """Return a bound field and what was answered last (`form.before`, set by the page)."""
    before = getattr(field.form, "before", {})
    return {"field": field, "last": before.get(field.name, ""), "before_name": before_name}


# A long text has the last answer at its side, a figure or a choice has it in one line below.
register.inclusion_tag("reporting/entry_row.html", name="entry_row")(_with_last)
register.inclusion_tag("reporting/entry_cell.html", name="entry_cell")(_with_last)
