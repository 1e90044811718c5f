"""`manage.py backup`: whole or not at all, of one moment, without logins."""

import fcntl
import gzip
import json
import signal
import subprocess
import sys
import tarfile

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper

from nonsan_strategy.backup import manifest as manifests
from nonsan_strategy.backup import native
from nonsan_strategy.backup.make import finished

from .sites import full_site, make_site


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_setup):
    """Return a site with everything in it, and its first backup."""
    made = full_site(tmp_path_factory.mktemp("backup"))
    made.first = made.backup()
    return made


def copy_of(backup):
    """Return the content of the database's own copy, unpacked."""
    path = backup / "database" / native.FILES[connection.vendor]
    if connection.vendor == "sqlite":
        return path.read_bytes()
    shown = subprocess.run([native.program("pg_restore"), "-f-", path], capture_output=True)
    return shown.stdout


def test_the_manifest_lists_every_file_with_its_hash(site):
    manifest = manifests.read(site.first)
    manifests.verify(site.first, manifest)
    assert manifest.vendor == connection.vendor
    assert manifest.tables["pledges_pledge"]["rows"] == 66
    assert len(manifest.media) == 1
    assert ["accounts", "0001_initial"] in manifest.migrations


def test_a_backup_is_for_its_owner_alone(site):
    paths = [site.first, *site.first.rglob("*")]
    open_to_others = [p for p in paths if p.is_file() and p.stat().st_mode & 0o077]
    assert not open_to_others
    assert not site.first.stat().st_mode & 0o077


def test_logins_and_what_was_typed_in_them_stay_out(site):
    content = copy_of(site.first)
    assert b"secret-typing" not in content
    assert "정상추진".encode() in content
    assert not (site.first / "database" / "rows" / "django_session.jsonl.gz").exists()


def test_the_rows_are_readable_without_any_database(site):
    with gzip.open(site.first / "database" / "rows" / "reporting_autosave.jsonl.gz") as file:
        columns, row = map(json.loads, file)
    said = dict(zip(columns, row, strict=True))
    assert said["fields"] == {"z": None, "a": {"나": [1, 2.5, "\"'\\\n"]}, "b": "😀"}


def test_the_taking_of_a_backup_is_noted(site):
    said = site.shell(
        "from accounts.models import AccessLog;"
        "print(AccessLog.objects.filter(action='export').latest('pk').what)"
    )
    assert said == f"백업 {site.first.name}"


def test_only_the_newest_are_kept_and_only_backups_are_deleted(site, tmp_path):
    (tmp_path / "mine").mkdir()
    for name in ("nonsan-20190101-000000", "nonsan-20190102-000000", "nonsan-20190103-000000.tar"):
        (tmp_path / name).mkdir() if "." not in name else (tmp_path / name).touch()
    (tmp_path / "nonsan-20190101-000000-before-restore").mkdir()
    newest = site.backup("--to", str(tmp_path), "--keep", "2")
    assert [path.name for path in finished(tmp_path)] == ["nonsan-20190103-000000.tar", newest.name]
    assert (tmp_path / "mine").exists()
    assert (tmp_path / "nonsan-20190101-000000-before-restore").exists()


def test_a_packed_backup_is_one_file(site, tmp_path):
    path = site.backup("--to", str(tmp_path), "--tar")
    assert path.suffix == ".tar" and not path.stat().st_mode & 0o077
    with tarfile.open(path) as tar:
        assert f"{path.stem}/{manifests.SEAL}" in tar.getnames()


def test_a_second_backup_at_the_same_time_is_refused(site, tmp_path):
    with (tmp_path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "다른 백업이 진행 중" in site.manage("backup", "--to", str(tmp_path), code=1)
    assert finished(tmp_path) == []


def test_a_killed_backup_never_looks_finished_and_is_cleared_away(site, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "manage.py", "backup", "--to", str(tmp_path)],
        cwd=settings.BASE_DIR,
        env=site_environment(site),
    )
    while not list(tmp_path.glob(".nonsan-*.part/database")):
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert finished(tmp_path) == []
    site.backup("--to", str(tmp_path))
    assert [path.name for path in tmp_path.glob(".nonsan*")] == []
    assert len(finished(tmp_path)) == 1


def site_environment(site):
    return {"PATH": "/usr/bin:/bin", "ENV_FILE": "/dev/null", **site.environment}


def test_an_empty_database_is_not_backed_up(tmp_path):
    site = make_site(tmp_path)
    assert "빈 데이터베이스" in site.manage("backup", code=1)
    assert finished(site.backups) == []


def test_a_file_that_was_lost_before_is_named(site, tmp_path):
    file = next(path for path in site.media.rglob("*") if path.is_file())
    aside = file.rename(tmp_path / "aside")
    try:
        said = site.manage("backup", "--to", str(tmp_path / "to"))
    finally:
        aside.rename(file)
    assert "저장소에 없는 파일" in said
    manifest = manifests.read(finished(tmp_path / "to")[0])
    assert manifest.lost == [str(file.relative_to(site.media))]


def test_the_password_is_not_in_the_command_which_everybody_sees():
    own = DatabaseWrapper(
        {"NAME": "n", "USER": "u", "PASSWORD": "geheim", "HOST": "h", "PORT": "", "OPTIONS": {}}
        | {"TIME_ZONE": None}
    )
    where, password = native.place(own)
    assert (where, password) == ("dbname=n user=u host=h", "geheim")


WRITER = """
import sys
from django.db import transaction
from accounts.models import AccessLog, Department
for number in range(100000):
    with transaction.atomic():
        Department.objects.create(name=f"부서 {number}", order=1)
        AccessLog.objects.create(who=f"부서 {number}", action="change")
    print(number, flush=True)
"""


def test_a_backup_while_others_write_is_of_one_moment(site, tmp_path):
    writer = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "-v0", "-c", WRITER],
        cwd=settings.BASE_DIR,
        env=site_environment(site),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        before = [int(writer.stdout.readline()) for _ in range(5)][-1]
        backup = site.backup("--to", str(tmp_path))
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()
    rows = {name: names_in(backup, *name) for name in PAIR}
    departments, logs = rows.values()
    assert departments == logs
    assert {f"부서 {n}" for n in range(before + 1)} <= departments
    assert departments == {f"부서 {n}" for n in range(len(departments))}
    target = make_site(tmp_path)
    assert "되살렸습니다" in target.manage("restore", str(backup))


PAIR = (("accounts_department", "name"), ("accounts_accesslog", "who"))


def names_in(backup, table, column):
    with gzip.open(backup / "database" / "rows" / f"{table}.jsonl.gz") as file:
        place = json.loads(next(file)).index(column)
        names = {json.loads(line)[place] for line in file}
    return {name for name in names if name.startswith("부서 ")}
