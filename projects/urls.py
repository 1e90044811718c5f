"""Addresses of the year's plan."""

from django.urls import path

from .views import plan

app_name = "projects"
urlpatterns = [
    path("plan/", plan.newest, name="newest"),
    path("plan/<str:year>/", plan.plan, name="plan"),
    path("plan/<str:year>/<str:number>/", plan.task, name="task"),
]
