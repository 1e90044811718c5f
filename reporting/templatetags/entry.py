"""One field of an entry form with the answer of the period before beside it."""

from django import template

register = template.Library()


@register.inclusion_tag("reporting/entry_row.html")
def entry_row(field, before_name=""):
    """Draw a bound field and, beside it, what was answered last (`form.before`, set by the page)."""
    before = getattr(field.form, "before", {})
    return {"field": field, "last": before.get(field.name, ""), "before_name": before_name}
