"""Restoring: look before touching anything, load, prove, bring up to today's migrations."""

from pathlib import Path

from django.core.management import call_command

from reporting.marks import changed_beyond_doubt

from . import Refused, manifest, media, native, proof, rows, schema
from .make import backup, opened


def restore(source, *, connection, media_root, backups, replace=False, tell=lambda line: None):
    """Put a backup into the configured database and MEDIA_ROOT; return the proof in lines.

    Nothing is touched unless the backup is whole and known. A site that is not empty is replaced only
    when asked to, after a backup of its own.
    """
    with opened(source) as folder:
        kept = manifest.read(folder)
        manifest.verify(folder, kept)
        schema.must_know(kept.migrations)
        tell(f"백업을 확인했습니다: {kept.made_at}, 파일 {len(kept.files):,}개의 해시가 맞습니다.")
        _make_room(connection, Path(media_root), backups, replace, tell)
        found = schema.models_at(kept.migrations)
        _load(folder, kept, found, connection)
        media.bring_back(folder / manifest.MEDIA, Path(media_root), kept.media)
        lines = proof.prove(kept, found, connection, Path(media_root))
    return lines + _bring_up(connection)


def _make_room(connection, media_root, backups, replace, tell):
    """Empty the database; refuse, or save first, what stands there."""
    files = manifest.files_below(media_root) if media_root.is_dir() else {}
    if not schema.is_empty(connection) or files:
        if not replace:
            raise Refused(
                "이 누리집에는 이미 자료가 있습니다. 바꾸려면 --replace를 붙여 주세요"
                "(지금 자료는 먼저 따로 백업합니다)."
            )
        if schema.applied(connection):
            saved, _ = backup(
                backups, connection=connection, media_root=media_root, suffix="-before-restore"
            )
            tell(f"지금 자료를 먼저 백업했습니다: {saved}")
    schema.drop_everything(connection)


def _load(folder, kept, found, connection):
    """Load the database's own form, or from another kind of database the rows."""
    below = folder / "database"
    if kept.vendor == connection.vendor:
        native.restore(connection, below)
        return
    schema.migrate_to(connection, kept.migrations)
    rows.load(below, found, connection)


def _bring_up(connection):
    """Migrate an older backup up to this code and let no browser take an old page for a new one."""
    before = schema.pending(connection)
    call_command("migrate", interactive=False, verbosity=0, database=connection.alias)
    if left := schema.pending(connection):
        raise Refused(f"적용하지 못한 변경이 있습니다: {', '.join(left)}")
    changed_beyond_doubt()
    return [
        f"마이그레이션: {len(before)}개를 더 적용했습니다."
        if before
        else "마이그레이션: 모두 적용되어 있습니다."
    ]
