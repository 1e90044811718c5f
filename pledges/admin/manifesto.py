"""What is published of the Manifesto evaluation: dated rows that the office keeps."""

from django.contrib import admin

from reporting.history import keep
from reporting.master import ForKeepers

from ..models import ManifestoGradeScale, ManifestoItem, ManifestoResult


class DatedRows(ForKeepers, admin.ModelAdmin):
    """Rows by year; each save is kept in the history with its author."""

    list_filter = ["year", "kind"]
    list_per_page = 100

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def save_model(self, request, obj, form, change):
        keep(obj, by=request.user)


@admin.register(ManifestoItem)
class ManifestoItemAdmin(DatedRows):
    """Items with their points."""

    list_display = ["name", "year", "kind", "points", "source"]


@admin.register(ManifestoGradeScale)
class ManifestoGradeScaleAdmin(DatedRows):
    """Grade lines."""

    list_display = ["grade", "year", "kind", "min_score", "source"]


@admin.register(ManifestoResult)
class ManifestoResultAdmin(DatedRows):
    """The city's grades."""

    list_display = ["grade", "year", "kind", "announced_on", "source"]
