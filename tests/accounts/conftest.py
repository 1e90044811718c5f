"""The people of these tests; names begin with `acc_`."""

import pytest
from django.core.cache import cache

from accounts.models import Department, Role, User

PASSWORD = "논산-딸기-2019"


@pytest.fixture(autouse=True)
def acc_site(settings, db):
    """Every test has the small site, quick passwords and no failures counted yet."""
    settings.ROOT_URLCONF = "tests.accounts.urls"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def acc_roads(db):
    return Department.objects.create(name="(예시) 도로과", order=1)


@pytest.fixture
def acc_writer(acc_roads):
    """홍길동, who writes for the roads department."""
    return User.objects.create_user(
        "writer", password=PASSWORD, name="홍길동", department=acc_roads, role=Role.WRITER
    )


@pytest.fixture
def acc_operator(db):
    """전산: the superuser."""
    return User.objects.create_superuser("operator", password=PASSWORD, name="전산이")


@pytest.fixture
def acc_clerk(db):
    """A member of the strategy office who may enter the admin but does not manage people."""
    return User.objects.create_user(
        "clerk", password=PASSWORD, name="전략이", role=Role.STRATEGY, is_staff=True
    )


@pytest.fixture
def acc_login(client):
    """Log in by the form, as a person does."""

    def login(username, password=PASSWORD, **kwargs):
        return client.post("/login/", {"login": username, "password": password}, **kwargs)

    return login


@pytest.fixture
def acc_expire(client):
    """Let time pass for the client's session: `acc_expire(seen=601)` or `acc_expire(since=…)`."""

    def expire(**seconds):
        session = client.session
        for stamp, ago in seconds.items():
            session[f"login_{stamp}"] -= ago
        session.save()

    return expire
