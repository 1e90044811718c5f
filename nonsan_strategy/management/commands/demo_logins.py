"""`manage.py demo_logins`: the logins of the demo in a small table; none outside it."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from nonsan_strategy.plan.read import PlanError, read


class Command(BaseCommand):
    """Print role, username and password of the demo logins that can log in now."""

    help = "시연용 계정을 보여 줍니다(DEMO=1일 때만)."

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, default=2019)

    def handle(self, *, year, **options):
        if not settings.DEMO:
            self.stdout.write("시연용 계정이 없습니다(DEMO=1일 때만 만듭니다).")
            return
        try:
            plan = read(settings.BASE_DIR / "data" / str(year))
        except PlanError as error:
            raise CommandError(str(error)) from error
        names = [row["username"] for row in plan.people]
        there = User.objects.filter(username__in=names, is_active=True).in_bulk(
            field_name="username"
        )
        if not there:
            self.stdout.write("시연용 계정이 없습니다. manage.py load_plan 을 먼저 실행해 주세요.")
            return
        self.stdout.write(f"시연용 계정 (비밀번호는 모두 {plan.password})")
        for name in names:
            if user := there.get(name):
                self.stdout.write(f"  {name:<10} {_what(user)}")


def _what(user):
    role = "전산" if user.is_superuser else user.get_role_display()
    return f"{role} · {user.department}" if user.department_id else role
