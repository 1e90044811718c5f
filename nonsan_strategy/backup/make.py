"""Making a backup: everything into a hidden folder first, which gets its name when it is whole."""

import fcntl
import os
import re
import shutil
import tarfile
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone

from . import Refused, media, native, rows, schema
from .manifest import MEDIA, Manifest, files_below, hashed, write

FINISHED = re.compile(r"nonsan-\d{8}-\d{6}(\.tar)?")
TRIES = 3  # an evidence file may be taken away while we copy


def backup(to, *, connection, media_root, packed=False, suffix=""):
    """Write one backup below `to` and return (its path, its manifest); `packed` into one .tar."""
    to = Path(to)
    with _private(), _alone(to):
        name = f"nonsan-{timezone.localtime():%Y%m%d-%H%M%S}{suffix}"
        part = to / f".{name}.part"
        try:
            part.mkdir()
            manifest = _fill(part, connection, Path(media_root))
            return _finish(part, to / name, packed), manifest
        except OSError as error:
            raise Refused(f"백업을 쓰지 못했습니다: {error.strerror} ({to})") from error
        finally:
            shutil.rmtree(part, ignore_errors=True)


@contextmanager
def _private():
    """Let whatever is written meanwhile be for its owner alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _alone(to):
    """Hold the folder for one backup at a time, and take away what a killed one left."""
    to.mkdir(parents=True, exist_ok=True)
    with (to / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refused("다른 백업이 진행 중입니다. 끝난 뒤에 다시 해 주세요.") from error
        for left in to.glob(".nonsan-*.part*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        yield


def _fill(part, connection, media_root):
    migrations = schema.applied(connection)
    if not migrations:
        raise Refused("빈 데이터베이스입니다. 백업할 것이 없습니다.")
    found = schema.models_at(migrations)
    copying = media.Copying(media_root, part / MEDIA)
    manifest = Manifest(
        made_at=timezone.now().isoformat(timespec="seconds"),
        vendor=connection.vendor,
        migrations=migrations,
    )
    for _ in range(TRIES):
        copying.round()  # what the database names now, or will in a moment, is there before it
        manifest.tables, names = _database(part / "database", connection, found)
        copying.round()
        manifest.lost = sorted(name for name in names if name not in copying.seen)
        if not manifest.lost:
            break
    manifest.files = {name: hashed(path) for name, path in files_below(part).items()}
    for name in manifest.files:
        _push(part / name)
    write(part, manifest)
    return manifest


def _database(folder, connection, found):
    """Write the database in both forms of one moment; return its tables and the files it names."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with native.snapshot(connection, folder) as alias:
        return rows.write(folder, found, alias), media.named(found, alias)


def _push(path):
    """Push a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _finish(part, target, packed):
    """Give the whole backup its name at once."""
    if packed:
        target = target.with_name(f"{target.name}.tar")
        half = part.with_name(f"{part.name}.tar")
        with tarfile.open(half, "w") as tar:
            tar.add(part, arcname=target.stem)
        _push(half)
        os.replace(half, target)
    else:
        _push(part)
        os.replace(part, target)
    _push(target.parent)
    return target


def finished(to):
    """Return the whole backups below a folder, oldest first; safety copies before a restore are none."""
    there = Path(to).iterdir() if Path(to).is_dir() else ()
    return sorted(path for path in there if FINISHED.fullmatch(path.name))


def forget_old(to, *, keep):
    """Delete all but the newest `keep` backups and return the deleted ones."""
    old = finished(to)[:-keep] if keep else []
    for path in old:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return old


def made_at(path):
    """Return when a finished backup was made, by its name; local time."""
    when = re.search(r"\d{8}-\d{6}", path.name).group()
    return timezone.make_aware(timezone.datetime.strptime(when, "%Y%m%d-%H%M%S"))


@contextmanager
def opened(source):
    """Yield the folder of a backup; a packed one is unpacked beside it for as long as it is read."""
    source = Path(source)
    if source.is_dir():
        yield source
        return
    if not source.is_file():
        raise Refused(f"{source}이(가) 없습니다.")
    folder = source.with_name(f".{source.stem}.open-{os.getpid()}")
    try:
        folder.mkdir(mode=0o700)
        with tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
        yield next(path for path in folder.iterdir() if path.is_dir())
    except (tarfile.TarError, EOFError, StopIteration) as error:
        raise Refused(f"{source.name}은(는) 백업 파일이 아니거나 손상되었습니다.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
