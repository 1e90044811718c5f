"""Every step of a half year, of tasks and of projects, with its state on the day that counts."""

import datetime
from dataclasses import dataclass

from .. import schedule
from ..formats import span
from ..models import Demo

UNDATED = datetime.date.max


@dataclass(frozen=True)
class Step:
    """One step: whose it is, when it was to be, how it stands; `key` is that of its submission."""

    key: str
    task_number: int
    task_title: str
    project_title: str
    department_id: int
    department_name: str
    title: str
    when: str
    last: datetime.date | None
    state: schedule.State
    actual: str
    days_late: int | None
    demo: str

    @property
    def order(self):
        """Return its place in a list: the nearest end first, undated ones last."""
        return (self.last or UNDATED, self.task_number or 999, self.title)

    @property
    def example(self):
        """Return how much of it is an example, blank for none."""
        return Demo(self.demo).label if self.demo != Demo.NONE else ""


def steps_of(tasks, projects, on):
    """Return every step of snapshot rows on a day, in the order of tasks."""
    titles = {task.number: task.title for task in tasks}
    found = [_step(f"task-{t.task_id}", t, t.number, titles, step, on) for t, step in _each(tasks)]
    found += [
        _step(f"project-{p.project_id}", p, p.task_number or 0, titles, step, on)
        for p, step in _each(projects)
    ]
    return sorted(found, key=lambda step: (step.task_number or 999, step.order))


def _each(rows):
    return [(row, step) for row in rows for step in row.data.get("milestones") or []]


def _step(key, row, number, titles, step, on):
    state = schedule.state(step, on)
    _, last = schedule.bounds(step["starts"], step["ends"], step["is_open"])
    is_project = key.startswith("project-")
    return Step(
        key=key,
        task_number=number,
        task_title=titles.get(number, ""),
        project_title=row.title if is_project else "",
        department_id=row.department_id,
        department_name=row.department_name,
        title=step["title"],
        when=span(step["starts"], step["ends"], step["is_open"]),
        last=last,
        state=state,
        actual=step["actual"],
        days_late=(on - last).days if state == schedule.State.LATE else None,
        demo=row.demo if is_project else Demo.NONE,
    )
