"""`manage.py restore`: bring a backup back and prove it; refuses what is damaged, newer or in the way."""

import getpass

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.actions import note_access
from accounts.models import AccessLog
from nonsan_strategy.backup import Refused
from nonsan_strategy.backup.restore import restore


class Command(BaseCommand):
    """Restore into the configured database and MEDIA_ROOT, and print the proof."""

    help = "백업을 되살리고, 되살린 것이 백업과 같은지 증명합니다. 먼저 웹과 작업자를 멈춰 주세요."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("source", help="백업 폴더 또는 .tar 파일")
        parser.add_argument(
            "--replace", action="store_true", help="지금 자료를 따로 백업한 뒤 바꿉니다."
        )

    def handle(self, *, source, replace, **options):
        try:
            proof = restore(
                source,
                connection=connection,
                media_root=settings.MEDIA_ROOT,
                backups=settings.BACKUP_ROOT,
                replace=replace,
                tell=self.stdout.write,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        note_access(
            who=f"{getpass.getuser()}(명령줄)",
            ip=None,
            action=AccessLog.Action.CHANGE,
            what=f"백업에서 되살림: {source}",
        )
        self.stdout.write("되살렸습니다. 증명:")
        for line in proof:
            self.stdout.write(f"  ✓ {line}")
