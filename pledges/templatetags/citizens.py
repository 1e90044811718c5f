"""The item "시민 의견" of the staff menu, with how many wait for this person; one query where it is shown."""

from django import template

from pledges.models import Opinion
from pledges.permissions import moderates, reads_opinions

register = template.Library()


@register.inclusion_tag("parts/menu_item.html", takes_context=True)
def opinions_item(context, user):
    """Draw the item for those who read opinions; the number is what they have to do."""
    request = context.get("request")
    href, path = "/opinions/", getattr(request, "path", "")
    if not hasattr(user, "waiting_opinions"):  # a page has two menus, for desk and phone
        user.waiting_opinions = _waiting(user)
    label = f"시민 의견 {user.waiting_opinions}" if user.waiting_opinions else "시민 의견"
    return {"href": href, "label": label, "here": path.startswith(href), "exact": path == href}


def _waiting(user):
    mine = Opinion.objects.visible_to(user)
    return (mine.unread() if moderates(user) else mine.unhandled()).count()


@register.filter
def reads_opinions_too(user):
    """Say whether the item is for this person."""
    return reads_opinions(user)
