"""계획 변경: a project's plan changes as one numbered revision, or not at all."""

from django.db import transaction
from django.db.models import Max

from reporting.formats import number
from reporting.history import Stale, keep, keep_version
from reporting.workflow import Refused

from ..formats import period
from ..models import Project, Revision, RevisionLine

REVISED = ("total_cost", "starts", "ends", "location", "scope")
ASKED = 100  # characters that a history line's reason holds


@transaction.atomic
def revise(project, *, version, values, decided_on, reason, by):
    """Change the plan of a project and return its `Revision`, the next 차수 with 당초 → 변경.

    `values` are the new ones of `REVISED`. Raises `Stale` when somebody saved since `version`,
    `Refused` when nothing would change. The project's row is held, so numbers leave no gap.
    """
    row = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if row.version != version:
        raise Stale
    before = words(row)
    for name in REVISED:
        setattr(row, name, values[name])
    changed = [(label, old, words(row)[label]) for label, old in before.items()]
    changed = [line for line in changed if line[1] != line[2]]
    if not changed:
        raise Refused("바뀐 것이 없습니다. 변경할 항목을 고친 뒤 저장해 주세요.")
    last = row.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = Revision(project=row, number=last + 1, decided_on=decided_on, reason=reason)
    why = f"{revision}: {reason}"[:ASKED]
    keep_version(row, version, by=by, reason=why)
    keep(revision, by=by, reason=why)
    for label, old, new in changed:
        keep(RevisionLine(revision=revision, label=label, before=old, after=new), by=by, reason=why)
    return revision


def words(project):
    """Return {label: text} of what a revision may change, as people read it."""
    cost = project.total_cost
    return {
        "총사업비": "" if cost is None else f"{number(cost)}백만원",
        "사업기간": period(project.starts, project.ends),
        "위치": project.location,
        "규모·대상": project.scope,
    }


def is_made(project, *, values, decided_on, reason):
    """Say whether the last revision is this very one: a form sent twice."""
    last = project.revisions.order_by("number").last()
    same = all(getattr(project, name) == values[name] for name in REVISED)
    return bool(last) and same and (last.decided_on, last.reason) == (decided_on, reason)
