"""`manage.py restore`: proves what it brought back; refuses what is damaged, newer or in the way."""

import hashlib
import json
import shutil

import pytest
from django.db import connection

from accounts.triggers import SENTENCE
from nonsan_strategy.backup import Refused, schema
from nonsan_strategy.backup import manifest as manifests

from .sites import full_site, make_site

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_setup):
    """Return a site with everything in it, and its backup."""
    made = full_site(tmp_path_factory.mktemp("restore"))
    made.first = made.backup()
    return made


@pytest.fixture
def copy(site, tmp_path):
    """Return a copy of the backup that a test may spoil."""
    return shutil.copytree(site.first, tmp_path / site.first.name)


def seal(folder, **changes):
    """Write a changed manifest with a seal that fits."""
    content = json.loads((folder / manifests.NAME).read_text()) | changes
    text = json.dumps(content).encode()
    (folder / manifests.NAME).write_bytes(text)
    (folder / manifests.SEAL).write_text(hashlib.sha256(text).hexdigest())


def digests(backup):
    """Return {table: rows and digest} of a backup, without what the commands note."""
    found = manifests.read(backup).tables
    noted = {"accounts_accesslog", "reporting_publicmark"}
    return {table: what for table, what in found.items() if table not in noted}


def proven(target, source):
    """Restore into an empty site, look at the proof and at what the database still refuses."""
    said = target.manage("restore", str(source))
    assert said.count("✓") == 5
    assert "행 수와 내용 해시가 모두 백업과 같습니다" in said
    assert digests(target.backup()) == digests(source)
    with target.connect() as plain, pytest.raises(Exception, match=SENTENCE):
        plain.cursor().execute("UPDATE accounts_accesslog SET who = 'x'")
    # New rows get new keys, and the history goes on.
    assert target.shell(
        "from accounts.models import Department, AccessLog;"
        "AccessLog.objects.create(who='x', action='login');"
        "d = Department.objects.create(name='새 부서', order=9);"
        "print(d.history.count(), Department.objects.filter(pk=d.pk).count())"
    ) == "1 1"  # fmt: skip


def test_what_is_restored_is_what_was_backed_up(site, tmp_path):
    target = make_site(tmp_path)
    proven(target, site.first)
    files = sorted(p.read_bytes() for p in target.media.rglob("*") if p.is_file())
    assert files == sorted(p.read_bytes() for p in site.media.rglob("*") if p.is_file())


@pytest.mark.skipif(connection.vendor == "sqlite", reason="needs a PostgreSQL server")
def test_from_sqlite_to_postgresql_and_back(site, tmp_path):
    small = full_site(tmp_path, "sqlite")
    proven(make_site(tmp_path, "postgresql"), small.backup())
    proven(make_site(tmp_path, "sqlite"), site.first)


def test_by_rows_alone_it_is_the_same(site, copy, tmp_path):
    """The way from one kind of database to another, also where only one kind is at hand."""
    seal(copy, vendor=OTHER[connection.vendor])
    proven(make_site(tmp_path), copy)


def test_a_packed_backup_is_restored_also_into_a_database_that_was_only_migrated(site, tmp_path):
    packed = site.backup("--to", str(tmp_path), "--tar")
    target = make_site(tmp_path)
    target.manage("migrate", "-v0")
    assert target.manage("restore", str(packed)).count("✓") == 5
    assert [path.name for path in tmp_path.glob(".nonsan*")] == []


def spoil_byte(folder, name):
    path = folder / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def of_kind(folder, kind):
    return next(n for n in sorted(manifests.files_below(folder)) if n.startswith(kind))


SPOILT = {
    "the database": lambda folder: spoil_byte(folder, of_kind(folder, "database/database")),
    "a table": lambda folder: spoil_byte(folder, "database/rows/pledges_pledge.jsonl.gz"),
    "a file": lambda folder: spoil_byte(folder, of_kind(folder, "media/")),
    "the manifest": lambda folder: spoil_byte(folder, manifests.NAME),
    "the seal": lambda folder: spoil_byte(folder, manifests.SEAL),
    "a missing file": lambda folder: (folder / of_kind(folder, "media/")).unlink(),
    "a further file": lambda folder: (folder / "media" / "further").touch(),
    "no manifest": lambda folder: (folder / manifests.NAME).unlink(),
    "no seal": lambda folder: (folder / manifests.SEAL).unlink(),
    "a way out": lambda folder: seal(
        folder, files={**manifests.read(folder).files, "media/../../x": {"sha256": "", "bytes": 0}}
    ),
    "a newer format": lambda folder: seal(folder, format=manifests.FORMAT + 1),
    "a newer migration": lambda folder: seal(
        folder, migrations=[*manifests.read(folder).migrations, ["reporting", "9999_later"]]
    ),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_damaged_or_newer_backup_is_refused(copy, spoil):
    spoil(copy)
    with pytest.raises(Refused):
        manifest = manifests.read(copy)
        manifests.verify(copy, manifest)
        schema.must_know(manifest.migrations)


def test_a_refused_backup_leaves_the_site_as_it_was(site, copy, tmp_path):
    spoil_byte(copy, of_kind(copy, "database/database"))
    before = digests(site.backup())
    said = site.manage("restore", str(copy), "--replace", code=1)
    assert "손상되었습니다" in said and "바뀐 파일: database/" in said
    assert digests(site.backup()) == before
    seal(copy, migrations=[["reporting", "9999_later"]], files=manifests.read(copy).files)
    assert "손상" in site.manage("restore", str(copy), "--replace", code=1)


def test_what_is_no_backup_is_refused_in_a_sentence(site, tmp_path):
    (tmp_path / "x.tar").write_bytes(b"no tar")
    for source, said in (
        (tmp_path / "nothing", "없습니다"),
        (tmp_path, "백업이 아닙니다"),
        (tmp_path / "x.tar", "백업 파일이 아니거나"),
    ):
        assert said in site.manage("restore", str(source), code=1)


def test_a_site_in_use_is_replaced_only_when_asked_and_saved_first(site, tmp_path):
    target = make_site(tmp_path)
    target.manage("migrate", "-v0")
    target.shell("from accounts.models import Department; Department.objects.create(name='나중')")
    target.media.mkdir()
    (target.media / "later.txt").write_text("later")
    assert "--replace" in target.manage("restore", str(site.first), code=1)
    said = target.manage("restore", str(site.first), "--replace")
    assert "지금 자료를 먼저 백업했습니다" in said and said.count("✓") == 5
    assert not (target.media / "later.txt").exists()
    there = "from accounts.models import Department;print(Department.objects.filter(name='나중').count())"
    assert target.shell(there) == "0"
    saved = next(target.backups.glob("*-before-restore"))
    target.manage("restore", str(saved), "--replace")
    assert target.shell(there) == "1"
    assert (target.media / "later.txt").read_text() == "later"


def test_files_alone_are_in_the_way_too(site, tmp_path):
    target = make_site(tmp_path)
    target.media.mkdir()
    (target.media / "old.txt").write_text("old")
    assert "--replace" in target.manage("restore", str(site.first), code=1)
    assert (target.media / "old.txt").exists()


def test_an_older_backup_is_brought_up_to_this_code(tmp_path):
    old = make_site(tmp_path)
    old.manage("migrate", "-v0", "accounts", "0002")
    with old.connect() as plain:
        plain.cursor().execute(
            'INSERT INTO accounts_department (name, "order", phone, is_active)'
            " VALUES ('옛 부서', 1, '', %s)" % ("true" if connection.vendor != "sqlite" else "1")
        )
        plain.commit()
    backup = old.backup()
    for vendor in (connection.vendor, OTHER[connection.vendor]):
        seal(backup, vendor=vendor)
        target = make_site(tmp_path)
        said = target.manage("restore", str(backup))
        assert "개를 더 적용했습니다" in said
        target.manage("migrate", "--check")
        assert (
            target.shell("from accounts.models import Department as D;print(D.objects.get())")
            == "옛 부서"
        )


def test_an_older_database_brought_back_never_reuses_a_number_browsers_hold(site, tmp_path):
    number = "from reporting.marks import public_number;print(public_number())"
    before = int(site.shell(number))
    target = make_site(tmp_path)
    target.manage("restore", str(site.first))
    assert int(target.shell(number)) > before + 100_000
