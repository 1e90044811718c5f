"""How long a login lasts: two time stamps in the session and the two limits of the settings."""

import time

from django.conf import settings

SINCE, SEEN = "login_since", "login_seen"  # seconds since 1970
IDLE = "오래 쓰지 않아 자동으로 로그아웃"
ABSOLUTE = "로그인 최대 시간이 지나 자동으로 로그아웃"


def start(session):
    """Begin both limits now."""
    session[SINCE] = session[SEEN] = int(time.time())


def limit_passed(session):
    """Return which limit has passed, in words for the access log, or None; costs no query."""
    now = time.time()
    if now - session[SINCE] > settings.SESSION_ABSOLUTE_SECONDS:
        return ABSOLUTE
    if now - session[SEEN] > settings.SESSION_IDLE_SECONDS:
        return IDLE
    return None


def see(session):
    """Note activity, but at most once a minute, so that reading pages seldom writes a session."""
    now = int(time.time())
    if now - session[SEEN] >= min(60, settings.SESSION_IDLE_SECONDS / 10):
        session[SEEN] = now
