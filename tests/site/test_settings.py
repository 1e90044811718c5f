"""The settings explain what is missing, tune the database, and pass Django's deployment check."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

SITE = settings.BASE_DIR / "nonsan_strategy"
SOURCE = (SITE / "environment.py").read_text() + (SITE / "settings.py").read_text()
EXAMPLE = (settings.BASE_DIR / ".env.example").read_text()
NAMES = set(re.findall(r'(?:env\.\w+|needed)\(\s*"([A-Z_]+)"', SOURCE))
COMPLETE = {"SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2, "ALLOWED_HOSTS": "a.go.kr"}


def run(*command, **environment):
    """Run Python in a fresh process that has only these variables, and no .env unless named.

    A variable given as None is left out.
    """
    others = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    clean = {k: v for k, v in os.environ.items() if k not in NAMES | others}
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={
            name: value
            for name, value in {**clean, "ENV_FILE": os.devnull, **environment}.items()
            if value is not None
        },
        capture_output=True,
        text=True,
    )


def imported(**environment):
    return run("-c", "import nonsan_strategy.settings", **environment)


SHOW = """
from nonsan_strategy import settings
print({name: value for name, value in vars(settings).items() if name.isupper()})
"""


def last_line(process):
    return process.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("name", COMPLETE)
def test_missing_variable_is_explained_in_one_sentence(name):
    process = imported(**{k: v for k, v in COMPLETE.items() if k != name})
    assert process.returncode == 1
    assert f"환경변수 {name}이(가) 없습니다" in last_line(process)
    assert ".env.example 참고" in last_line(process)


def test_complete_settings_are_read_without_a_word():
    process = imported(**COMPLETE)
    assert (process.returncode, process.stderr) == (0, "")


def test_demo_needs_no_variable_but_its_own():
    assert imported(DEMO="1", OFFICE_TODAY="2019-07-03").returncode == 0


def test_another_today_is_refused_outside_the_demo():
    process = imported(**COMPLETE, OFFICE_TODAY="2019-07-03")
    assert process.returncode == 1
    assert "OFFICE_TODAY는 시연(DEMO=1)에서만" in last_line(process)


def test_example_names_every_variable_and_no_other():
    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, re.M)) == NAMES


def test_example_comments_state_the_defaults(tmp_path):
    """Switching every commented default on changes nothing that is served."""
    filled = tmp_path / "env"
    switched_on = re.sub(r"^# ([A-Z_]+=.+)$", r"\1", EXAMPLE, flags=re.M)
    filled.write_text(re.sub(r"^(SECRET_KEY|ALLOWED_HOSTS)=$", "", switched_on, flags=re.M))
    by_file = run("-c", SHOW, **COMPLETE, ENV_FILE=str(filled))
    by_default = run("-c", SHOW, **COMPLETE)
    assert by_file.returncode == 0, by_file.stderr
    pid = re.compile(r"nonsan-test-\d+")
    assert pid.sub("", by_file.stdout) == pid.sub("", by_default.stdout)


def test_a_filled_example_passes_the_deployment_check(tmp_path):
    filled = tmp_path / "env"
    text = EXAMPLE
    for name, value in COMPLETE.items():
        text = text.replace(f"\n{name}=\n", f"\n{name}={value}\n")
    filled.write_text(text)
    process = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", ENV_FILE=str(filled))
    assert process.returncode == 0, process.stderr


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own tuning")
def test_sqlite_is_tuned_for_many_writers():
    """Without these, 4 of 5 saves failed under 40 writers (docs/decisions/0003-sqlite.md)."""
    with connection.cursor() as cursor:
        told = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    assert told == {
        "journal_mode": "wal", "synchronous": 2, "busy_timeout": 20000, "foreign_keys": 1,
    }  # fmt: skip
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a server's connections")
def test_postgresql_connections_last_and_are_checked():
    assert connection.settings_dict["CONN_MAX_AGE"] == 60
    assert connection.settings_dict["CONN_HEALTH_CHECKS"] is True


def test_requests_are_not_one_long_transaction():
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


LOG_IN = """
from django.test import Client
from accounts.models import AccessLog
answer = Client().post("/login/", {"login": "nobody", "password": "wrong"})
print(answer.status_code, AccessLog.objects.filter(action="login_failed").count())
"""


def test_without_any_setting_migrate_is_enough_to_try_the_site_out(tmp_path):
    if (settings.BASE_DIR / ".env").exists():
        pytest.skip("this copy has settings of its own")
    bare = {"ENV_FILE": None, "DATABASE_URL": f"sqlite:///{tmp_path}/try.sqlite3"}
    migrated = run("manage.py", "migrate", "--verbosity", "0", **bare)
    assert (migrated.returncode, "시연으로 움직입니다" in migrated.stderr) == (0, True)
    tried = run("manage.py", "shell", "--no-imports", "-c", LOG_IN, **bare)
    assert tried.stdout.split() == ["200", "1"], tried.stderr


def test_a_server_never_runs_without_its_settings():
    refused = run("-c", "import nonsan_strategy.wsgi", ENV_FILE=os.devnull)
    assert refused.returncode != 0
    assert "SECRET_KEY" in last_line(refused)
