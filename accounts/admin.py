"""The operator's pages: people, departments and the two logs, in Korean, for superusers only."""

from allauth.account import admin as _registered_first  # noqa: F401
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.account.views import logout
from allauth.mfa import admin as _registered_too  # noqa: F401
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from . import actions, history
from .addresses import client_address
from .forms import PersonAddForm, PersonForm, PersonPasswordForm
from .models import AccessChange, AccessLog, Department, User

site = admin.site
site.site_header = site.site_title = "논산시 전략기획실 관리"
site.index_title = "관리 화면"
site.site_url = "/"
site.empty_value_display = "없음"
# One door: rate limits, second factor and access log hold for these pages as well.
site.login = secure_admin_login(site.login)
site.logout = logout
site.password_change = lambda request, extra_context=None: redirect("account_change_password")

# What other packages show there is not for hands: a second factor's secret, mail addresses.
for model in (Group, EmailAddress, Authenticator):
    site.unregister(model)


class Listed(admin.ModelAdmin):
    """What every list of the admin shares: its title, and a calm answer to hostile questions."""

    def changelist_view(self, request, extra_context=None):
        """Title the list in plain Korean; Django's own sentence stumbles over the particle."""
        if "%00" in request.META["QUERY_STRING"]:  # no text has it; PostgreSQL cannot compare it
            return redirect(request.path)
        title = {"title": f"{self.opts.verbose_name_plural} 목록"}
        return super().changelist_view(request, title | (extra_context or {}))

    def get_search_results(self, request, queryset, search_term):
        """Search for as much as a title can hold; SQLite stops at longer patterns."""
        return super().get_search_results(request, queryset, search_term[:100])


class ForOperators(Listed):
    """Pages for superusers, whatever single permissions others may hold; nothing is deleted."""

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return self.has_module_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False


class WithHistory(ForOperators):
    """Pages whose history is read field by field."""

    def save_model(self, request, obj, form, change):
        """Save with the name of who did it."""
        obj._history_user = request.user
        super().save_model(request, obj, form, change)

    def history_view(self, request, object_id, extra_context=None):
        """Show who changed what and when."""
        if not self.has_view_permission(request):
            return super().history_view(request, object_id, extra_context)
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = site.each_context(request) | {
            "title": f"변경 이력: {row}",
            "rows": history.changes(row),
            "object": row,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/field_history.html", context)


@admin.register(Department)
class DepartmentAdmin(WithHistory):
    """부서; one that is dissolved is taken out of use, not deleted."""

    list_display = ["name", "order", "phone", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]


@admin.register(User)
class UserAdmin(WithHistory, DjangoUserAdmin):
    """사용자: who may do what, changed with a reason; every look at a person's data is logged."""

    form = PersonForm
    add_form = PersonAddForm
    change_password_form = PersonPasswordForm
    list_display = ["username", "name", "position", "department", "role", "is_active", "is_staff"]
    list_filter = ["is_active", "role", "department", "is_staff", "is_superuser"]
    list_select_related = ["department"]
    search_fields = ["username", "name", "position", "department__name"]
    search_help_text = "아이디, 성명, 직급·직위, 부서명으로 찾습니다."
    ordering = ["department__order", "name"]
    filter_horizontal = []
    autocomplete_fields = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("인적 사항", {"fields": ["name", "position", "email"]}),
        ("권한", {"fields": ["department", "role", "is_active", "is_staff", "is_superuser"]}),
        ("변경 사유", {"fields": ["remove_second_factor", "reason"]}),
        ("날짜", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "name", "position", "email", "password1", "password2"]}),
        ("권한", {"fields": ["department", "role", "is_staff", "is_superuser"]}),
    ]

    def get_form(self, request, obj=None, **kwargs):
        """Tell the form who is asking: nobody takes their own rights away."""
        form = super().get_form(request, obj, **kwargs)
        form.asking = request.user
        return form

    def save_model(self, request, obj, form, change):
        """Save through the actions that record role, department and standing."""
        if not change:
            actions.register(obj, by=request.user)
            return
        reason = form.cleaned_data.get("reason", "")
        rights = {name: getattr(obj, name) for name in actions.WATCHED}
        actions.change_access(obj, by=request.user, reason=reason, **rights)
        if form.cleaned_data.get("remove_second_factor"):
            actions.remove_second_factor(obj, by=request.user, reason=reason)

    def changelist_view(self, request, extra_context=None):
        """List people; the look is logged with its search."""
        if self.has_view_permission(request) and request.method == "GET":
            self._note(request, AccessLog.Action.VIEW, "", f"사용자 목록 {request.GET.urlencode()}")
        return super().changelist_view(request, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show one person; the look is logged."""
        self._note_look(request, object_id, "사용자 정보")
        return super().change_view(request, object_id, form_url, extra_context)

    def history_view(self, request, object_id, extra_context=None):
        """Show one person's history; the look is logged."""
        self._note_look(request, object_id, "사용자 변경 이력")
        return super().history_view(request, object_id, extra_context)

    def log_addition(self, request, obj, message):
        """Note a new person in the access log too."""
        self._note(request, AccessLog.Action.CHANGE, obj.username, "사용자 추가")
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        """Note a change, or a password set by the operator, in the access log too."""
        fields = [name for part in message for name in part.get("changed", {}).get("fields", [])]
        words = ", ".join("비밀번호" if name == "password" else name for name in fields)
        self._note(request, AccessLog.Action.CHANGE, obj.username, f"변경: {words}")
        return super().log_change(request, obj, message)

    def _note_look(self, request, object_id, what):
        if request.method != "GET" or not self.has_view_permission(request):
            return
        if person := self.get_object(request, object_id):
            self._note(request, AccessLog.Action.VIEW, person.username, what)

    def _note(self, request, action, whom, what):
        actions.note_access(
            who=request.user.username,
            ip=client_address(request),
            action=action,
            whom=whom,
            what=what.strip(),
        )


class ReadOnly(ForOperators):
    """A log: to be read, never written by hand."""

    list_display_links = None
    date_hierarchy = "at"
    list_per_page = 50

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(AccessChange)
class AccessChangeAdmin(ReadOnly):
    """권한 변경 기록."""

    list_display = ["at", "by", "whom", "field", "before", "after", "reason"]
    list_select_related = ["by", "whom"]
    list_filter = ["field"]
    search_fields = ["by__username", "by__name", "whom__username", "whom__name", "reason"]


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnly):
    """접속기록."""

    list_display = ["at", "who", "ip", "action", "whom", "what"]
    list_filter = ["action"]
    search_fields = ["who", "whom", "what", "ip"]
