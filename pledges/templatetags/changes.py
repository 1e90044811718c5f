"""Two wordings with their difference marked, and the questions that the staff menu asks."""

from django import template

from pledges import permissions
from reporting.rules import differences

QUESTIONS = {
    name: getattr(permissions, name)
    for name in ("follows_changes", "reads_jury", "keeps_jury", "sits_on_jury")
}

register = template.Library()


@register.filter
def may_change(user, question):
    """Answer a named question of `permissions` about this person; KeyError for an unknown one."""
    return QUESTIONS[question](user)


@register.inclusion_tag("pledges/difference.html")
def difference(before, after, side=""):
    """Draw two texts as one with ins and del, or one `side` of them (before, after).

    Texts that share no word are shown whole: marking each word would tell nothing.
    """
    pieces = differences(before, after)
    rewritten = not any(piece.kind == "same" and piece.text.strip() for piece in pieces)
    return {"pieces": pieces, "before": before, "after": after, "side": side, "whole": rewritten}
