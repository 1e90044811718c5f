"""Addresses of pledges: the public pages and the managers' board."""

app_name = "pledges"
urlpatterns = []
