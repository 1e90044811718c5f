"""Addresses of the reporting floor: desk, review, periods, reports."""

from django.urls import path

from .views import periods, review

app_name = "reporting"
urlpatterns = [
    path("review/", review.queue, name="review"),
    path("review/approve/", review.approve_ticked, name="review-approve"),
    path("review/<int:pk>/", review.item, name="review-item"),
    path("review/<int:pk>/decide/", review.decide, name="review-decide"),
    path("periods/", periods.periods, name="periods"),
    path("periods/new/", periods.new, name="period-new"),
    path("periods/<int:pk>/", periods.period, name="period"),
    path("periods/<int:pk>/edit/", periods.edit, name="period-edit"),
    path("periods/<int:pk>/open/", periods.open_, name="period-open"),
    path("periods/<int:pk>/close/", periods.close, name="period-close"),
    path("periods/<int:pk>/publish/", periods.publish, name="period-publish"),
]
