"""사업 for staff: the list, one project as it stands now, and the change of its plan."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from reporting.history import Stale
from reporting.lists import ListPage
from reporting.permissions import keeps_master_data
from reporting.workflow import Refused

from ..checks import money_problems
from ..models import Project
from ..staff import Living, is_made, told
from ..staff import revise as take_down
from ..staff_forms import RevisionForm
from ..staff_lists import ProjectFilter, ProjectTable
from ..staff_rights import reads_projects, revises

# Pages about projects of one kind, and beside them; named here only where their address exists.
BESIDE = (
    ("regional:soc", "생활SOC 복합화"),
    ("regional:balanced", "균형발전사업"),
    ("regional:proposals", "균형발전 사업 제안"),
    ("studies:list", "연구용역"),
    ("office:instructions", "지시사항"),
    ("office:meetings", "회의"),
    ("office:surveys", "만족도 조사"),
    ("office:archive", "시정기록"),
)


def pages_beside():
    """Return (address, label) of the pages that there are."""
    found = []
    for name, label in BESIDE:
        try:
            found.append((reverse(name), label))
        except NoReverseMatch:
            continue
    return found


def _must_read(user):
    if not reads_projects(user):
        raise PermissionDenied("사업은 논산시 직원만 봅니다.")


def _shown(request, pk):
    _must_read(request.user)
    rows = Project.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("task__plan", "parent__parent", "department"), pk=pk
    )


@method_decorator(require_safe, name="dispatch")
class ProjectList(ListPage):
    """사업, by task and place in it."""

    model = Project
    table_class = ProjectTable
    filterset_class = ProjectFilter
    template_name = "work/list.html"
    row_template = "work/row.html"
    title = "사업"

    def get(self, request, *args, **kwargs):
        """Refuse whoever does not work for the city."""
        _must_read(request.user)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        """Return the rows with what page and sheet name."""
        rows = super().get_queryset().in_order()
        return rows.select_related("task__plan", "department", "parent").prefetch_related("funding")

    def get_context_data(self, **more):
        """Add officer and money of the rows of this page, and the pages beside it."""
        context = super().get_context_data(**more)
        context["page_obj"].object_list = told(context["page_obj"].object_list)
        return context | {"beside": pages_beside()}


@require_safe
def project(request, pk):
    """Show one project with everything that hangs on it."""
    row = _shown(request, pk)
    living = Living(row)
    context = {
        "project": row,
        "living": living,
        "report": living.report_of(request.user),
        "may_revise": revises(request.user),
        "keeps": keeps_master_data(request.user),
    }
    return render(request, "work/project.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request, pk):
    """Take a change of the plan down as the next 차수; a form sent twice has one effect."""
    if not revises(request.user):
        raise PermissionDenied("계획 변경은 전략기획실만 적습니다.")
    row = _shown(request, pk)
    form = RevisionForm(request.POST if request.method == "POST" else None, project=row)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            if answer := _revised(request, row, form):
                return answer
            status = 409
    return render(request, "work/revise.html", {"form": form, "project": row}, status=status)


def _revised(request, row, form):
    """Return the way on after the change, or None when the form says why there was none."""
    asked = {name: form.cleaned_data[name] for name in ("decided_on", "reason")}
    version = form.cleaned_data["version"]
    try:
        revision = take_down(row, version=version, values=form.values, by=request.user, **asked)
    except Stale:
        now = _shown(request, row.pk)
        if not is_made(now, values=form.values, **asked):
            form.show_conflict(now)
            return None
        messages.info(request, "이미 저장된 변경입니다.")
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    else:
        messages.success(request, f"{revision}을 저장했습니다.")
        for text in money_problems(revision.project):
            messages.warning(request, text)
    return redirect("work:project", pk=row.pk)
