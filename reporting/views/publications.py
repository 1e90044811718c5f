"""Before and after a publication: let findings pass with a reason, and take a publication back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ..forms import OverrideForm, WithdrawForm
from ..models import Period, Publication
from ..permissions import runs_periods
from ..publishing import override_findings, scan_files, withdraw_publication
from ..workflow import Refused
from .periods import page_of


def _must_run(user):
    if not runs_periods(user):
        raise PermissionDenied("보고기간은 전략기획실만 다룹니다.")


@require_POST
def scan(request, pk):
    """Have the files of the period read that have not been read yet."""
    _must_run(request.user)
    period = get_object_or_404(Period, pk=pk)
    scan_files(period, by=request.user)
    messages.info(request, "파일을 읽고 있습니다. 잠시 뒤 이 화면을 새로 고쳐 주세요.")
    return redirect("reporting:period", pk=pk)


@require_POST
def override(request, pk):
    """Let the findings that the page showed be published, with a reason."""
    _must_run(request.user)
    period = get_object_or_404(Period, pk=pk)
    form = OverrideForm(request.POST)
    if not form.is_valid():
        return page_of(request, period, 422, override_form=form)
    try:
        override_findings(period, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return page_of(request, period, 409, override_form=form)
    messages.success(request, "사유를 남겼습니다. 찾은 것이 그대로인 동안 공표할 수 있습니다.")
    return redirect("reporting:period", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, pk):
    """Ask for the public reason, then take back the revision of the period that citizens read."""
    _must_run(request.user)
    period = get_object_or_404(Period, pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publication = get_object_or_404(
            Publication, period=period, revision=form.cleaned_data["revision"]
        )
        try:
            withdraw_publication(publication, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return _withdrawing(request, period, form, 409)
        messages.success(request, f"{publication}을(를) 거두어들였습니다.")
        return redirect("reporting:period", pk=pk)
    return _withdrawing(request, period, form, 422 if request.method == "POST" else 200)


def _withdrawing(request, period, form, status):
    standing = Publication.objects.current().filter(period=period).first()
    earlier = (
        Publication.objects.filter(period=period, withdrawal=None, pk__lt=standing.pk)
        if standing
        else None
    )
    context = {
        "period": period,
        "form": form,
        "standing": standing,
        "before": earlier.order_by("-revision").first() if standing else None,
    }
    return render(request, "reporting/withdraw.html", context, status=status)
