"""What every page's frame needs; reads nothing of the visitor, so public pages stay cookie-free."""

from django.conf import settings


def site(request):
    """Return the office's name and the switches of the frame (banner, demo strip)."""
    return {
        "office": settings.OFFICE_NAME,
        "official_banner": settings.OFFICIAL_BANNER,
        "demo": settings.DEMO,
        "office_today": settings.OFFICE_TODAY,
    }
