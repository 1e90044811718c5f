"""Who is logged in while it is measured: sessions made as a login makes them, and forty writers."""

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts import sessions
from accounts.models import Role, User
from reporting.models import Submission
from reporting.subjects import subject_of

from .client import get, post

TOKEN = secrets.token_hex(16)


def cookie_of(user):
    """Return the session cookie of a person who is logged in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    sessions.start(session)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@dataclass
class Saver:
    """One writer with an item of one's own, whose text changes with every save."""

    cookie: str
    submission: Submission
    version: int
    saved: int = 0

    @property
    def path(self):
        """Return the address of the entry."""
        return f"/desk/{self.submission.pk}/"

    def reading(self):
        """Return the request of the entry's page."""
        return get(self.path, self.cookie)

    def saving(self):
        """Return the request of the next save."""
        self.saved += 1
        fields = {
            "status": "on_track",
            "progress_pct": "45",
            "done": self.text,
            "next_plans": "실시설계 착수",
            "version": self.version,
        }
        self.version += 1
        return post(self.path, urlencode(fields), self.cookie, TOKEN)

    @property
    def text(self):
        """Return what the last save wrote."""
        return f"주민설명회 {self.saved}회 개최\n" + "보상 협의와 실시설계를 함께 추진 " * 8

    def lost(self):
        """Return how many acknowledged saves the database does not hold."""
        report = subject_of(self.submission).report(self.submission)
        kept = report.history.exclude(done="").count()
        return max(0, self.saved - kept) + (report.done != self.text.strip())


def savers(many):
    """Return so many writers of open items, each of a department's own."""
    items = Submission.objects.filter(period__state="open").exclude(state="approved")
    found = []
    for place, submission in enumerate(items.select_related("period").order_by("pk")[:many]):
        user, _ = User.objects.get_or_create(
            username=f"bench-{place}",
            defaults={"department_id": submission.department_id, "role": Role.WRITER},
        )
        version = subject_of(submission).report(submission).version
        found.append(Saver(cookie_of(user), submission, version))
    return found


def reviewer():
    """Return the session cookie of somebody of the strategy office."""
    return cookie_of(User.objects.filter(role=Role.STRATEGY, is_active=True).first())
