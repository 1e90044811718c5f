"""생활SOC: the verbs that write, each with who did it; rights are asked by the pages."""

from django.db import IntegrityError, transaction

from reporting.history import keep, keep_version, remove
from reporting.workflow import Refused

from ..models import LivingSocComplex, Project, SocChange, SocFacility, SocStep, SocUsage
from ..regional_rules import soc as rules

PROGRAMME = "soc"  # slug of the programme that binds the complexes
AGAIN = "그 사이 같은 기록이 더해졌습니다. 화면을 다시 보고 필요하면 한 번 더 적어 주세요."


def _locked(row):
    return LivingSocComplex.objects.select_for_update(of=("self",)).get(pk=row.pk)


@transaction.atomic
def start_complex(*, by, title, department, **facts):
    """Create a complex with its project under the programme; the same title and department twice is refused."""
    programme = Project.objects.select_for_update(of=("self",)).filter(slug=PROGRAMME).first()
    there = Project.objects.filter(kind=Project.Kind.SOC, title=title, department=department)
    if there.exists():
        raise Refused("같은 부서에 같은 이름의 복합시설이 이미 있습니다.")
    number = Project.objects.filter(slug__startswith=f"{PROGRAMME}-complex-").count() + 1
    project = Project(
        slug=f"{PROGRAMME}-complex-{number}",
        kind=Project.Kind.SOC,
        title=title,
        department=department,
        parent=programme,
        task=programme.task if programme else None,
        order=100 + number,
    )
    keep(project, by=by)
    return keep(LivingSocComplex(project=project, **facts), by=by)


@transaction.atomic
def rewrite(row, *, version, by):
    """Save the complex's own facts as they stand on `row`; raises `Stale` on a lost race."""
    return keep_version(row, version, by=by)


@transaction.atomic
def set_facility(row, *, facility_type, area, by):
    """Write one facility of a complex; the same type again changes its area."""
    here = _locked(row)
    found = SocFacility.objects.filter(complex=here, facility_type=facility_type).first()
    if found and found.area == area:
        return found
    found = found or SocFacility(complex=here, facility_type=facility_type)
    found.area = area
    return keep(found, by=by)


@transaction.atomic
def drop_facility(row, *, facility_type, by):
    """Take a facility out of a complex; one that is gone already is no error."""
    found = SocFacility.objects.filter(complex=_locked(row), facility_type=facility_type).first()
    if found:
        remove(found, by=by)


@transaction.atomic
def enter_step(row, *, seen, stage, outcome, on, document="", note="", by):
    """Add what became of a stage; `seen` is how many rows the page showed, so a second click is refused."""
    here = _locked(row)
    steps = list(here.steps.all())
    if len(steps) != seen:
        raise Refused(AGAIN)
    if problem := rules.step_problem(steps, stage, outcome, on, note):
        raise Refused(problem)
    if stage == SocStep.Stage.CITY and outcome == SocStep.Outcome.DONE:
        _must_be_combined(here, on)
    step = SocStep(
        complex=here,
        number=len(steps) + 1,
        stage=stage,
        outcome=outcome,
        on=on,
        document=document,
        note=note,
        by=by,
    )
    step.save()
    return step


def _must_be_combined(here, on):
    """Refuse to hand an application in that is no 복합화 on the day it goes."""
    types = [f.facility_type for f in here.facilities.select_related("facility_type")]
    if problems := rules.type_problems(types, here.applied_on or on):
        raise Refused(" ".join(problems))


@transaction.atomic
def set_agreement(row, agreement, *, by):
    """Save the agreement of a complex that was selected."""
    here = _locked(row)
    done = rules.latest(here.steps.all()).get(SocStep.Stage.SELECTED)
    if done is None or done.outcome == SocStep.Outcome.FAILED:
        raise Refused("선정 단계를 먼저 기록해 주세요. 협약은 선정된 사업이 맺습니다.")
    agreement.complex = here
    return keep(agreement, by=by)


@transaction.atomic
def record_change(row, *, seen, by, **facts):
    """Add a change of the agreement; whether it is major is computed wherever it is shown."""
    here = _locked(row)
    if here.changes.count() != seen:
        raise Refused(AGAIN)
    change = SocChange(complex=here, number=seen + 1, by=by, **facts)
    change.save()
    return change


@transaction.atomic
def set_usage(row, *, year, month, users, by):
    """Write the users of one month after the opening; the same month again corrects it."""
    here = _locked(row)
    if here.opened_on is None:
        raise Refused("개관일을 먼저 적어 주세요. 이용자는 개관 뒤에 적습니다.")
    if (year, month) < (here.opened_on.year, here.opened_on.month):
        raise Refused("개관하기 전의 달에는 이용자를 적을 수 없습니다.")
    found = SocUsage.objects.filter(complex=here, year=year, month=month).first()
    if found and found.users == users:
        return found
    found = found or SocUsage(complex=here, year=year, month=month)
    found.users = users
    return keep(found, by=by)


def set_rate(rate, *, by):
    """Write a base rate of a type and year; a second row for both is refused."""
    try:
        with transaction.atomic():
            return keep(rate, by=by)
    except IntegrityError as error:
        raise Refused("이 시설유형과 연도의 보조율이 이미 있습니다.") from error
