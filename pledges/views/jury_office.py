"""The strategy office's pages of the jury: panels, jurors, meetings; and the answers to jurors."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.addresses import client_address
from reporting import clock
from reporting.history import Stale
from reporting.workflow import Refused

from .. import jury
from ..formats import mask_name, mask_phone
from ..jury_forms import JurorForm, PanelForm, ReplyForm, RevealForm, SessionForm
from ..models import Juror, JuryPanel, JuryQuestion, JurySession
from ..permissions import answers_jury, keeps_jury, reads_jury

STALE = "그 사이 다른 사람이 먼저 저장했습니다. 새 내용을 읽고 다시 적어 주세요."


def _must_keep(user):
    if not keeps_jury(user):
        raise PermissionDenied("주민배심원단은 전략기획실만 다룹니다.")


@require_safe
def panels(request):
    """List the panels."""
    _must_keep(request.user)
    rows = JuryPanel.objects.annotate(
        jurors_n=Count("jurors", distinct=True), sessions_n=Count("sessions", distinct=True)
    )
    return render(request, "pledges/jury_panels.html", {"panels": rows})


def _form_page(request, form, save, title, back):
    """Show a form, or save it and go back; of two saves the second is told."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save(form)
            except Stale:
                form.add_error(None, STALE)
                status = 409
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, "저장했습니다.")
                return redirect(*back)
    context = {"form": form, "title": title, "back": back}
    return render(request, "pledges/jury_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def panel_new(request):
    """Set up a panel."""
    _must_keep(request.user)
    initial = {"year": clock.today().year}
    form = PanelForm(request.POST if request.method == "POST" else None, initial=initial)

    def save(form):
        jury.save_panel(form.save(commit=False), by=request.user)

    return _form_page(request, form, save, "새 배심원단", ["pledges:panels"])


@require_http_methods(["GET", "HEAD", "POST"])
def panel_edit(request, pk):
    """Change a panel's rule or show it to citizens."""
    _must_keep(request.user)
    form = PanelForm(
        request.POST if request.method == "POST" else None,
        instance=get_object_or_404(JuryPanel, pk=pk),
    )

    def save(form):
        row = form.save(commit=False)
        jury.save_panel(row, version=form.cleaned_data["version"], by=request.user)

    return _form_page(request, form, save, "배심원단 고치기", ["pledges:panel", pk])


@require_safe
def panel(request, pk):
    """Show a panel: its rule, its jurors with masked data, its meetings with what they decide on."""
    _must_keep(request.user)
    row = get_object_or_404(JuryPanel.objects.select_related("term"), pk=pk)
    jurors = list(row.jurors.select_related("person", "user"))
    sessions = row.sessions.prefetch_related("agenda_items__pledge")
    expired = [j for j in jurors if _is_expired(j)]
    context = {
        "panel": row,
        "jurors": [(juror, *_masked(juror)) for juror in jurors],
        "sessions": sessions,
        "expired": len(expired),
        "seated": len(jurors) or row.seats,
    }
    return render(request, "pledges/jury_panel.html", context)


def _person(juror):
    return getattr(juror, "person", None)


def _masked(juror):
    person = _person(juror)
    return (
        (mask_name(person.name), mask_phone(person.phone), person.keep_until)
        if person
        else (
            "파기함",
            "",
            None,
        )
    )


def _is_expired(juror):
    person = _person(juror)
    return person is not None and person.keep_until < clock.today()


@require_http_methods(["GET", "HEAD", "POST"])
def juror_new(request, pk):
    """Register a juror with the personal data apart."""
    _must_keep(request.user)
    row = get_object_or_404(JuryPanel, pk=pk)
    last = row.jurors.order_by("-number").first()
    form = JurorForm(
        request.POST if request.method == "POST" else None,
        instance=Juror(panel=row),
        initial={"number": last.number + 1 if last else 1},
    )

    def save(form):
        ip = client_address(request)
        jury.save_juror(form.save(commit=False), person=form.person, by=request.user, ip=ip)

    return _form_page(request, form, save, f"{row}: 배심원 등록", ["pledges:panel", pk])


@require_http_methods(["GET", "HEAD", "POST"])
def juror(request, pk):
    """Show a juror's data masked; in full only after a reason was given, which is logged."""
    _must_keep(request.user)
    row = get_object_or_404(Juror.objects.select_related("panel", "user", "person"), pk=pk)
    person = _person(row)
    if person is None:
        raise Http404("개인정보를 파기한 배심원입니다.")
    form, full = RevealForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        ip = client_address(request)
        full = jury.reveal(person, by=request.user, ip=ip, reason=form.cleaned_data["reason"])
    name, phone = full or (mask_name(person.name), mask_phone(person.phone))
    context = {"person": person, "form": form, "full": full, "name": name, "phone": phone}
    return render(
        request,
        "pledges/jury_juror.html",
        context,
        status=200 if full or not form.is_bound else 422,
    )


@require_POST
def destroy(request, pk):
    """Destroy the personal data of a panel whose time is over."""
    _must_keep(request.user)
    row = get_object_or_404(JuryPanel, pk=pk)
    gone = jury.destroy_expired(row, by=request.user, ip=client_address(request))
    messages.success(request, f"보유기한이 지난 개인정보 {gone}건을 파기했습니다.")
    return redirect("pledges:panel", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request, pk):
    """Set up a meeting of a panel."""
    _must_keep(request.user)
    row = get_object_or_404(JuryPanel, pk=pk)
    last = row.sessions.order_by("-number").first()
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        instance=JurySession(panel=row),
        initial={"number": last.number + 1 if last else 1},
    )

    def save(form):
        jury.save_session(form.save(commit=False), by=request.user)

    return _form_page(request, form, save, f"{row}: 새 회의", ["pledges:panel", pk])


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request, pk):
    """Take down who came and what was said."""
    _must_keep(request.user)
    row = get_object_or_404(JurySession.objects.select_related("panel"), pk=pk)
    form = SessionForm(request.POST if request.method == "POST" else None, instance=row)

    def save(form):
        changed = form.save(commit=False)
        jury.save_session(changed, version=form.cleaned_data["version"], by=request.user)

    return _form_page(request, form, save, str(row), ["pledges:panel", row.panel_id])


# --- what jurors wrote ------------------------------------------------------------------------
def _must_read(user):
    if not reads_jury(user):
        raise PermissionDenied("배심원의 질의와 의견은 전략기획실과 주관부서가 봅니다.")


@require_safe
def questions(request):
    """List what jurors wrote, unanswered ones first."""
    _must_read(request.user)
    rows = JuryQuestion.objects.visible_to(request.user).select_related("juror__panel", "pledge")
    rows = rows.annotate(answers=Count("replies")).order_by("answers", "-at")
    waiting = sum(not row.answers for row in rows)
    return render(request, "pledges/jury_questions.html", {"questions": rows, "waiting": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
def question(request, pk):
    """Show one question or opinion with its answers, and answer it."""
    _must_read(request.user)
    rows = JuryQuestion.objects.visible_to(request.user)
    row = get_object_or_404(rows.select_related("juror__panel", "pledge__lead_department"), pk=pk)
    replies = list(row.replies.select_related("by"))
    may = answers_jury(request.user, row)
    form = ReplyForm(
        request.POST if request.method == "POST" else None, initial={"number": len(replies) + 1}
    )
    status = 200
    if request.method == "POST":
        if not may:
            raise PermissionDenied("부서의 담당자나 전략기획실만 답할 수 있습니다.")
        status = 422
        if form.is_valid():
            try:
                jury.reply(row, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, "답변을 남겼습니다.")
                return redirect("pledges:jury-question", pk=pk)
    context = {"question": row, "replies": replies, "form": form, "may_answer": may}
    return render(request, "pledges/jury_question.html", context, status=status)
