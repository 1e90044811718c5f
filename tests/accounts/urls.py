"""A small site around the login: one public page, one staff page, the account pages, the admin."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path

from accounts.typing import restores_typing, take_kept


@login_not_required
def home(request):
    """A public page that looks at nobody."""
    return HttpResponse("시민")


@restores_typing
def desk(request):
    """A staff page that shows what was typed here before the login ended."""
    kept = take_kept(request)
    return HttpResponse(kept["done"] if kept else "빈 화면")


def closed(request):
    """A staff page that has no way to show typing again."""
    return HttpResponse("닫힌 화면")


urlpatterns = [
    path("", home, name="home"),
    path("start/", desk, name="start"),
    path("desk/", desk, name="desk"),
    path("other/", desk),
    path("closed/", closed),
    path("", include("accounts.urls")),
    path("admin/", admin.site.urls),
]
