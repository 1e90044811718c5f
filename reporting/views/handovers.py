"""업무 인계: the list, a new one, and one with its document."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Role, User

from .. import clock, handovers
from ..documents.handover import handover_document
from ..exports import RENDERERS, files
from ..filters import HandoverFilter
from ..forms import HandoverForm
from ..lists import ListPage
from ..models import Handover
from ..permissions import hands_over, hands_over_in, reads_handovers
from ..subjects import charges_of
from ..tables import HandoverTable
from ..workflow import Refused
from .reports import LABELS


class HandoverList(ListPage):
    """Hand-overs that this person may read, the newest first."""

    queryset = Handover.objects.select_related("department", "from_person", "successor", "by")
    table_class = HandoverTable
    filterset_class = HandoverFilter
    template_name = "reporting/handovers.html"
    row_template = "reporting/handover_row.html"
    title = "업무 인계"

    def get_queryset(self):
        """Refuse who has nothing to do with hand-overs."""
        _must_read(self.request.user)
        return super().get_queryset()


def _must_read(user):
    if not reads_handovers(user):
        raise PermissionDenied("업무 인계는 전략기획실과 부서장, 넘기고 넘겨받는 담당자만 봅니다.")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Hand a person's items over: at once, or on a day to come."""
    user = request.user
    if not hands_over(user):
        raise PermissionDenied(handovers.NOT_YOURS)
    form = HandoverForm(
        request.POST or None,
        people=_people(user),
        successors=_successors(user),
        initial={"effective_on": clock.today()},
    )
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            done = handovers.register(form.save(commit=False), by=user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, _sentence(done))
            return redirect("reporting:handover", pk=done.pk)
    return render(request, "reporting/handover_form.html", {"form": form}, status=status)


def _sentence(handover):
    if handover.applied_at:
        return f"{len(handover.content['items'])}건을 {handover.successor}에게 넘겼습니다."
    return "올렸습니다. 넘기는 날에 저절로 바뀝니다."


def _people(user):
    """Return who is in charge of something that this person may hand over."""
    mine = {c.person_id for c in charges_of() if hands_over_in(user, c.department_id)}
    people = User.objects.filter(pk__in=mine).select_related("department")
    return people.order_by("department__order", "name", "pk")


def _successors(user):
    """Return the active writers of the departments in which this person may hand over."""
    people = User.objects.filter(
        is_active=True, department__isnull=False, role__in=[Role.WRITER, Role.STRATEGY]
    )
    if user.role == Role.HEAD:
        people = people.filter(department=user.department_id)
    return people.select_related("department").order_by("department__order", "name", "pk")


def _shown(request, pk):
    _must_read(request.user)
    rows = Handover.objects.visible_to(request.user)
    rows = rows.select_related("department", "from_person", "successor", "by", "cancelled_by")
    return get_object_or_404(rows, pk=pk)


def _document(handover):
    """Return the document as it was kept, or as it would be today."""
    return handover_document(handover, handover.content or handovers.content_of(handover))


@require_safe
def handover(request, pk):
    """Show one hand-over: where it stands and its document."""
    row = _shown(request, pk)
    waiting = row.state == "waiting"
    context = {
        "handover": row,
        "obstacle": handovers.obstacle(row) if waiting else "",
        "fragment": RENDERERS["html"](_document(row)),
        "kinds": [(kind, LABELS.get(kind, kind)) for kind in RENDERERS if kind != "html"],
        "may_cancel": waiting and hands_over_in(request.user, row.department_id),
    }
    return render(request, "reporting/handover.html", context)


@require_safe
def document(request, pk, kind):
    """Hand the document over as a file."""
    row = _shown(request, pk)
    if kind not in RENDERERS or kind == "html":
        raise Http404("그런 파일은 없습니다.")
    name = files.filename(f"업무인계서_{row.from_person}", row.effective_on, kind)
    return files.download(RENDERERS[kind](_document(row)), name, kind)


@require_POST
def cancel(request, pk):
    """Take a pending hand-over back."""
    row = _shown(request, pk)
    try:
        handovers.cancel(row, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "업무 인계를 취소했습니다.")
    return redirect("reporting:handover", pk=pk)
