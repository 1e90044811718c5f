"""What these pages share: who may come in, a page with one form, the answer to a refusal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from reporting.history import Stale
from reporting.typing import readable
from reporting.workflow import Refused

from ...regional_rights import edits_facts, follows_regional, keeps_regional

STALE = (
    "그 사이 다른 사람이 먼저 저장했습니다. 아직 아무것도 덮어쓰지 않았습니다. "
    "지금 저장된 값을 보고, 내가 쓴 대로 바꾸려면 다시 저장해 주세요."
)


def must_follow(user):
    """Refuse whoever has nothing to do with these projects."""
    if not follows_regional(user):
        raise PermissionDenied(
            "생활SOC·균형발전은 부서가 정해진 담당자와 부서장, 전략기획실, 관리자가 봅니다."
        )


def refuse_with(allowed, sentence):
    """Refuse in a sentence unless the answer to a question of rights is yes."""
    if not allowed:
        raise PermissionDenied(sentence)


def must_edit(user, department_id):
    """Refuse whoever does not write for this department's projects."""
    if not edits_facts(user, department_id):
        raise PermissionDenied("사업 부서의 담당자와 전략기획실만 적을 수 있습니다.")


def must_keep(user):
    """Refuse everybody but the strategy office."""
    if not keeps_regional(user):
        raise PermissionDenied("전략기획실만 할 수 있습니다.")


def form_page(request, form, title, trail, status=200, **more):
    """Draw a page with one form; `trail` is [(label, address)] of the pages above, the last one goes back."""
    more = {"form": form, "title": title, "trail": trail, "back": trail[-1][1], **more}
    return render(request, "projects/regional/form.html", more, status=status)


def handle(request, form, title, trail, act, done, **more):
    """Show a form, or act on a valid one and go back; a refusal is said on the page, nothing is lost.

    `act` writes and returns the address to go on to, or None for the page above.
    """
    if request.method != "POST":
        return form_page(request, form, title, trail, **more)
    if not form.is_valid():
        return form_page(request, form, title, trail, status=422, **more)
    try:
        onward = act(form)
    except Stale:
        more |= {"theirs": _theirs(form)}
        form.add_error(None, STALE)
        return form_page(request, form, title, trail, status=409, **more)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return form_page(request, form, title, trail, status=409, **more)
    messages.success(request, done)
    return redirect(onward or trail[-1][1])


def _theirs(form):
    """Return (label, text) of the row as it is stored now, and let the next save begin from there."""
    now = type(form.instance)._default_manager.get(pk=form.instance.pk)
    form.data = form.data.copy()
    form.data["version"] = now.version
    there = type(form)(instance=now)
    texts = readable(there)
    return [(field.label, texts[field.name]) for field in there.visible_fields()]
