"""The health check and the pages for refused requests."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def healthz(request):
    """Answer 200 while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok"})


def csrf_failure(request, reason=""):
    """Explain a form that was sent with an old key, without losing what was typed."""
    return render(request, "403_csrf.html", {"typed": _typed(request)}, status=403)


def _typed(request):
    """Return the long texts of the refused form, so that a person can copy them."""
    return [(name, value) for name, value in request.POST.items() if len(value) > 20][:20]
