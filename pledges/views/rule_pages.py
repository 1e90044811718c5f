"""점검 규칙: every rule that a report is held to, from the tables that hold it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.permissions import has_desk, reviews_any

from .. import guard


@require_safe
def rules(request):
    """List the rules with what each looks at and what to do; for those who write or review."""
    if not (has_desk(request.user) or reviews_any(request.user)):
        raise PermissionDenied("점검 규칙은 보고를 쓰는 부서와 전략기획실이 봅니다.")
    groups = [
        (
            "status",
            "사유를 적어야 낼 수 있는 것",
            "이행상태가 다른 자료와 어긋나면 '상태 사유'를 적기 전에는 낼 수 없습니다. 저장은 언제든 됩니다.",
            guard.STATUS_RULES,
        ),
        (
            "entry",
            "확인 표시로 넘어갈 수 있는 것",
            "잘못 적었을지 모르는 것을 알립니다. 맞으면 표시 하나로 그대로 내며, 누가 언제 표시했는지 남아 "
            "검토하는 사람이 봅니다. 그 뒤에 새로 생긴 것은 다시 표시해야 합니다.",
            guard.ENTRY_RULES,
        ),
    ]
    return render(request, "pledges/rules.html", {"groups": groups})
