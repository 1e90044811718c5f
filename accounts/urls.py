"""The addresses of login, account and second factor."""

urlpatterns = []
