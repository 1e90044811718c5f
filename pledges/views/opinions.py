"""시민 의견: write one, look its receipt up, take it back, read what others wrote."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.addresses import client_address
from reporting.open_forms import TooOld, key_of, open_form
from reporting.public import public_page

from .. import limits, opinions
from ..citizen_forms import OpinionForm, ReceiptForm
from ..editions import latest_row
from ..models import Opinion
from .public import found

PAGE = 20
TOO_OLD = "화면을 연 지 오래되어 다시 그렸습니다. 적은 것은 그대로 있으니 한 번 더 내 주세요."
TOO_MANY = "짧은 시간에 너무 많이 냈습니다. 한 시간쯤 뒤에 다시 내 주세요. 적은 것은 이 화면에 그대로 있습니다."


@public_page
def listed(request, number):
    """Show all opinions on a pledge with their answers, newest first."""
    edition, row = found(request, number)
    rows = Opinion.objects.shown().filter(pledge=row.pledge_id)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"edition": edition, "row": row, "page_obj": page, "query": edition.query}
    return render(request, "pledges/opinions.html", context)


@open_form
def write(request, number):
    """Draw the form, or take an opinion in and hand its receipt over."""
    place = found(request, number)
    if request.method != "POST":
        return _form(request, place, OpinionForm())
    form = OpinionForm(request.POST)
    try:
        key = key_of(request)
    except TooOld:
        return _again(request, place, form, TOO_OLD, 409)
    if not form.is_valid():
        return _form(request, place, form, 422)
    try:
        opinion = opinions.write(
            place[1].pledge_id,
            key=key,
            text=form.cleaned_data["text"],
            nickname=form.cleaned_data["nickname"],
            who=limits.network(client_address(request)),
        )
    except limits.TooMany:
        return _again(request, place, form, TOO_MANY, 429)
    return redirect("pledges:opinion-receipt", receipt=opinion.receipt)


def _again(request, place, form, sentence, status):
    form.renew()
    form.add_error(None, sentence)
    return _form(request, place, form, status)


def _form(request, place, form, status=200):
    edition, row = place
    context = {"row": row, "query": edition.query, "form": form}
    return render(request, "pledges/opinion_form.html", context, status=status)


def _by_receipt(typed):
    receipt = opinions.receipt_of(typed)
    rows = Opinion.objects.select_related("answer")
    if not receipt:
        raise Http404("그런 접수번호가 없습니다.")
    return get_object_or_404(rows, receipt=receipt)


@open_form
def receipt(request, receipt):
    """Show the writer how far the opinion is, and its answer; a button takes its words away."""
    opinion = _by_receipt(receipt)
    if request.method == "POST":
        opinions.erase(opinion)
        return redirect("pledges:opinion-receipt", receipt=opinion.receipt)
    decision = opinion.decisions.first()
    context = {
        "opinion": opinion,
        "row": latest_row(opinion.pledge_id),
        "decision": decision,
        "answer": getattr(opinion, "answer", None),
    }
    return render(request, "pledges/opinion_receipt.html", context)


@login_not_required
@require_safe
def find(request):
    """Look an opinion up by its receipt number."""
    form = ReceiptForm(request.GET if "receipt" in request.GET else None)
    if form.is_valid():
        try:
            opinion = _by_receipt(form.cleaned_data["receipt"])
            return redirect("pledges:opinion-receipt", receipt=opinion.receipt)
        except Http404:
            form.add_error("receipt", "그런 접수번호가 없습니다. 다시 확인해 주세요.")
    status = 422 if form.is_bound else 200
    return render(request, "pledges/opinion_find.html", {"form": form}, status=status)
