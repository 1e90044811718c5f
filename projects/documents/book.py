"""What one period's documents are made of: what was published, or what stands now, marked as a draft."""

import datetime
from dataclasses import dataclass

from projects.snapshots import Drawn, draw
from reporting import formats
from reporting.clock import today
from reporting.models import Period, Publication


@dataclass(frozen=True)
class Book:
    """One period's plan, tasks and projects; `publication` is None for a preview."""

    period: Period
    drawn: Drawn
    publication: Publication | None
    on: datetime.date  # the day on which steps count as late

    @property
    def is_draft(self):
        """Say whether nothing of it is published."""
        return self.publication is None

    @property
    def as_of(self):
        """Return `2019. 6. 15. 현재`."""
        return f"{formats.day(self.period.as_of)} 현재"

    @property
    def programmes(self):
        """Return the projects that are no part of another."""
        shown = {row.project_id for row in self.drawn.projects}
        return [row for row in self.drawn.projects if row.parent_id not in shown]


def book_of(period):
    """Return the period's book; a fixed number of queries.

    A published period reads its current revision; of others also what is written and not approved speaks.
    """
    publication = Publication.objects.current().filter(period=period).first()
    if publication is None:
        drawn = draw(period, approved_only=False)
        return Book(period, drawn, None, min(period.as_of, today()))
    drawn = Drawn(
        publication.plans.filter(year=period.year).first(),
        list(publication.tasks.filter(year=period.year).order_by("number")),
        list(publication.projects.all()),
    )
    return Book(period, drawn, publication, period.as_of)
