"""Addresses of projects as they stand now, for staff."""

from django.urls import path

from .views import staff

app_name = "work"
urlpatterns = [
    path("projects/staff/", staff.ProjectList.as_view(), name="list"),
    path("projects/<int:pk>/staff/", staff.project, name="project"),
    path("projects/<int:pk>/revise/", staff.revise, name="revise"),
]
