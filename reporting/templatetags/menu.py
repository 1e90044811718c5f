"""Where am I: the items of the main menu and the crumbs above a page's title."""

from django import template

from reporting import permissions

QUESTIONS = {
    name: getattr(permissions, name)
    for name in (
        *("has_desk", "reviews_any", "runs_periods", "watches", "reads_reports"),
        *("hands_over", "reads_handovers"),
    )
}

register = template.Library()


@register.filter
def may(user, question):
    """Answer a named question of `permissions` about this person; KeyError for an unknown one."""
    return QUESTIONS[question](user)


@register.inclusion_tag("parts/menu_item.html", takes_context=True)
def menu_item(context, href, label, but=""):
    """Draw one item; it is marked as current under `href`, except under the paths `but`.

    The first page ("/") is current only on itself. Error pages without a request mark nothing.
    """
    path = getattr(context.get("request"), "path", "")
    under = path == href or (href != "/" and path.startswith(href))
    here = under and not path.startswith(tuple(but.split()))
    return {"href": href, "label": label, "here": here, "exact": path == href}


@register.inclusion_tag("parts/breadcrumbs.html")
def crumbs(*parts):
    """Draw crumbs from label, address, label, address, …; a last label alone is the page itself."""
    labels, addresses = parts[::2], parts[1::2]
    missing = [""] * (len(labels) - len(addresses))
    return {"crumbs": list(zip(labels, [*addresses, *missing], strict=True))}
