"""What the pages of master data share: who may come, versions, history with a reason, Korean words."""

from django.contrib import admin
from django.contrib.admin import widgets
from django.db import models, transaction
from django.template.response import TemplateResponse

from accounts.admin import Listed

from ..fields import CleanTextField, PartialDateField
from ..forms import date_input
from ..history import keep, keep_version, remove
from ..permissions import keeps_master_data
from .forms import RowForm, RowFormSet
from .merging import marks, merge

SHORT = {"form_class": CleanTextField, "widget": widgets.AdminTextInputWidget}
LONG = {"form_class": CleanTextField, "widget": widgets.AdminTextareaWidget(attrs={"rows": 4})}
WIDGETS = {
    models.TextField: LONG,
    models.CharField: SHORT,
    models.SlugField: {"widget": widgets.AdminTextInputWidget},
    models.DateField: {"widget": date_input()},
    models.URLField: {"assume_scheme": "https"},
    PartialDateField: {"widget": widgets.AdminTextInputWidget(attrs={"class": "vTextField day"})},
}


class ForKeepers:
    """Pages and rows for those who keep master data, whatever Django's permission table says."""

    formfield_overrides = WIDGETS

    def has_view_permission(self, request, obj=None):
        return keeps_master_data(request.user)

    def has_add_permission(self, request, obj=None):
        return keeps_master_data(request.user)

    def has_change_permission(self, request, obj=None):
        return keeps_master_data(request.user)

    def has_delete_permission(self, request, obj=None):
        return keeps_master_data(request.user)


class Rows(ForKeepers, admin.TabularInline):
    """Rows of a card. `key` is the field by which two rows of a card differ; rows may swap it."""

    form = RowForm
    formset = RowFormSet
    extra = 1
    key = None
    parked = None  # a value of `key` that no row of a card has, for the n-th row

    def get_formset(self, request, obj=None, **kwargs):
        """Tell the formset by which field its rows differ."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.key, formset.parked = self.key, staticmethod(self.parked or (lambda n: None))
        return formset


class Keeping(ForKeepers, Listed):
    """A record with rows, a version and a history; it is taken out of use, never deleted."""

    change_form_template = "admin/master/change_form.html"
    actions = None
    list_per_page = 100
    save_on_top = False

    def has_module_permission(self, request):
        return keeps_master_data(request.user)

    def has_add_permission(self, request):
        return keeps_master_data(request.user)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_object(self, request, object_id, from_field=None):
        """Return the record, held for the rest of the transaction when it is about to be saved."""
        row = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "POST":
            row = self.model.objects.select_for_update(of=("self",)).get(pk=row.pk)
        return row

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Tell the form when its save came second."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.stale = hasattr(request, "merged")
        return form

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Offer no pencil and no plus beside a choice: they lead off a half-filled page."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for may in ("can_add_related", "can_change_related", "can_view_related"):
            if hasattr(field.widget, may):
                setattr(field.widget, may, False)
        return field

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show or save; a save that came second shows what is stored beside what was typed."""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            row = self.get_object(request, object_id)
            allowed = row is not None and self.has_change_permission(request, row)
            if allowed and request.POST.get("seen") != str(row.version):
                self._come_second(request, row)
            answer = super().changeform_view(request, object_id, form_url, extra_context)
        if hasattr(request, "merged"):
            answer.status_code = 409
        return answer

    def _come_second(self, request, row):
        """Put in the place of what was sent what goes on from what is stored now."""
        request.merged = merge(*self._fresh(request, row), request.POST)
        request.merged.data["seen"] = str(row.version)
        request.POST = request.merged.data

    def _fresh(self, request, row):
        """Return the form and the formsets of what is stored, bound to nothing."""
        form = self.get_form(request, row, change=True)(instance=row)
        formsets = [
            kind(
                instance=row, prefix=kind.get_default_prefix(), queryset=rows.get_queryset(request)
            )
            for kind, rows in self.get_formsets_with_inlines(request, row)
        ]
        return form, formsets

    def render_change_form(self, request, context, obj=None, **kwargs):
        """Add the version that was seen, the marks of its texts, and the conflict if there is one."""
        context["show_save_and_add_another"] = False
        if obj is not None:
            sent = request.POST if request.method == "POST" else None
            context["seen"] = sent.get("seen", "") if sent else obj.version
            context["was"] = sent.get("was", "") if sent else marks(*self._fresh(request, obj))
        if merged := getattr(request, "merged", None):
            context["merged"] = merged
            context["last"] = next(iter(self.changes(obj)), None)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        """Leave it to `save_related`, which sees the rows too: record and rows are one save."""

    def save_related(self, request, form, formsets, change):
        """Save the record with a new version, then its rows; nothing new writes nothing."""
        obj, by = form.instance, request.user
        reason = form.cleaned_data["reason"]
        if not change:
            keep(obj, by=by, reason=reason)
        elif form.is_news or any(formset.has_changed() for formset in formsets):
            keep_version(obj, obj.version, by=by, reason=reason)
        else:
            return
        form.save_m2m()
        for formset in formsets:
            save_rows(formset, by=by, reason=reason)
        self.warn(request, obj)

    def warn(self, request, obj):
        """Say what looks odd but is not refused."""

    def construct_change_message(self, request, form, formsets, add=False):
        """Name no rows in Django's own log; our history tells them field by field."""
        return super().construct_change_message(request, form, [], add)

    def history_view(self, request, object_id, extra_context=None):
        """Show who changed what and when, field by field, the rows of the card too."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            return super().history_view(request, object_id, extra_context)
        context = self.admin_site.each_context(request) | {
            "title": f"변경 이력: {row}",
            "rows": self.changes(row),
            "object": row,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/master/history.html", context)


def save_rows(formset, *, by, reason):
    """Write the changed rows of a formset with history: removed first, places freed, then the rest."""
    changed = formset.save(commit=False)
    for row in formset.deleted_objects:
        remove(row, by=by, reason=reason)
    for n, pk in enumerate(formset.freed, start=1):
        formset.model.objects.filter(pk=pk).update(**{formset.key: formset.parked(n)})
    for row in changed:
        keep(row, by=by, reason=reason)
