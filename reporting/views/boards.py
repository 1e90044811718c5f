"""현황판: the boards that the subjects of this site have."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..permissions import watches
from ..subjects import all_subjects


@require_safe
def boards(request):
    """List the boards that exist."""
    if not watches(request.user):
        raise PermissionDenied("현황판은 관리자와 부서장, 전략기획실이 봅니다.")
    found = [board for subject in all_subjects() for board in subject.boards()]
    return render(request, "board.html", {"boards": found})
