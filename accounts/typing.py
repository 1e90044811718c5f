"""What was typed survives a login: kept in the session of the browser that typed it."""

from django.http import QueryDict

KEY = "kept_typing"
MAX_BYTES = 200 * 1024
NEVER_KEPT = ("csrfmiddlewaretoken", "password")


def restores_typing(view):
    """Mark a view that shows again what `take_kept` returns; only what is sent to it is kept."""
    view.restores_typing = True
    return view


def keep(request):
    """Return what a form sent, to be kept: text only, no secrets, at most 200 KB; else None.

    A visitor whose session is gone is nobody we know: `user_id` is None then.
    """
    if not getattr(request.resolver_match.func, "restores_typing", False):
        return None
    fields = request.POST.copy()
    for name in list(fields):
        if any(word in name for word in NEVER_KEPT):
            del fields[name]
    body = fields.urlencode()
    if request.method != "POST" or not body or len(body) > MAX_BYTES:
        return None
    return {"path": request.path, "user_id": request.user.pk, "fields": body}


def take_kept(request):
    """Return what this person typed on this page before the login ended, once, or None.

    The answer is a QueryDict, so a form can be bound to it. Another person's typing is thrown away;
    what was sent from this browser without a session is taken by whoever may open the page.
    """
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEY]
    return QueryDict(kept["fields"]) if kept["user_id"] in (None, request.user.pk) else None
