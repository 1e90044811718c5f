"""What was typed survives a login: kept in the session of the browser that typed it."""

from django.http import QueryDict

KEY = "kept_typing"
MAX_BYTES = 200 * 1024
NEVER_KEPT = ("csrfmiddlewaretoken", "password")


def keep(request):
    """Return what a form sent, to be kept: text only, no secrets, at most 200 KB; else None."""
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

    The answer is a QueryDict, so a form can be bound to it. Another person's typing is thrown away.
    """
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEY]
    return QueryDict(kept["fields"]) if kept["user_id"] == request.user.pk else None
