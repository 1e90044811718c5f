"""`manage.py make_scale --times N`: N times the data, as past terms; a second run adds nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from nonsan_strategy.scale.copies import add_term, last_place, oldest_possible
from nonsan_strategy.scale.source import NothingToCopy, read

REFUSAL = (
    "시연 자료가 아닌 데이터베이스에는 규모 시험용 자료를 넣지 않습니다. 지울 수 없는 공표 자료가 "
    "생깁니다. 그래도 넣으려면 --yes를 붙이세요."
)
EVERY = 25  # copies between two lines of progress


class Command(BaseCommand):
    """Copy the present term into the past until the data is N times what it was."""

    help = "지금 임기를 과거의 (예시) 임기로 베껴 자료를 N배로 늘립니다(성능을 잴 때)."

    def add_arguments(self, parser):
        parser.add_argument("--times", type=int, required=True, help="예: 10, 100, 226")
        parser.add_argument("--yes", action="store_true", help="시연용이 아니어도 넣습니다.")

    def handle(self, *, times, yes, **options):
        there = last_place()
        if not (settings.DEMO or there or yes):
            raise CommandError(REFUSAL)
        try:
            source = read()
        except NothingToCopy as reason:
            raise CommandError(str(reason)) from reason
        if not 1 <= times <= oldest_possible(source) + 1:
            raise CommandError(f"--times는 1부터 {oldest_possible(source) + 1}까지입니다.")
        for place in range(there + 1, times):
            add_term(source, place, by=source.publication.by)
            if options["verbosity"] and (place % EVERY == 0 or place == times - 1):
                self.stdout.write(f"{place + 1}배 ({place}/{times - 1})")
        if options["verbosity"] and there >= times - 1:
            self.stdout.write(f"이미 {there + 1}배입니다. 더 넣지 않았습니다.")
