"""보고서: every document of every subject by period, seen on screen or taken away."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import making
from ..exports import RENDERERS, files
from ..models import Publication
from ..reports import all_reports, must_read, period_named, periods_for
from . import files as kept_files

PAGE = 12  # periods at a time, three years of quarters
LABELS = {"html": "미리보기", "pdf": "PDF", "xlsx": "Excel", "hwpx": "HWPX"}


@require_safe
def reports(request):
    """List the documents with their periods, the latest first."""
    must_read(request.user)
    page = Paginator(periods_for(request.user), PAGE).get_page(request.GET.get("page"))
    periods = list(page.object_list)
    published = set(
        Publication.objects.current().filter(period__in=periods).values_list("period_id", flat=True)
    )
    known, kept = kept_files.known(periods), kept_files.kept(periods)
    found = []
    for report in all_reports().values():
        rows = [
            (p, p.pk in published, _forms(report, p, known), _kept(kept, report, p))
            for p in periods
            if p.cadence in report.cadences
        ]
        years = dict.fromkeys(str(p.year) for p, *_ in rows) if report.by_year else ()
        found.append((report, rows, list(years)))
    return render(request, "reporting/reports.html", {"reports": found, "page_obj": page})


def _forms(report, period, known):
    """Return (kind, label, whether it must be made first) of every form of one document."""
    return [
        (kind, LABELS[kind], report.is_long(kind) and (report.name, period.pk, kind) not in known)
        for kind in RENDERERS
    ]


def _kept(kept, report, period):
    """Return (label, file) of what was made of one document and is kept, in the order of the forms."""
    order = list(LABELS)
    rows = sorted(kept.get((report.name, period.pk), []), key=lambda row: order.index(row.kind))
    return [(LABELS[row.kind], row) for row in rows]


@require_safe
def report(request, name, code, kind):
    """Show one document on screen (html) or hand it over as a file; of a published period the kept one."""
    must_read(request.user)
    found = all_reports().get(name)
    if found is None or kind not in RENDERERS:
        raise Http404("그런 보고서가 없습니다.")
    period = period_named(request.user, found, code)
    if found.is_long(kind):
        return kept_files.offer(request, found, period, kind)
    if kind == "html":
        return _preview(request, found, period, found.build(period))
    row = making.keep(found, period, kind, by=request.user)
    if row and (answer := kept_files.short(row)):
        return answer
    document = found.build(period)
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
