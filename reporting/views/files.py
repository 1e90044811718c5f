"""Files of documents: have a long one made, see how far it is, take the finished file, see what is kept."""

from django.db.models import Q
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from .. import making
from ..exports import files as answers
from ..exports.files import TYPES, filename
from ..models import Publication, ReportFile
from ..permissions import reads_drafts
from ..reports import all_reports, must_read, period_named

SHOWN = 100  # of the newest files; older ones are had from the list of reports


def _visible(user):
    """Return the files this person may take: of what is published all, others by the right to drafts.

    What was withdrawn, perhaps for what it told of somebody, is taken by nobody else any more.
    """
    must_read(user)
    rows = ReportFile.objects.select_related("period", "publication", "made_by")
    rows = rows.filter(name__in=all_reports())
    if reads_drafts(user):
        return rows
    return rows.filter(publication__isnull=False, publication__withdrawal=None)


def _row(request, pk):
    return get_object_or_404(_visible(request.user), pk=pk)


def _long(user, name, code, kind):
    """Return (report, period) of a long document that this person reads, or raise 404."""
    must_read(user)
    report = all_reports().get(name)
    if report is None or not report.is_long(kind):
        raise Http404("그런 보고서가 없습니다.")
    return report, period_named(user, report, code)


def known(periods):
    """Return {(report, period pk, kind)} of what was ever asked for."""
    rows = ReportFile.objects.filter(period__in=periods)
    return set(rows.values_list("name", "period_id", "kind"))


def kept(periods):
    """Return {(report, period pk): finished files} of what is read now of these periods, with who made them."""
    current = Publication.objects.current().filter(period__in=periods)
    read_now = Q(publication__in=current.values("pk"))
    drafts = Q(publication=None) & ~Q(period__in=current.values("period"))
    rows = ReportFile.objects.filter(read_now | drafts, state=ReportFile.State.DONE)
    found = {}
    for row in rows.filter(period__in=periods).select_related("made_by"):
        found.setdefault((row.name, row.period_id), []).append(row)
    return found


def offer(request, report, period, kind):
    """Hand over the kept file of a long document; without one, show the page that has it made."""
    row = making.found(report, period, kind)
    if row and making.is_fresh(row, report):
        return _send(row)
    if row and row.is_under_way and not row.is_lost:
        return redirect("reporting:report-file", pk=row.pk)
    context = {"report": report, "period": period, "kind": kind, "row": row}
    return render(request, "reporting/report_make.html", context)


@require_POST
def make(request, name, code, kind):
    """Have a long document made, or made again, and lead to how far it is."""
    report, period = _long(request.user, name, code, kind)
    row = making.ask(report, period, kind, by=request.user)
    return redirect("reporting:report-file", pk=row.pk)


@require_safe
def files(request):
    """List what is being made and what is kept, the newest first."""
    rows = list(_visible(request.user)[:SHOWN])
    reports = all_reports()
    for row in rows:
        row.report = reports[row.name]
    context = {
        "under_way": [
            row
            for row in rows
            if row.state != ReportFile.State.DONE and row.report.is_long(row.kind)
        ],
        "kept": [row for row in rows if row.state == ReportFile.State.DONE],
        "waits": any(row.waits_for_worker for row in rows) and not _somebody_works(),
    }
    return render(request, "reporting/report_files.html", context)


@require_safe
def file(request, pk):
    """Show how far one file is; once finished, where to take it; when it failed, why."""
    row = _row(request, pk)
    row.report = all_reports()[row.name]
    context = {"row": row, "waits": row.waits_for_worker and not _somebody_works()}
    return render(request, "reporting/report_file.html", context)


@require_safe
def progress(request, pk):
    """Return how far one file is as JSON, for the page that shows it."""
    row = _row(request, pk)
    return JsonResponse(
        {
            "state": row.state,
            "done": row.done,
            "total": row.total,
            "doing": row.doing or row.get_state_display(),
            "seconds": row.seconds,
            "finished": not row.is_under_way or row.is_lost,
            "waits": row.waits_for_worker and not _somebody_works(),
        }
    )


@require_safe
def download(request, pk):
    """Hand over a finished file."""
    row = _row(request, pk)
    if row.state != ReportFile.State.DONE:
        raise Http404("아직 다 되지 않은 파일입니다.")
    return _send(row)


def _send(row):
    try:
        content = row.file.open("rb")
    except FileNotFoundError as lost:
        raise Http404("파일이 저장소에 없습니다. 다시 만들어 주세요.") from lost
    return FileResponse(
        content,
        as_attachment=True,
        filename=filename(f"{row.title} {row.period}", row.period.as_of, row.kind),
        content_type=TYPES[row.kind],
    )


def short(row):
    """Hand over a kept short document; None when its file was lost since it was looked for."""
    try:
        with row.file.open("rb") as kept:
            content = kept.read()
    except FileNotFoundError:
        return None
    name = filename(f"{row.title} {row.period}", row.period.as_of, row.kind)
    return answers.download(content, name, row.kind)


def _somebody_works():
    """Say whether the worker is at another file: then waiting is no sign that it is missing."""
    return (
        ReportFile.objects.filter(state=ReportFile.State.RUNNING)
        .exclude(pk__in=ReportFile.objects.lost())
        .exists()
    )
