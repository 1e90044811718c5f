"""What citizens read of a plan: one year, by the last revision of one published period."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.http import urlencode

from reporting.models import Publication

from .models import PublishedPlan, PublishedProject, PublishedTask
from .schedule import tally

NOTHING = "공표한 주요업무가 없습니다. 주요업무 화면에서 공표한 해를 골라 주세요."
NO_SUCH_PROJECT = "그런 사업을 공표한 적이 없습니다."
NO_SUCH_TASK = "그런 번호의 주요업무를 공표한 적이 없습니다."


class NotPublished(LookupError):
    """What was asked for has never been published, or citizens read it no more."""


@dataclass(frozen=True)
class Edition:
    """A published plan of one year, and the other periods and years that could be read."""

    plan: PublishedPlan
    periods: list[Publication]  # that hold this year's plan, the latest first
    years: list[int]  # that are published, the latest first

    @property
    def publication(self):
        """Return the publication that is read."""
        return self.plan.publication

    @property
    def period(self):
        """Return the published period."""
        return self.publication.period

    @property
    def on(self):
        """Return the day (기준일) on which the steps are judged."""
        return self.period.as_of

    @property
    def query(self):
        """Return the query of an address that leads here, with its `?`; blank for the newest period."""
        if self.publication == self.periods[0]:
            return ""
        return f"?{urlencode({'period': self.period.code})}"

    @property
    def tasks(self):
        """Return the published tasks of the year, in order."""
        mine = PublishedTask.objects.visible_to(None).filter(publication=self.publication)
        return mine.filter(year=self.plan.year).order_by("number")

    @property
    def projects(self):
        """Return the published projects of the year's plan and of none, by task, programmes before their parts."""
        mine = PublishedProject.objects.visible_to(None).filter(publication=self.publication)
        mine = mine.filter(Q(year=self.plan.year) | Q(year=None))
        return mine.order_by(F("task_number").asc(nulls_last=True), "order", "pk")

    def progress(self):
        """Return {State: how many steps of all tasks} on the day of the publication."""
        steps = [step for task in self.tasks for step in task.data["milestones"]]
        return tally(steps, self.on)

    def revisions(self):
        """Return what was corrected or withdrawn in this period, the last revision first; [] if nothing was."""
        mine = Publication.objects.filter(period=self.period).select_related("withdrawal")
        found = list(mine.order_by("-revision"))
        return found if len(found) > 1 else []


def edition_of(year="", period=""):
    """Return the edition of a year and a period code as they stand in an address; a fixed number of queries.

    Without a year the newest one, without a period the newest that has it. None before the first
    publication; `NotPublished` for what does not exist or was withdrawn.
    """
    found = list(_readable())
    if not found and not year and not period:
        return None
    years = list(dict.fromkeys(sorted((plan.year for plan in found), reverse=True)))
    wanted = year or str(years[0] if years else "")
    plans = [plan for plan in found if str(plan.year) == wanted]
    chosen = [p for p in plans if not period or p.publication.period.code == period]
    if not chosen:
        raise NotPublished(NOTHING)
    return Edition(chosen[0], [plan.publication for plan in plans], years)


def _readable():
    """Return the plans of the last standing revision of every period, the latest first."""
    current = PublishedPlan.objects.visible_to(None).filter(
        publication__in=Publication.objects.current()
    )
    return (
        current.select_related("publication__period")
        .defer("data")
        .order_by("-publication__period__as_of", "-publication__pk")
    )
