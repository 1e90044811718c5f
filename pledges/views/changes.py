"""The citizens' pages of changes: the register, 공약일치도, the jury, and what a pledge's page says of them."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.decorators import method_decorator

from reporting.lists import ListPage
from reporting.public import public_page

from ..consistency import consistency
from ..filters import ChangeFilter
from ..jury import composition, seated
from ..models import (
    Adjustment,
    AdjustmentState,
    ChangeRecord,
    JuryPanel,
    JuryQuestion,
    JuryReply,
    PledgeCount,
)
from ..tables import ChangeTable
from .public import asked_edition

TOLD = (  # an agenda item is public once the jury has voted on it
    AdjustmentState.JUDGED,
    AdjustmentState.DECIDED,
    AdjustmentState.APPLIED,
    AdjustmentState.REJECTED,
)


@method_decorator(public_page, name="dispatch")
class ChangeList(ListPage):
    """공약 변경 이력: every line of the register."""

    model = ChangeRecord
    table_class = ChangeTable
    filterset_class = ChangeFilter
    template_name = "pledges/changes.html"
    row_template = "pledges/change_row.html"
    title = "공약 변경 이력"
    public = True

    def get_queryset(self):
        """Return the lines with the pledges they name; everything told is a copy."""
        return super().get_queryset().prefetch_related("pledges")

    def get_filterset_kwargs(self, filterset_class):
        """Offer the years and terms that have a line."""
        known = list(ChangeRecord.objects.values_list("changed_on", "term", "term_name"))
        more = {
            "years": sorted({day[:4] for day, *_ in known}, reverse=True),
            "terms": sorted({(str(pk), name) for _, pk, name in known}),
        }
        return {**super().get_filterset_kwargs(filterset_class), **more}

    def get_context_data(self, **more):
        """Add how many pledges there were when."""
        return super().get_context_data(**more) | {"counts": _counts()}


def _counts():
    """Return (PledgeCount, by how much the register changed it or None, by examples?) of the latest term."""
    rows = list(PledgeCount.objects.select_related("term").order_by("-term__no", "on"))
    rows = [row for row in rows if row.term_id == rows[0].term_id]
    if not rows:
        return []
    told = ChangeRecord.objects.filter(term=rows[0].term_id).exclude(effect=0)
    known = list(told.values_list("changed_on", "effect", "is_demo"))
    found = [(rows[0], None, False)]
    for before, row in zip(rows, rows[1:], strict=False):
        between = [line for line in known if before.on < line[0] <= row.on]
        found.append((row, sum(n for _, n, _ in between), any(demo for *_, demo in between)))
    return found


@public_page
def consistency_page(request):
    """Compare what the election promised with what the pledges are called now."""
    edition = asked_edition(request)
    if edition is None:
        return render(request, "pledges/nothing.html")
    found = consistency(edition.rows, edition.term.no)
    changed = [(one, False) for one in found.unexplained] + [(one, True) for one in found.explained]
    context = {"edition": edition, "found": found, "changed": changed}
    return render(request, "pledges/consistency.html", context)


@public_page
def jury(request):
    """Show the public panels: who they are in counts, their meetings, what they found and what became of it."""
    panels = JuryPanel.objects.filter(is_public=True).prefetch_related("sessions")
    context = {"panels": [_panel(panel) for panel in panels]}
    return render(request, "pledges/jury_public.html", context)


def _panel(panel):
    items = Adjustment.objects.filter(session__panel=panel, state__in=TOLD)
    items = items.exclude(verdict="").select_related("pledge", "record").order_by("session", "pk")
    by_session = {session.pk: [] for session in panel.sessions.all()}
    for item in items:
        by_session[item.session_id].append(item)
    return {
        "panel": panel,
        "seated": seated(panel),
        "composition": composition(panel) if panel.jurors.exists() else [],
        "sessions": [(session, by_session[session.pk]) for session in panel.sessions.all()],
        "replies": _replies(panel),
    }


def _replies(panel):
    """Return the last answers that the office tells citizens of, with their pledges."""
    answers = Prefetch("replies", JuryReply.objects.order_by("number"))
    questions = JuryQuestion.objects.filter(juror__panel=panel).select_related("pledge")
    last = [(q, list(q.replies.all())[-1:]) for q in questions.prefetch_related(answers)]
    return [(q, replies[0]) for q, replies in last if replies and replies[0].summary]
