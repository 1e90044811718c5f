"""`manage.py backup`: database, files and a manifest of hashes into one folder or one .tar."""

import getpass

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from accounts.actions import note_access
from accounts.models import AccessLog
from nonsan_strategy.backup import Refused
from nonsan_strategy.backup.make import backup, forget_old


class Command(BaseCommand):
    """Back up while people go on working, say what was saved, note who took it."""

    help = "데이터베이스와 증빙 파일을 해시 목록과 함께 백업합니다. 쓰는 중에도 할 수 있습니다."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--to", default=settings.BACKUP_ROOT, help="둘 폴더(기본: BACKUP_ROOT)")
        parser.add_argument("--tar", action="store_true", help="폴더 대신 .tar 파일 하나로")
        parser.add_argument("--keep", type=int, default=0, help="새것부터 이만큼만 남기고 지움")

    def handle(self, *, to, tar, keep, **options):
        try:
            path, manifest = backup(
                to, connection=connection, media_root=settings.MEDIA_ROOT, packed=tar
            )
            old = forget_old(to, keep=keep)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._note(path)
        self.stdout.write(
            f"백업했습니다: {path}\n"
            f"  표 {len(manifest.tables)}개, 행 {manifest.rows:,}개, 증빙 파일 {len(manifest.media):,}개"
        )
        for name in manifest.lost:
            self.stderr.write(f"※ 저장소에 없는 파일(백업 전부터): {name}")
        for gone in old:
            self.stdout.write(f"  오래된 백업을 지웠습니다: {gone.name}")

    def _note(self, path):
        """Note the export; a database that is still to be migrated may not have the log as we know it."""
        try:
            note_access(
                who=f"{getpass.getuser()}(명령줄)",
                ip=None,
                action=AccessLog.Action.EXPORT,
                what=f"백업 {path.name}",
            )
        except DatabaseError:
            self.stderr.write("※ 아직 적용하지 않은 변경이 있어 접속기록에 남기지 못했습니다.")
