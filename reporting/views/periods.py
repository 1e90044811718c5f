"""보고기간: prepare, open, see who has not reported, close and publish."""

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.history import changes

from .. import actions, clock, formats
from ..extensions import extend_deadline, may_be_extended
from ..forms import CloseForm, ExtensionForm, OverrideForm, PeriodForm, PublishForm
from ..history import Stale
from ..models import Period, Submission
from ..permissions import runs_periods
from ..rules import next_span
from ..scan.period import scan
from ..subjects import all_subjects, briefs_of
from ..workflow import Refused
from .chase import chase_of

State = Submission.State
PAGE = 20  # periods of the list at a time


def _must_run(user):
    if not runs_periods(user):
        raise PermissionDenied("보고기간은 전략기획실만 다룹니다.")


def _count(state):
    return Count("submissions", filter=Q(submissions__state=state))


@require_safe
def periods(request):
    """List all periods with how far each one is."""
    _must_run(request.user)
    page = Paginator(Period.objects.newest_first(), PAGE).get_page(request.GET.get("page"))
    rows = Period.objects.filter(pk__in=[period.pk for period in page.object_list])
    rows = rows.newest_first().annotate(
        total=Count("submissions"),
        **{state.value: _count(state) for state in State},
    )
    context = {"periods": rows, "page_obj": page, "today": clock.today()}
    return render(request, "reporting/periods.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Prepare the next period; the form proposes the span after the last one."""
    _must_run(request.user)
    last = Period.objects.filter(cadence=Period.Cadence.QUARTER).newest_first().first()
    proposal = Period(cadence=Period.Cadence.QUARTER)
    if last:
        proposal.year, proposal.number = next_span(last.cadence, last.year, last.number)
    form = PeriodForm(request.POST or None, instance=proposal, propose=True)
    if request.method == "POST" and form.is_valid():
        try:
            period = actions.create_period(form.save(commit=False), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return render(request, "reporting/period_form.html", {"form": form}, status=409)
        messages.success(request, f"{period} 준비했습니다. 날짜를 확인하고 입력을 시작하세요.")
        return redirect("reporting:period", pk=period.pk)
    return render(request, "reporting/period_form.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    """Change the dates of a period; items that had the old deadline get the new one."""
    _must_run(request.user)
    period = get_object_or_404(Period, pk=pk)
    form = PeriodForm(request.POST or None, instance=period)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reschedule(
                form.save(commit=False), version=form.cleaned_data["version"], by=request.user
            )
        except Stale:
            now = Period.objects.get(pk=pk)
            form.show_conflict(now)
            context = {"form": form, "period": now, "conflict": True}
            return render(request, "reporting/period_form.html", context, status=409)
        except Refused as refusal:
            form.add_error("as_of", str(refusal))
            context = {"form": form, "period": Period.objects.get(pk=pk)}
            return render(request, "reporting/period_form.html", context, status=409)
        messages.success(request, "날짜를 고쳤습니다.")
        return redirect("reporting:period", pk=pk)
    context = {"form": form, "period": period}
    return render(request, "reporting/period_form.html", context, status=_status(form))


def _status(form):
    return 422 if form.is_bound and not form.is_valid() else 200


@require_safe
def period(request, pk):
    """Show one period: who has reported and who has not, and the next step."""
    _must_run(request.user)
    found = get_object_or_404(Period, pk=pk)
    return page_of(request, found, **chase_of(found, request.GET.get("extend", "")))


def page_of(request, period, status=200, **forms):
    """Answer the page of one period, with forms as they were sent."""
    submissions = list(period.submissions.select_related("department").order_by("order", "pk"))
    missing = [s for s in submissions if s.state != State.APPROVED]
    publications = list(period.publications.select_related("by", "withdrawal__by"))
    revision = publications[0].revision + 1 if publications else 1
    changed_since = _changed_since(period, publications)
    standing = next((p for p in publications if not hasattr(p, "withdrawal")), None)
    may_publish = period.state == Period.State.CLOSED or (
        bool(publications) and (changed_since or standing != publications[0])
    )
    found = scan(period) if may_publish else None
    context = {
        "period": period,
        "standing": standing,
        "may_publish": may_publish,
        "scan": found,
        "overrides": period.scan_overrides.select_related("by"),
        "override_form": OverrideForm(initial={"digest": found.digest if found else ""}),
        "today": clock.today(),
        "departments": _by_department(submissions),
        "total": len(submissions),
        "counts": [(s, sum(x.state == s for x in submissions)) for s in State],
        "missing": missing,
        "unfinished": [s for s in submissions if s.state in (State.DRAFT, State.RETURNED)],
        "waiting": sum(s.state == State.SUBMITTED for s in submissions),
        "briefs": briefs_of(missing),
        "publications": publications,
        "corrections": actions.corrections(period) if period.closed_at else [],
        "changed_since": changed_since,
        "history": changes(period),
        "preview": _preview(period),
        "drafts": [name for s in all_subjects() for name in s.documents()],
        **({} if "extend_form" in forms else chase_of(period)),
        "close_form": CloseForm(),
        "publish_form": PublishForm(
            initial={"revision": revision}, needs_reason=bool(publications)
        ),
        **forms,
    }
    return render(request, "reporting/period.html", context, status=status)


def _preview(period):
    """Return what the subjects say of the publication to come; nothing before the closing."""
    if period.state not in (Period.State.CLOSED, Period.State.PUBLISHED):
        return []
    mine = [s for s in all_subjects() if period.cadence in s.cadences]
    return [sentence for subject in mine for sentence in subject.preview(period)]


def _by_department(submissions):
    """Return per department its counts by state and what is missing, in the departments' order."""
    found = defaultdict(list)
    for submission in submissions:
        found[submission.department].append(submission)
    rows = []
    for department, items in sorted(found.items(), key=lambda pair: (pair[0].order, pair[0].name)):
        counts = {s.value: sum(x.state == s for x in items) for s in State}
        rows.append(
            {
                "department": department,
                "total": len(items),
                **counts,
                "open": [x for x in items if x.state in (State.DRAFT, State.RETURNED)],
            }
        )
    return rows


def _changed_since(period, publications):
    """Return how many items were approved again since the last publication."""
    if not publications:
        return 0
    return period.submissions.filter(
        state=State.APPROVED, decided_at__gt=publications[0].at
    ).count()


@require_POST
def open_(request, pk):
    """Open the period, or add what is missing in an open one."""
    _must_run(request.user)
    period = get_object_or_404(Period, pk=pk)
    try:
        made = actions.open_period(period, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"입력을 받습니다. 새로 만든 제출 항목 {made}건.")
    return redirect("reporting:period", pk=pk)


@require_POST
def extend(request, pk):
    """Give one department more time, with a reason."""
    _must_run(request.user)
    period = get_object_or_404(Period, pk=pk)
    form = ExtensionForm(request.POST, departments=may_be_extended(period))
    if not form.is_valid():
        return page_of(request, period, 422, **chase_of(period, form=form))
    try:
        row = extend_deadline(period, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return page_of(request, period, 409, **chase_of(period, form=form))
    day = formats.day(row.new_due)
    messages.success(request, f"{row.department}의 기한을 {day}까지 연장했습니다.")
    return redirect("reporting:period", pk=pk)


@require_POST
def close(request, pk):
    """Close the period; unapproved items need a written reason."""
    _must_run(request.user)
    period = get_object_or_404(Period, pk=pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return page_of(request, period, 422, close_form=form)
    try:
        actions.close_period(period, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("missing_reason", str(refusal))
        return page_of(request, period, 409, close_form=form)
    messages.success(request, "마감했습니다. 확인한 뒤 공표하세요.")
    return redirect("reporting:period", pk=pk)


@require_POST
def publish(request, pk):
    """Publish the closed period, or its next revision with a public reason."""
    _must_run(request.user)
    period = get_object_or_404(Period, pk=pk)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return page_of(request, period, 422, publish_form=form)
    try:
        publication = actions.publish_period(
            period,
            by=request.user,
            revision=form.cleaned_data["revision"],
            reason=form.cleaned_data["reason"],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return page_of(request, period, 409, publish_form=form)
    messages.success(request, f"{publication} 공표했습니다. 시민 누리집에 바로 보입니다.")
    return redirect("reporting:period", pk=pk)
