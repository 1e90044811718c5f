"""소식 받기: ask for it, confirm the address, leave with one click."""

from django.shortcuts import redirect, render

from accounts.addresses import client_address
from reporting.open_forms import TooOld, key_of, open_form

from .. import follow, limits
from ..citizen_forms import FollowForm
from ..editions import latest_row
from ..models import Follower
from .opinions import TOO_MANY, TOO_OLD
from .public import found


@open_form
def ask(request, number):
    """Draw the form, or write to the address; the answer is the same whether it follows already or not."""
    place = found(request, number)
    if request.method != "POST":
        return _form(request, place, FollowForm(), sent="sent" in request.GET)
    form = FollowForm(request.POST)
    try:
        key = key_of(request)
    except TooOld:
        return _again(request, place, form, TOO_OLD, 409)
    if not form.is_valid():
        return _form(request, place, form, status=422)
    who = limits.network(client_address(request))
    try:
        follow.ask(place[1], form.cleaned_data["email"], key=key, who=who)
    except limits.TooMany:
        return _again(request, place, form, TOO_MANY, 429)
    again = request.GET.copy()
    again["sent"] = "1"
    return redirect(f"{request.path}?{again.urlencode()}")


def _again(request, place, form, sentence, status):
    form.renew()
    form.add_error(None, sentence)
    return _form(request, place, form, status=status)


def _form(request, place, form, *, sent=False, status=200):
    edition, row = place
    context = {
        "row": row,
        "query": edition.query,
        "form": form,
        "sent": sent,
        "days": follow.UNCONFIRMED_DAYS,
    }
    return render(request, "pledges/follow.html", context, status=status)


def _follower(token):
    """Return the follower that this link was written to, None for a link that leads nowhere."""
    if "\x00" in token:
        return None
    return Follower.objects.filter(token=token).first()


def _page(request, template, follower):
    context = {"follower": follower, "row": latest_row(follower.pledge_id)}
    return render(request, template, context)


@open_form
def confirm(request, token):
    """Show a button that confirms the address; pressing it begins the mails."""
    follower = _follower(token)
    if follower is None:
        return _gone(request, 404)
    if request.method == "POST":
        follow.confirm(follower)
        return redirect("pledges:follow-confirm", token=token)
    return _page(request, "pledges/follow_confirm.html", follower)


@open_form
def leave(request, token):
    """Show a button that deletes the address; a mail program may press it by itself (RFC 8058).

    Leaving twice is no fault: the answer is that nothing is sent any more.
    """
    follower = _follower(token)
    if follower is None:
        return _gone(request, 200 if request.method == "POST" else 404)
    if request.method == "POST":
        follow.leave(follower)
        return _gone(request, 200)
    return _page(request, "pledges/follow_leave.html", follower)


def _gone(request, status):
    return render(request, "pledges/follow_gone.html", status=status)
