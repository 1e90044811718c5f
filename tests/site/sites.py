"""Sites of their own, in a folder, for tests that run `manage.py` as an operator does."""

import itertools
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from nonsan_strategy.backup import Refused
from nonsan_strategy.backup.native import program

from .test_settings import run

NUMBER = itertools.count()
SEED = """
from accounts.models import AccessLog, Department, User
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from pledges.models import Evidence, PledgeReport
from reporting.models import Autosave, Mail, Submission
import hashlib
report, by = PledgeReport.objects.first(), User.objects.first()
content = "증빙\\n".encode() * 1000
Evidence.objects.create(report=report, by=by, name="사진 1.txt", size=len(content),
    sha256=hashlib.sha256(content).hexdigest(), file=ContentFile(content, "사진 1.txt"))
Autosave.objects.create(submission=Submission.objects.first(), user=by, version=1,
    fields={"z": None, "a": {"나": [1, 2.50, "\\"'\\\\\\n"]}, "b": "😀"})
Mail.objects.create(kind="x", to="x@example.org", subject="s", headers={"b": "1", "a": "2"})
AccessLog.objects.create(who="writer", action="login", ip="203.0.113.7")
session = SessionStore(); session["typed"] = "secret-typing"; session.save()
"""


@dataclass
class Site:
    """One database and one folder of files; `manage` runs a command on them."""

    folder: Path
    url: str
    environment: dict

    def manage(self, *arguments, code=0):
        """Run a command, hold it to its exit code, and return all that it said."""
        done = run("manage.py", *arguments, **self.environment)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def shell(self, source):
        """Run Python on the site and return what it prints."""
        return self.manage("shell", "--no-imports", "-v0", "-c", source).strip()

    def backup(self, *arguments):
        """Make a backup and return its path."""
        said = self.manage("backup", *arguments)
        return Path(said.split("백업했습니다: ")[1].splitlines()[0])

    @property
    def backups(self):
        """Return the folder of its backups."""
        return self.folder / "backups"

    @property
    def media(self):
        """Return the folder of its files."""
        return self.folder / "media"

    def connect(self):
        """Return a plain connection to its database."""
        if self.url.startswith("sqlite"):
            return closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20))
        return closing(psycopg2.connect(**server(), dbname=self.environment["NAME"]))


def server():
    """Return where the test's own PostgreSQL is."""
    kept = connection.get_connection_params()
    return {key: kept[key] for key in ("host", "port", "user", "password") if kept.get(key)}


def programs_or_skip():
    """Skip where PostgreSQL's own programs are not installed."""
    try:
        program("pg_dump"), program("pg_restore")
    except Refused as refusal:
        pytest.skip(str(refusal))


def make_site(tmp, vendor=None):
    """Return a site with an empty database of this kind, by default the kind the tests run on."""
    folder = tmp / f"site-{next(NUMBER)}"
    folder.mkdir()
    name = f"site_{os.getpid()}_{next(NUMBER)}"
    if (vendor or connection.vendor) == "sqlite":
        url = f"sqlite:///{folder / 'db.sqlite3'}"
    else:
        programs_or_skip()
        where = server()
        with closing(psycopg2.connect(**where, dbname="postgres")) as own:
            own.autocommit = True
            own.cursor().execute(f"CREATE DATABASE {name}")
        user = where.get("user", "")
        url = f"postgres://{user}@/{name}?host={quote(where.get('host', ''), safe='')}"
    environment = {
        "DEMO": "1",
        "OFFICE_TODAY": "2019-07-03",
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(folder / "media"),
        "BACKUP_ROOT": str(folder / "backups"),
        "NAME": name,
    }
    return Site(folder, url, environment)


def full_site(tmp, vendor=None):
    """Return a site with the 2019 plan, an evidence file, a session and texts that are hard to carry."""
    site = make_site(tmp, vendor)
    site.manage("migrate", "-v0")
    site.manage("load_plan", "2019", "-v0")
    site.shell(SEED)
    return site


assert settings.TESTING  # these sites must never be the developer's own
