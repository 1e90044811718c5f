"""`manage.py health`: one line for each thing that must be well; exit code 1 when one is not."""

import json
import sys

from django.core.management.base import BaseCommand

from nonsan_strategy.health import look


class Command(BaseCommand):
    """Print the findings in lines, or as JSON for a watcher."""

    help = "데이터베이스, 작업자, 메일, 디스크, 백업이 성한지 보고, 아니면 코드 1로 끝납니다."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="기계가 읽을 한 줄로")

    def handle(self, **options):
        found = look()
        if options["json"]:
            self.stdout.write(json.dumps([one._asdict() for one in found], ensure_ascii=False))
        else:
            for one in found:
                self.stdout.write(f"{'정상' if one.ok else '이상'}  {one.name:<11} {one.says}")
        if not all(one.ok for one in found):
            sys.exit(1)
