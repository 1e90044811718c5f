"""Save a period's snapshot with its publication."""

from ..models import PublishedProject, PublishedTask
from .drawing import draw


def publish(publication):
    """Save the snapshot rows of a publication; return how many tasks and projects it holds."""
    drawn = draw(publication.period)
    rows = [*drawn.tasks, *drawn.projects]
    if drawn.plan:
        drawn.plan.publication = publication
        drawn.plan.save()
    for row in rows:
        row.publication = publication
    PublishedTask.objects.bulk_create(drawn.tasks)
    PublishedProject.objects.bulk_create(drawn.projects)
    return len(rows)
