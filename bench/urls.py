"""The site's addresses and the two floors: a view that does nothing, and one that writes a bare row."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from accounts.models import AccessLog
from nonsan_strategy.urls import urlpatterns as site


class Row(forms.Form):
    """One field."""

    what = forms.CharField(max_length=200)


@login_not_required
def empty(request):
    """Answer two letters, behind the same middleware as every page."""
    return HttpResponse("ok")


def row(request):
    """Write one row for a person who is logged in, as plainly as Django can."""
    form = Row(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    with transaction.atomic():
        AccessLog.objects.create(who=request.user.username, action="view", **form.cleaned_data)
    return redirect("/bench/empty/")


urlpatterns = [*site, path("bench/empty/", empty), path("bench/row/", row)]
