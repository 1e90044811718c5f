"""Who is in charge of a pledge, what was announced of it, and handing it over to a successor."""

from django.db.models import Exists, OuterRef

from reporting import formats
from reporting.history import keep_version
from reporting.subjects import Charge, Promise

from .models import Milestone, MilestoneReport, Pledge, PledgeReport

LAST = ("submission__period__as_of", "submission__pk")


def officers(submissions):
    """Return {submission pk: officer} of the items whose pledge has one; one query."""
    keys = {s.pk: int(s.key) for s in submissions}
    pledges = Pledge.objects.filter(pk__in=keys.values(), officer__isnull=False)
    found = {pledge.pk: pledge.officer for pledge in pledges.select_related("officer")}
    return {pk: found[key] for pk, key in keys.items() if key in found}


def charges(kind, person=None):
    """Return a `Charge` for every active pledge with an officer, or for one person's."""
    pledges = Pledge.objects.active().filter(officer__isnull=False)
    if person is not None:
        pledges = pledges.filter(officer=person)
    return [
        Charge(kind, str(p.pk), str(p), p.officer_id, p.lead_department_id)
        for p in pledges.in_order()
    ]


def promises(keys):
    """Return what was announced: 향후계획 of the last approved report and steps not done; two queries."""
    found = {int(key): [] for key in keys}
    reports = PledgeReport.objects.approved().filter(pledge__in=found)
    latest = {r.pledge_id: r for r in reports.select_related("submission__period").order_by(*LAST)}
    for pk, report in latest.items():
        if text := report.next_plans.strip():
            name = f"{report.submission.period} 향후계획"
            found[pk].append(Promise(str(pk), text, "", name))
    for step in _coming(found):
        when = formats.partial(step.planned)
        found[step.pledge_id].append(Promise(str(step.pledge_id), step.title, when, "이행절차"))
    return [promise for mine in found.values() for promise in mine]


def _coming(pledges):
    """Return the steps that no approved report and no earlier record calls done, by their date."""
    done = MilestoneReport.objects.filter(
        milestone=OuterRef("pk"), report__submission__state="approved"
    ).exclude(actual="")
    steps = Milestone.objects.filter(pledge__in=pledges, done_before="").exclude(planned="")
    return steps.filter(~Exists(done)).order_by("planned", "order")


def hand_over(keys, *, to, by, reason):
    """Put `to` in charge of these pledges, each with a history line; return how many."""
    rows = Pledge.objects.select_for_update(of=("self",)).filter(pk__in=map(int, keys))
    pledges = list(rows.order_by("pk"))
    for pledge in pledges:
        pledge.officer = to
        keep_version(pledge, pledge.version, by=by, reason=reason)
    return len(pledges)
