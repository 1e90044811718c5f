"""`manage.py tidy`: once a night, forget what may not or need not be kept; a second run finds nothing."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from reporting import making, uploads


class Command(BaseCommand):
    """Ended logins, finished tasks, brought sheets, old previews and cards, what citizens left behind."""

    help = "끝난 로그인과 작업, 기한이 지난 파일과 시민의 자료를 지웁니다. 밤마다 한 번 돌립니다."

    def handle(self, **options):
        call_command("clearsessions")
        call_command("prune_db_task_results", verbosity=0)
        previews, cards = making.purge()
        self.stdout.write(
            f"엑셀 {uploads.purge()}건, 미리 만든 보고서 {previews}건, 오래된 카드 {cards}장을 지웠습니다."
        )
        call_command("daily_citizens", stdout=self.stdout)
