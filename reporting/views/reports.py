"""보고서: every document of every subject by period, seen on screen or taken away."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .. import permissions
from ..exports import RENDERERS, files
from ..models import Period, Publication
from ..subjects import all_subjects

PAGE = 12  # periods at a time, three years of quarters
LABELS = {"html": "미리보기", "pdf": "PDF", "xlsx": "Excel", "hwpx": "HWPX"}


@dataclass(frozen=True)
class Report:
    """A document that can be had: its name in addresses, its title, what is in it, its builder."""

    name: str
    title: str
    sentence: str
    build: object
    cadences: tuple


def _reports():
    """Return {name: Report} of all subjects."""
    return {
        name: Report(name, title, sentence, build, subject.cadences)
        for subject in all_subjects()
        for name, (title, sentence, build) in subject.documents().items()
    }


def _periods(user):
    """Return the periods whose reports this person reads: published ones, drafts by right."""
    periods = Period.objects.exclude(state=Period.State.PREPARED).newest_first()
    if permissions.reads_drafts(user):
        return periods
    return periods.filter(pk__in=Publication.objects.current().values("period"))


def _must_read(user):
    if not permissions.reads_reports(user):
        raise PermissionDenied("보고서는 역할이 있는 직원만 봅니다.")


@require_safe
def reports(request):
    """List the documents with their periods, the latest first."""
    _must_read(request.user)
    page = Paginator(_periods(request.user), PAGE).get_page(request.GET.get("page"))
    periods = list(page.object_list)
    published = set(
        Publication.objects.current().filter(period__in=periods).values_list("period_id", flat=True)
    )
    found = [
        (report, [(p, p.pk in published) for p in periods if p.cadence in report.cadences])
        for report in _reports().values()
    ]
    kinds = [(kind, LABELS[kind]) for kind in RENDERERS]
    context = {"reports": found, "kinds": kinds, "page_obj": page}
    return render(request, "reporting/reports.html", context)


@require_safe
def report(request, name, code, kind):
    """Show one document on screen (html) or hand it over as a file."""
    _must_read(request.user)
    found = _reports().get(name)
    if found is None or kind not in RENDERERS:
        raise Http404("그런 보고서가 없습니다.")
    period = get_object_or_404(_periods(request.user), code=code, cadence__in=found.cadences)
    document = found.build(period)
    if kind == "html":
        return _preview(request, found, period, document)
    name = files.filename(f"{document.title} {period}", period.as_of, kind)
    return files.download(RENDERERS[kind](document), name, kind)


def _preview(request, report, period, document):
    context = {
        "report": report,
        "period": period,
        "document": document,
        "fragment": RENDERERS["html"](document),
        "kinds": [(kind, LABELS[kind]) for kind in RENDERERS if kind != "html"],
    }
    return render(request, "reporting/reports_preview.html", context)
