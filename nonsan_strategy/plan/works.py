"""The year's work plan and its projects: check every sum, then write what is missing.

Texts hold their numbers as `{key}`; a key must be a figure of the plan or one of another subject.
"""

from projects import wording
from projects.models import (
    Funding,
    Goal,
    Milestone,
    MilestoneNote,
    OutlineRow,
    Partner,
    Plan,
    PlanFigure,
    Project,
    ProjectLine,
    Section,
    Strategy,
    Task,
    TaskAim,
)
from reporting.formats import number
from reporting.history import keep
from reporting.subjects import all_subjects

TASKS = 11  # of the plan of 2019, by its own list
SHOWN = ("location", "total_cost", "demo", "reports", "scope", "expected_effect")


def problems(plan):
    """Return what does not add up or points nowhere in the work plan, as sentences."""
    work = plan.work
    slugs = {row["slug"]: row for row in work["projects"]}
    places = {row["key"] for row in plan.departments}
    return [
        *_figures(work["plan"]["figures"]),
        *_money(work["projects"]),
        *_pointers(work, slugs, places),
        *_keys(work),
    ]


def _figures(rows):
    values = {row["key"]: row["value"] for row in rows}
    found = [f"계획의 수 '{key}'이(가) 두 번 있습니다." for key in _twice(r["key"] for r in rows)]
    for row in rows:
        parts = [r["value"] for r in rows if r.get("parent") == row["key"]]
        if parts and sum(parts) != row["value"]:
            found.append(_gap(row["label"], sum(parts), row["value"]))
        if row.get("parent", row["key"]) not in values:
            found.append(f"계획의 수 '{row['key']}': 없는 합계 {row['parent']}")
    return found


def _money(projects):
    """Return where sources or parts of a project do not add up to its total (백만원)."""
    found = []
    for row in projects:
        if (total := row.get("total_cost")) is None:
            continue
        amounts = [line["planned"] for line in row.get("funding", [])]
        if amounts and None not in amounts and sum(amounts) != total:
            found.append(_gap(f"{row['title']} 재원", sum(amounts), total))
        parts = [p.get("total_cost") for p in projects if p.get("parent") == row["slug"]]
        if parts and None not in parts and sum(parts) != total:
            found.append(_gap(f"{row['title']} 아래 사업", sum(parts), total))
    return found


def _gap(what, have, want):
    return f"{what} 합계: 자료 {number(have)}, 총계 {number(want)}, 차이 {number(have - want)}"


def _twice(keys):
    seen = list(keys)
    return sorted({key for key in seen if seen.count(key) > 1})


def _pointers(work, slugs, places):
    """Return numbers and names that nothing stands behind."""
    numbers = [task["number"] for task in work["tasks"]]
    found = []
    if numbers != list(range(1, TASKS + 1)):
        found.append(f"주요업무 번호가 1–{TASKS}이 아닙니다: {numbers}")
    found += [
        f"사업 '{slug}'이(가) 두 번 있습니다."
        for slug in _twice(r["slug"] for r in work["projects"])
    ]
    for row in work["projects"]:
        if row.get("parent", row["slug"]) not in slugs:
            found.append(f"사업 {row['slug']}: 없는 묶는 사업 {row['parent']}")
        if row["task"] not in numbers:
            found.append(f"사업 {row['slug']}: 없는 주요업무 {row['task']}")
    owners = [*work["tasks"], *work["projects"], work["plan"]]
    found += [
        f"{row['title']}: 없는 부서 {row['department']}"
        for row in owners
        if row["department"] not in places
    ]
    return found + [
        f"주요업무 {task['number']}: 없는 사업 {section['project']}"
        for task in work["tasks"]
        for section in _all_sections(task["sections"])
        if section.get("project", "") not in {"", *slugs}
    ]


def _all_sections(sections):
    for section in sections:
        yield section
        yield from _all_sections(section.get("sections", []))


def _keys(work):
    """Return texts that ask for a figure which nothing gives."""
    plan = work["plan"]
    known = {row["key"] for row in plan["figures"]}
    heads = tuple(f"{subject.kind}s." for subject in all_subjects())
    return [
        f"'{text}'의 {{{key}}}에 맞는 수가 없습니다."
        for text in _texts(work)
        for key in wording.keys(text)
        if key not in known and not key.startswith(heads)
    ]


def _texts(work):
    for row in [*work["plan"]["goals"], *work["plan"]["strategies"]]:
        yield row["text"]
        yield row.get("follows", "")
    for task in work["tasks"]:
        yield from task["aims"]
        for section in _all_sections(task["sections"]):
            yield section["title"]
            yield from (row.get("text", "") for row in section["rows"])
        for step in task["milestones"]:
            yield step["title"]
            yield from (note["text"] for note in step.get("notes", []))


# --- writing ----------------------------------------------------------------------------------
def bring_over(plan, places, *, by, reason, tally):
    """Create the plan, its tasks and projects where they are missing; what is there stays as it is."""
    work = plan.work
    row = work["plan"]
    there = Plan.objects.filter(year=row["year"]).first()
    if not tally.count("주요업무 계획", there is None):
        return there
    writer = _Writer(places, by, reason)
    made = writer.plan(row)
    tasks = {task["number"]: writer.task(made, task) for task in work["tasks"]}
    projects = {}
    for order, project in enumerate(work["projects"], 1):
        projects[project["slug"]] = writer.project(project, order, tasks, projects)
    for task in work["tasks"]:
        writer.outline(tasks[task["number"]], task["sections"], projects)
        writer.steps({"task": tasks[task["number"]]}, task["milestones"])
    tally.made["주요업무"] += len(tasks)
    tally.made["사업"] += len(projects)
    return made


class _Writer:
    """Writes rows with their history, each with the same person and reason."""

    def __init__(self, places, by, reason):
        self.places, self.by, self.reason = places, by, reason

    def keep(self, row):
        return keep(row, by=self.by, reason=self.reason)

    def plan(self, row):
        plan = self.keep(
            Plan(year=row["year"], title=row["title"], department=self.places[row["department"]])
        )
        for model, name in ((Goal, "goals"), (Strategy, "strategies")):
            for order, line in enumerate(row[name], 1):
                self.keep(model(plan=plan, order=order, **line))
        figures = {}
        for figure in row["figures"]:
            parent = figures.get(figure.get("parent"))
            figures[figure["key"]] = self.keep(
                PlanFigure(plan=plan, **{**figure, "parent": parent})
            )
        return plan

    def task(self, plan, row):
        task = self.keep(
            Task(
                plan=plan,
                number=row["number"],
                title=row["title"],
                department=self.places[row["department"]],
            )
        )
        for order, text in enumerate(row["aims"], 1):
            self.keep(TaskAim(task=task, order=order, text=text))
        return task

    def project(self, row, order, tasks, projects):
        project = self.keep(
            Project(
                slug=row["slug"],
                task=tasks[row["task"]],
                parent=projects.get(row.get("parent")),
                order=order,
                kind=row["kind"],
                title=row["title"],
                department=self.places[row["department"]],
                starts=row["starts"],
                ends=row["ends"],
                **{name: row[name] for name in SHOWN if name in row},
            )
        )
        for place, line in enumerate(row.get("lines", []), 1):
            self.keep(ProjectLine(project=project, order=place, **line))
        for line in row.get("funding", []):
            self.keep(Funding(project=project, **line))
        for place, name in enumerate(row.get("partners", []), 1):
            self.keep(Partner(project=project, order=place, name=name))
        return project

    def outline(self, task, sections, projects, parent=None, places=None):
        """Write the sections in the order in which they are read; places count through the whole task."""
        places = places or iter(range(1, 1000))
        for row in sections:
            section = self.keep(
                Section(
                    task=task,
                    parent=parent,
                    order=next(places),
                    kind=row["kind"],
                    mark=row.get("mark", ""),
                    title=row["title"],
                    project=projects.get(row.get("project")),
                    insert=row.get("insert", ""),
                )
            )
            for order, line in enumerate(row["rows"], 1):
                self.keep(OutlineRow(section=section, order=order, **line))
            self.outline(task, row.get("sections", []), projects, section, places)

    def steps(self, owner, rows):
        for order, row in enumerate(rows, 1):
            step = self.keep(
                Milestone(
                    **owner,
                    order=order,
                    title=row["title"],
                    starts=row["when"],
                    ends=row.get("until", ""),
                    is_open=row.get("open", False),
                    done_before=row.get("done_before", ""),
                )
            )
            for place, note in enumerate(row.get("notes", []), 1):
                self.keep(MilestoneNote(milestone=step, order=place, **note))
