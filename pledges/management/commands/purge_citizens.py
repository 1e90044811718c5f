"""Delete what of citizens may not be kept any longer; for a timer, once a day."""

from django.core.management.base import BaseCommand

from pledges import follow, limits, opinions


def purge():
    """Delete unconfirmed addresses, old counts and opinions past their time; return a sentence."""
    found = follow.purge(), opinions.purge(), limits.purge()
    return "확인하지 않은 주소 {}건, 기간이 지난 의견 {}건, 지난 횟수 {}건을 지웠습니다.".format(
        *found
    )


class Command(BaseCommand):
    """Run `purge` and say what it did, in numbers only."""

    help = "확인하지 않은 전자우편 주소와 보유기간이 지난 의견을 지웁니다."

    def handle(self, **options):
        self.stdout.write(purge())
