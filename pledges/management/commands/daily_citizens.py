"""What has to be done for citizens once a day: forget what may not be kept, tell what was not told; for a timer."""

from django.core.management.base import BaseCommand

from pledges import follow, limits, opinions


def purge():
    """Delete unconfirmed addresses, old counts and opinions past their time; return a sentence."""
    found = follow.purge(), opinions.purge(), limits.purge()
    return "확인하지 않은 주소 {}건, 기간이 지난 의견 {}건, 지난 횟수 {}건을 지웠습니다.".format(
        *found
    )


class Command(BaseCommand):
    """Run it and say what was done, in numbers only."""

    help = "확인하지 않은 주소와 기간이 지난 의견을 지우고, 못 보낸 공표 소식을 다시 보냅니다."

    def handle(self, **options):
        follow.tell_again()
        self.stdout.write(purge())
