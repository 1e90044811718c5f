"""Template filters of `reporting.formats`; built into every template."""

from django import template
from django.utils import timezone

from reporting import formats

register = template.Library()
register.filter("day", formats.day)
register.filter("partial", formats.partial)
register.filter("number", formats.number)
register.filter("tally", formats.tally)
register.filter("amount", formats.amount)


@register.filter
def moment(value):
    """Print a stored time in the office's time zone, `2019. 4. 25. 15:30`."""
    return formats.moment(timezone.localtime(value)) if value else formats.BLANK
