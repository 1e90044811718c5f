"""Addresses of the year's plan."""

from django.urls import path

from .views import cards, plan, projects

app_name = "projects"
urlpatterns = [
    path("plan/", plan.newest, name="newest"),
    path("plan/<str:year>/", plan.plan, name="plan"),
    path("plan/<str:year>/<str:number>/", plan.task, name="task"),
    path("projects/", projects.ProjectList.as_view(), name="projects"),
    path("projects/map/", projects.places_page, name="map"),
    path("projects/<int:pk>/card.<slug:kind>", cards.card, name="card"),
    path("projects/<str:pk>/", projects.project, name="project"),
]
