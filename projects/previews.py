"""What the office reads before it publishes: how far the year's work stands, now and then."""

from reporting.models import Publication

from . import schedule, snapshots
from .models import PublishedPlan, PublishedProject, PublishedTask
from .wording import UnknownFigure


def preview(period):
    """Return sentences on the tasks and projects of the publication to come, and on what is missing."""
    try:
        drawn = snapshots.draw(period)
    except UnknownFigure as error:
        return [str(error)]
    done, steps = done_of([*drawn.tasks, *drawn.projects], period.as_of)
    found = [
        f"주요업무 {len(drawn.tasks)}건, 사업 {len(drawn.projects)}건, "
        f"추진일정 {steps}건 가운데 완료 {done}건{_public_now(period)}"
    ]
    missing = sum(not row.reported for row in drawn.tasks) + sum(
        not row.reported and row.project.reports for row in drawn.projects
    )
    if missing:
        found.append(f"주요업무·사업 {missing}건은 미보고로, 지난 기간의 값으로 나갑니다.")
    return found


def done_of(rows, on):
    """Return (done, all) steps of snapshot rows on a day."""
    steps = [step for row in rows for step in row.data["milestones"]]
    return schedule.tally(steps, on)[schedule.State.DONE], len(steps)


def _public_now(period):
    """Return ` (지금 시민 화면 n건)` by what the public reads of this year's plan now; blank for nothing."""
    plans = PublishedPlan.objects.filter(year=period.year).values("publication")
    current = Publication.objects.current().filter(pk__in=plans)
    mine = current.filter(period=period).first() or current.first()
    if mine is None:
        return ""
    rows = [
        *PublishedTask.objects.filter(publication=mine),
        *PublishedProject.objects.filter(publication=mine),
    ]
    return f" (지금 시민 화면 {done_of(rows, mine.period.as_of)[0]}건)"
