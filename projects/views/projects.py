"""The citizens' pages of projects: the list, one project, and where they are, from what was published."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator

from reporting.lists import ListPage
from reporting.public import public_page

from .. import formats, money, places
from ..editions import NO_SUCH_PROJECT
from ..filters import ProjectFilter
from ..models import PublishedProject
from ..tables import ProjectTable
from .plan import asked_edition
from .steps import drawn

NARROWINGS = ("q", "task", "kind", "department")


@method_decorator(public_page, name="dispatch")
class ProjectList(ListPage):
    """사업 목록: all projects of one published period."""

    model = PublishedProject
    table_class = ProjectTable
    filterset_class = ProjectFilter
    template_name = "projects/list.html"
    row_template = "projects/row.html"
    title = "사업 목록"
    public = True

    def get(self, request, *args, **kwargs):
        """Choose the edition first; before the first publication there is only a sentence to show."""
        self.edition = asked_edition(request)
        if self.edition is None:
            return render(request, "projects/nothing.html")
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        """Return the edition's projects."""
        return self.edition.projects.select_related("publication__period")

    def get_filterset_kwargs(self, filterset_class):
        """Let the filter offer this edition's tasks and departments."""
        tasks = [(str(t.number), str(t)) for t in self.edition.tasks.defer("data")]
        names = self.edition.projects.values_list("department", "department_name").distinct()
        departments = sorted({(str(pk), name) for pk, name in names}, key=lambda pair: pair[1])
        more = {"tasks": tasks, "departments": departments}
        return {**super().get_filterset_kwargs(filterset_class), **more}

    def get_as_of(self):
        """Return the date of the figures, for the names of downloads."""
        return self.edition.on

    def get_context_data(self, **more):
        """Add the edition and where its rows lead."""
        context = super().get_context_data(**more)
        return {
            **context,
            "edition": self.edition,
            "revisions": self.edition.revisions(),
            "edition_query": self.edition.query,
            "detail_url": reverse("projects:projects"),
        }


@public_page
def project(request, pk):
    """Show one project: facts, money, steps, what changed, what it belongs to, what was reported."""
    edition = asked_edition(request)
    rows = list(edition.projects) if edition else []
    row = next((r for r in rows if str(r.project_id) == pk), None)
    if row is None:
        raise Http404(NO_SUCH_PROJECT)
    shown = {r.project_id for r in rows}
    context = {
        "edition": edition,
        "row": row,
        "task": edition.tasks.filter(number=row.task_number).defer("data").first(),
        "programme": next((r for r in rows if r.project_id == row.parent_id), None),
        "parts": [r for r in rows if r.parent_id == row.project_id],
        "facts": _facts(row),
        "funding": money.table(row.data["funding"], row.total_cost),
        "relations": [{**r, "shown": r["project"] in shown} for r in row.data["relations"]],
        "drawn": drawn(row.data["milestones"], edition.on),
        "revisions": edition.revisions(),
    }
    return render(request, "projects/project.html", context)


def _facts(row):
    """Return (label, text) of what is known of a project."""
    partners = row.data["partners"]
    found = [
        ("종류", row.get_kind_display()),
        ("부서", row.department_name),
        ("사업기간", formats.period(row.starts, row.ends)),
        ("위치", row.location),
        ("규모·대상", row.data["scope"]),
        ("사업비", _cost(row)),
        ("대상 시·군", f"{len(partners)}개 시·군({', '.join(partners)})" if partners else ""),
        ("기대효과", row.data["expected_effect"]),
        *row.data["detail"]["facts"],
    ]
    return [(label, text) for label, text in found if text]


def _cost(row):
    lines = money.table(row.data["funding"])["lines"][1:]
    shares = [(line.label, line.planned) for line in lines if line.planned is not None]
    return formats.money(row.total_cost, shares) if row.total_cost is not None else ""


@public_page
def places_page(request):
    """Show the projects by the 읍·면·동 that their 위치 names."""
    edition = asked_edition(request)
    if edition is None:
        return render(request, "projects/nothing.html")
    towns, other, blank = places.by_town(list(edition.projects))
    context = {"edition": edition, "towns": towns, "other": other, "blank": blank}
    return render(request, "projects/places.html", context)
