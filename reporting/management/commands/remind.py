"""`manage.py remind`: once a day, by whatever schedule; a second run on the same day does nothing more.

It hands over what falls due today, reminds whoever owes something (on working days), and tries again
to send what the mail server refused.
"""

from django.core.management.base import BaseCommand

from reporting import clock, formats, mail
from reporting.handovers import apply_all
from reporting.models import Reminder
from reporting.reminders import remind_all
from reporting.stages import STAGES
from reporting.workdays import holiday_name, is_working_day


class Command(BaseCommand):
    """Do the day's chasing and say how much it was."""

    help = "오늘의 업무 인계와 알림을 처리하고, 보내지 못한 메일을 다시 보냅니다. 하루에 한 번 돌립니다."

    def handle(self, **options):
        today = clock.today()
        handed = apply_all()
        tally = remind_all()
        again = mail.try_again()
        self.say(f"{formats.day(today)} {_kind(today)}")
        self.say(f"업무 인계: 넘김 {handed['넘김']}건, 보류 {handed['보류']}건")
        self.say("알림: " + ", ".join(f"{s.label} {tally[s.label]}명" for s in STAGES))
        sent, no_address, nobody = (
            tally[why] for why in ("보냄", Reminder.NO_ADDRESS, Reminder.NOBODY)
        )
        self.say(
            f"메일: 보냄 {sent}통, 주소 없음 {no_address}명, 받을 사람 없음 {nobody}곳, "
            f"다시 보냄 {again}통"
        )

    def say(self, line):
        """Print one line."""
        self.stdout.write(line)


def _kind(day):
    if is_working_day(day):
        return "근무일"
    return f"쉬는 날({holiday_name(day) or '주말'})이라 알림을 보내지 않음"
