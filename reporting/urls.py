"""Addresses of the reporting floor: desk, review, periods, reports."""

app_name = "reporting"
urlpatterns = []
