"""All addresses of the site (docs/architecture.md §6)."""

from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("start/", views.start, name="start"),
    path("", include("accounts.urls")),
    path("", include("reporting.urls")),
    path("", include("projects.staff_urls")),
    path("", include("projects.regional_urls")),
    path("", include("projects.board_urls")),
    path("", include("projects.urls")),
    path("", include("pledges.urls")),
    path("admin/", admin.site.urls),
]
