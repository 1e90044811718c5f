"""The first page, the health check and the pages for refused requests."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pledges.editions import edition_of
from pledges.lists import counts_of, list_url
from pledges.permissions import sits_on_jury
from projects.editions import edition_of as plan_edition
from projects.views.steps import counted
from reporting.permissions import has_desk, reviews_any, watches
from reporting.public import public_page

log = logging.getLogger(__name__)


@public_page
def home(request):
    """Show citizens the latest published quarter at a glance, and how far the year's plan is."""
    edition, work = edition_of(), _work()
    if edition is None:
        return render(request, "home.html", work)
    context = {
        **work,
        "edition": edition,
        "counts": counts_of(edition),
        "core": edition.rows.filter(is_core=True).defer("card", "search"),
        "core_url": list_url(edition, core=1),
    }
    return render(request, "home.html", context)


def _work():
    """Return the newest published plan and its steps counted by state; nothing before the first."""
    plan = plan_edition()
    if plan is None:
        return {}
    steps = [(label, number) for label, number, _ in counted(plan.progress()) if number]
    return {"work": plan, "steps": steps, "step_count": sum(number for _, number in steps)}


@login_not_required
@require_safe
def healthz(request):
    """Answer 200 while the database answers, 503 when it does not; `manage.py health` says more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError as error:
        log.error("The database does not answer.", exc_info=error)
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok"})


@require_safe
def start(request):
    """Lead a person who has just logged in to where their work is."""
    user = request.user
    if reviews_any(user):
        return redirect("reporting:review")
    if has_desk(user):
        return redirect("reporting:desk")
    if watches(user):
        return redirect("reporting:boards")
    if sits_on_jury(user):
        return redirect("pledges:jury")
    return redirect("admin:index" if user.is_staff else "account")


def csrf_failure(request, reason=""):
    """Explain a form that was sent with an old key, without losing what was typed.

    Another site's form is never echoed: it comes without the session (SameSite=Lax).
    """
    typed = _typed(request) if request.user.is_authenticated else []
    return render(request, "403_csrf.html", {"typed": typed}, status=403)


def _typed(request):
    """Return the longer texts of the refused form, so that a person can copy them."""
    return [
        value
        for name, value in request.POST.items()
        if name not in ("csrfmiddlewaretoken", "was") and len(value) > 20
    ][:20]
