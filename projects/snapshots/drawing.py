"""Put the plan of a period's year together from its rows; texts with their figures filled in."""

from dataclasses import dataclass

from django.db.models import Q

from reporting.formats import normal

from ..models import Plan, Project, PublishedPlan, PublishedProject, PublishedTask
from ..wording import blocks_of, figures_of, fill
from .pieces import outline, project_data, steps_of, this_year
from .reports import Reported, reported

TEXTS = ("done", "problems", "countermeasures", "next_plans")


@dataclass(frozen=True)
class Drawn:
    """A period's snapshot rows, saved or not: the plan of its year (or None), its tasks, the projects."""

    plan: PublishedPlan | None
    tasks: list
    projects: list

    def of_task(self, number):
        """Return the projects of one task, programmes before their parts."""
        return [p for p in self.projects if p.task_number == number]

    def parts_of(self, row):
        """Return the parts of a programme, in order."""
        return [p for p in self.projects if p.parent_id == row.project_id]


def draw(period, *, approved_only=True):
    """Return the `Drawn` of a period, unsaved; a fixed number of queries.

    An item the office has not approved in this period carries its last approved report and `reported=False`;
    without `approved_only` what is written already speaks (`reports.reported`).
    """
    told = reported(period, approved_only=approved_only)
    plan = _plans().filter(year=period.year).first()
    figures = figures_of(plan, period.as_of) if plan else {}
    projects = [_project(p, _of(told, "project", p), period) for p in _projects(period)]
    if plan is None:
        return Drawn(None, [], projects)
    tasks = [
        _task(t, _of(told, "task", t), period, figures) for t in plan.tasks.all() if t.is_active
    ]
    return Drawn(_plan(plan, figures), tasks, projects)


def _of(told, word, item):
    return told.get((word, item.pk), Reported([]))


def _plans():
    return Plan.objects.select_related("department").prefetch_related(
        "goals",
        "strategies",
        "figures",
        "tasks__department",
        "tasks__aims",
        "tasks__strategies",
        "tasks__sections__rows",
        "tasks__sections__project__funding",
        "tasks__sections__project__partners",
        "tasks__sections__project__parts",
        "tasks__milestones__notes",
    )


def _projects(period):
    """Return the active projects of the year's plan, and those of no plan that run in the year."""
    year = str(period.year)
    running = (Q(starts="") | Q(starts__lte=f"{year}-12-31")) & (Q(ends="") | Q(ends__gte=year))
    found = Project.objects.active().filter(Q(task__plan__year=period.year) | Q(running, task=None))
    return (
        found.select_related("task__plan", "department", "parent")
        .prefetch_related(
            "lines",
            "funding",
            "revisions__lines",
            "relations__other",
            "partners",
            "milestones__notes",
        )
        .in_order()
    )


def _plan(plan, figures):
    return PublishedPlan(
        plan=plan,
        year=plan.year,
        title=plan.title,
        department_name=plan.department.name,
        data={
            "goals": [_line(goal, figures) for goal in plan.goals.all()],
            "strategies": [_line(strategy, figures) for strategy in plan.strategies.all()],
        },
    )


def _line(row, figures):
    return {"text": fill(row.text, figures), "follows": fill(row.follows, figures)}


def _task(task, told, period, figures):
    row = PublishedTask(
        task=task,
        year=task.plan.year,
        number=task.number,
        title=task.title,
        department=task.department,
        department_name=task.department.name,
        data={
            "aims": [fill(aim.text, figures) for aim in task.aims.all()],
            "strategies": [s.text for s in task.strategies.all()],
            "sections": outline(
                task.sections.all(),
                figures,
                lambda name: blocks_of(task.plan, name, period.as_of),
            ),
            "milestones": steps_of(task.milestones.all(), told.actual(), figures),
        },
    )
    return _told(row, told)


def _told(row, told):
    """Copy the texts of the report that speaks; without any they stay blank."""
    row.reported = told.now is not None
    if told.shown:
        row.reported_in = str(told.shown.submission.period)
        for name in TEXTS:
            setattr(row, name, getattr(told.shown, name))
    return row


def _project(project, told, period):
    data = project_data(project, told)
    row = PublishedProject(
        project=project,
        parent=project.parent,
        year=project.task.plan.year if project.task else None,
        task_number=project.task.number if project.task else None,
        order=project.order,
        kind=project.kind,
        title=project.title,
        department=project.department,
        department_name=project.department.name,
        starts=project.starts,
        ends=project.ends,
        location=project.location,
        latitude=project.latitude,
        longitude=project.longitude,
        total_cost=project.total_cost,
        **this_year(data["funding"], period.year),
        data=data,
        demo=project.demo,
    )
    row = _told(row, told)
    row.search = _search(row)
    return row


def _search(row):
    lines = " ".join(line["text"] for line in row.data["lines"])
    return normal(f"{row.title} {row.department_name} {row.location} {lines}")
