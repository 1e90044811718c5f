"""The questions that the staff menu asks about projects."""

from django import template

from projects import staff_rights

QUESTIONS = {name: getattr(staff_rights, name) for name in ("reads_projects", "revises")}

register = template.Library()


@register.filter
def may_work(user, question):
    """Answer a named question of `staff_rights` about this person; KeyError for an unknown one."""
    return QUESTIONS[question](user)
