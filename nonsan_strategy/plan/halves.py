"""A half year's reports of tasks and projects as the data has them, and typed into the departments' own form."""

from projects.forms import TEXTS, WorkReportForm
from projects.models import Source
from projects.subject import WorkSubject

from .read import PlanError, period_code, text

CADENCE = "h"


def problems(plan):
    """Return rows that are about nothing or about the same, and steps that the plan does not have."""
    work = plan.work
    steps = {task["number"]: _titles(task) for task in work["tasks"]}
    steps |= {row["slug"]: _titles(row) for row in work["projects"]}
    found = []
    for period in plan.periods:
        if period["cadence"] != CADENCE:
            continue
        code, seen = period_code(period), set()
        for row in plan.reports[code]:
            about = name_of(row)
            if about not in steps:
                found.append(f"{code}: 없는 업무·사업 {about}의 실적입니다.")
            if about in seen:
                found.append(f"{code}: {about}의 실적이 두 번 있습니다.")
            seen.add(about)
            strange = sorted(set(row.get("steps", {})) - steps.get(about, set()))
            found += [
                f"{code}: {about}의 일정 '{title}'이(가) 계획에 없습니다." for title in strange
            ]
    return found


def _titles(row):
    return {step["title"] for step in row.get("milestones", [])}


def name_of(row):
    """Return the task's number or the project's slug that a row is about."""
    return row.get("task") or row.get("project")


def owed(period):
    """Return {task number or project slug: submission} of a period."""
    submissions = period.submissions.filter(kind=WorkSubject.kind)
    rows = submissions.select_related("work_report__task", "work_report__project", "period")
    reports = [(s, s.work_report) for s in rows]
    return {r.task.number if r.task else r.project.slug: s for s, r in reports}


def form_of(row, report, reason):
    """Return the form of a locked row, filled in from the data; raises `PlanError` for unknown steps."""
    steps = report.get("steps", {})
    milestones = (row.task or row.project).milestones.all()
    if strange := set(steps) - {m.title for m in milestones}:
        raise PlanError(f"{name_of(report)}: 없는 일정 {', '.join(sorted(strange))}")
    spent = report.get("spent", {})
    typed = {
        **{name: text(report.get(name)) for name in TEXTS},
        **{f"spent_{source}": spent.get(source) for source in Source.values},
        **{f"step_{m.pk}": steps.get(m.title, "") for m in milestones},
    }
    form = WorkReportForm(typed, instance=row)
    form.reason = reason
    return form
