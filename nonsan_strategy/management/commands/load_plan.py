"""`manage.py load_plan 2019`: put a year's plan into the database; a second run changes nothing."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from nonsan_strategy.plan import jury, lineage, manifesto, quarters, regional, works, write
from nonsan_strategy.plan.check import problems
from nonsan_strategy.plan.read import PlanError, read
from reporting.workflow import Refused

REFUSAL = "자료가 계획과 달라 아무것도 쓰지 않았습니다."
OFFICE = "strategy"  # key of the coordinating office in departments.json


class Command(BaseCommand):
    """Read, check against the plan's totals, write all or nothing, say what was made."""

    help = "계획의 자료(data/<연도>)를 옮깁니다. 이미 있는 것은 그대로 둡니다."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, help="예: 2019")
        parser.add_argument("--data", help="자료 폴더(기본: data/<연도>)")

    def handle(self, *, year, data, **options):
        try:
            plan = read(data or settings.BASE_DIR / "data" / str(year))
            if wrong := problems(plan):
                raise PlanError("\n- ".join([REFUSAL, *wrong]))
            tally = load(plan, reason=f"{year}년 주요업무 추진상황에서 옮김")
        except (PlanError, Refused, PermissionDenied, ValidationError) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.tell(tally)

    def tell(self, tally):
        """Print what was made and what was there already."""
        for title, counts in (("새로 만듦", tally.made), ("이미 있어 그대로 둠", tally.left)):
            listed = ", ".join(f"{word} {number}" for word, number in counts.items())
            self.stdout.write(f"{title}: {listed or '없음'}")


@transaction.atomic
def load(plan, *, reason):
    """Write what is missing and return the `Tally`; all or nothing."""
    tally = write.Tally()
    places = write.departments(plan, reason=reason, tally=tally)
    author, reviewer = write.movers(places[OFFICE], reason=reason, tally=tally)
    if settings.DEMO:
        write.people(plan, places, by=author, reason=reason, tally=tally)
    write.pledges(plan, places, by=author, reason=reason, tally=tally)
    manifesto.bring_over(plan, by=author, reason=reason, tally=tally)
    lineage.bring_over(plan, by=author, reason=reason, tally=tally)
    works.bring_over(plan, places, by=author, reason=reason, tally=tally)
    regional.bring_over(plan, by=author, reason=reason, tally=tally)
    quarters.bring_over(plan, author=author, reviewer=reviewer, reason=reason, tally=tally)
    if settings.DEMO:
        jury.bring_over(plan, keeper=reviewer, tally=tally)
    return tally
