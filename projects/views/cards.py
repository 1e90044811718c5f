"""사업 관리카드 of one project as a file; it names people, so it is for the staff only."""

from django.http import Http404
from django.views.decorators.http import require_safe

from reporting.exports import RENDERERS, files
from reporting.models import Period
from reporting.reports import must_read, periods_for

from ..documents import card_document


@require_safe
def card(request, pk, kind):
    """Hand over the card of the newest half year that this reader may see and that holds the project."""
    must_read(request.user)
    if kind not in RENDERERS or kind == "html":
        raise Http404("그런 형식의 관리카드가 없습니다.")
    halves = periods_for(request.user).filter(cadence=Period.Cadence.HALF)
    if code := request.GET.get("period", ""):
        halves = halves.filter(code=code.replace("\x00", ""))
    period = halves.first()
    document = card_document(period, pk) if period else None
    if document is None:
        raise Http404("그 기간에 그런 사업이 없습니다.")
    name = files.filename(f"사업관리카드 {document.title} {period}", period.as_of, kind)
    return files.download(RENDERERS[kind](document), name, kind)
