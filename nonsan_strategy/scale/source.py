"""The present term as it lies in the database, read once, to be copied many times."""

from dataclasses import dataclass, field

from pledges.models import (
    AnnualTarget,
    Funding,
    Milestone,
    MilestoneReport,
    Pledge,
    PledgeLink,
    PledgeReport,
    PublishedPledge,
    PublishedTerm,
    Spending,
    Term,
)
from reporting.models import Period, Publication

FIRST = 1001  # the number of the first copied term; real ones stay far below
DETAILS = (AnnualTarget, Milestone, Funding, PledgeLink)


class NothingToCopy(LookupError):
    """There is no published quarter yet; the message says what to do."""


@dataclass(frozen=True)
class Source:
    """A term with its cards, its quarters, and the reports and snapshots of its last published quarter."""

    term: Term
    fields: list
    policies: list
    pledges: list
    cooperating: list  # (pledge pk, department pk)
    details: dict  # model -> rows
    periods: list
    publication: Publication
    published_term: PublishedTerm
    reports: list  # with their submission
    spending: list
    steps: list
    authors: list  # (submission pk, user pk)
    snapshots: list = field(repr=False)


def read():
    """Return the newest term that is published and is no copy; raises `NothingToCopy`."""
    published = PublishedTerm.objects.filter(
        publication__in=Publication.objects.current(), no__lt=FIRST
    )
    newest = published.order_by("-publication__period__as_of", "-no").first()
    if newest is None:
        raise NothingToCopy("공표한 분기가 없습니다. 먼저 manage.py load_plan 2019를 실행하세요.")
    term = Term.objects.get(no=newest.no)
    pledges = list(Pledge.objects.filter(term=term).in_order())
    reports = PledgeReport.objects.filter(
        pledge__term=term, submission__period=newest.publication.period_id
    )
    reports = list(reports.select_related("submission").order_by("pk"))
    keys = [report.submission_id for report in reports]
    together = Pledge.cooperating_departments.through.objects.filter(pledge__term=term)
    authors = type(reports[0].submission).authors.through.objects.filter(submission__in=keys)
    return Source(
        term=term,
        fields=list(term.fields.all()),
        policies=list(term.rate_policies.all()),
        pledges=pledges,
        cooperating=list(together.values_list("pledge_id", "department_id")),
        details={model: list(model.objects.filter(pledge__term=term)) for model in DETAILS},
        periods=list(
            Period.objects.filter(submissions__pledge_report__pledge__term=term).distinct()
        ),
        publication=newest.publication,
        published_term=newest,
        reports=reports,
        spending=list(Spending.objects.filter(report__in=reports)),
        steps=list(MilestoneReport.objects.filter(report__in=reports)),
        authors=list(authors.values_list("submission_id", "user_id")),
        snapshots=list(
            PublishedPledge.objects.filter(publication=newest.publication_id, term_no=term.no)
        ),
    )
