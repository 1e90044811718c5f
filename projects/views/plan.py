"""The citizens' pages of the year's plan: the year and one task, from what was published."""

from django.http import Http404
from django.shortcuts import redirect, render

from reporting.finished import piece
from reporting.public import public_page

from ..editions import NO_SUCH_TASK, NotPublished, edition_of
from ..money import budget
from ..schedule import tally
from .steps import counted, drawn

PARTS_TABLE = "balanced"  # the insert that stands for a programme's parts


def asked_edition(request, year=""):
    """Return the edition that an address asks for, None before the first; 404 if there is none."""
    asked = year, request.GET.get("period", "")
    try:
        return piece(("plan-edition", *asked), lambda: edition_of(*asked))
    except NotPublished as reason:
        raise Http404(str(reason)) from reason


@public_page
def newest(request):
    """Lead to the newest published year, or say that nothing is published."""
    edition = asked_edition(request)
    if edition is None:
        return render(request, "projects/nothing.html")
    return redirect("projects:plan", year=edition.plan.year)


@public_page
def plan(request, year):
    """Show a year's plan: goals, strategies, and how far the steps of each task are."""
    edition = asked_edition(request, year)
    tasks, projects = list(edition.tasks), list(edition.projects)
    found = budget(projects, edition.plan.year)
    context = {
        "edition": edition,
        "revisions": edition.revisions(),
        "plan": edition.plan,
        "budget": found,
        "bars": found.sources,
        "project_count": len(projects),
        "tasks": tasks,
        "progress": [(str(t), _parts(t, edition.on), _address(t, edition)) for t in tasks],
    }
    return render(request, "projects/plan.html", context)


def _parts(task, on):
    return counted(tally(task.data["milestones"], on))


def _address(task, edition):
    return f"/plan/{task.year}/{task.number}/{edition.query}"


@public_page
def task(request, year, number):
    """Show one task: aims, outline, steps with how they stand, projects."""
    edition = asked_edition(request, year)
    tasks = list(edition.tasks)
    row = next((t for t in tasks if str(t.number) == number), None)
    if row is None:
        raise Http404(NO_SUCH_TASK)
    projects = list(edition.projects)
    context = {
        "edition": edition,
        "row": row,
        "sections": [_section(section, projects) for section in row.data["sections"]],
        "drawn": drawn(row.data["milestones"], edition.on),
        "projects": [p for p in projects if p.task_number == row.number],
        "revisions": edition.revisions(),
    }
    return render(request, "projects/task.html", context)


def _section(section, projects):
    """Return a section of the outline with the parts of its programme where the papers print their table."""
    drawn_here = section["insert"] == PARTS_TABLE
    return {
        **section,
        "parts": [p for p in projects if drawn_here and p.parent_id == section["project"]],
        "sections": [_section(below, projects) for below in section["sections"]],
    }
