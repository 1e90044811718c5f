"""`manage.py health`: each thing that must be well, taken away once."""

import io
import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nonsan_strategy.health import look
from reporting.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def well(settings, tmp_path):
    """A site on which nothing is wrong."""
    settings.MEDIA_ROOT, settings.BACKUP_ROOT = tmp_path / "media", tmp_path / "backups"
    (tmp_path / "backups" / f"nonsan-{timezone.localtime():%Y%m%d-%H%M%S}").mkdir(parents=True)
    return settings


def unwell():
    return {finding.name for finding in look() if not finding.ok}


def task(**fields):
    defaults = {
        "args_kwargs": {"args": [], "kwargs": {}},
        "task_path": "reporting.mail.deliver",
        "backend_name": "default",
        "run_after": timezone.now(),
        "exception_class_path": "",
        "traceback": "",
    }
    row = DBTaskResult.objects.create(**{**defaults, **fields})
    for name in ("enqueued_at", "started_at", "finished_at"):
        if name in fields:
            DBTaskResult.objects.filter(pk=row.pk).update(**{name: fields[name]})


def test_a_site_that_is_well_says_so_and_ends_with_0(well):
    out = io.StringIO()
    call_command("health", json=True, stdout=out)
    assert {one["name"]: one["ok"] for one in json.loads(out.getvalue())} == dict.fromkeys(
        ["database", "migrations", "cache", "worker", "tasks", "mail", "media", "disk", "backup"],
        True,
    )
    call_command("health", stdout=out)
    assert "정상  database" in out.getvalue()


def ago(**span):
    return timezone.now() - timedelta(**span)


WRONG = {
    "worker": lambda site: task(
        status="READY", enqueued_at=ago(minutes=6), run_after=ago(minutes=6)
    ),
    "worker ": lambda site: task(status="RUNNING", started_at=ago(hours=2)),
    "tasks": lambda site: task(status="FAILED", started_at=ago(hours=2), finished_at=ago(hours=1)),
    "mail": lambda site: Mail.objects.create(kind="x", to="a@b.kr", subject="x", attempts=1),
    "backup": lambda site: [path.rmdir() for path in site.BACKUP_ROOT.iterdir()],
    "backup ": lambda site: [
        path.rename(path.with_name("nonsan-20190101-000000")) for path in site.BACKUP_ROOT.iterdir()
    ],
    "media": lambda site: site.MEDIA_ROOT.write_text("a file where a folder should be"),
    "cache": lambda site: setattr(site, "CACHES", {"default": {"BACKEND": DUMMY}}),
}
DUMMY = "django.core.cache.backends.dummy.DummyCache"


@pytest.mark.parametrize("name", WRONG)
def test_each_thing_that_is_wrong_is_named(well, name):
    WRONG[name](well)
    assert unwell() == {name.strip()}
    with pytest.raises(SystemExit) as ended:
        call_command("health", stdout=io.StringIO())
    assert ended.value.code == 1


def test_work_that_is_done_or_not_yet_due_is_no_concern(well):
    task(
        status="SUCCESSFUL",
        enqueued_at=ago(days=1),
        started_at=ago(days=1),
        finished_at=ago(days=1),
    )
    task(status="FAILED", started_at=ago(days=3), finished_at=ago(days=2))
    task(status="READY", enqueued_at=ago(days=1), run_after=timezone.now() + timedelta(days=1))
    assert unwell() == set()


def test_looking_leaves_only_a_word_in_the_cache(well):
    before = DBTaskResult.objects.count()
    look()
    assert DBTaskResult.objects.count() == before
    assert cache.get("health")
