"""균형발전: the verbs that write: rungs of the ladder, proposals and the one door of their moves."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from reporting.history import Stale, keep, keep_version
from reporting.workflow import Refused, WrongState

from ..models import BalancedProject, FundingStep, Proposal, ProposalMove
from ..regional_rights import edits_facts, keeps_regional
from ..regional_rules import balanced as rules

TWICE = "이 부서에는 같은 이름의 제안이 이미 있습니다."


@transaction.atomic
def set_rung(district, *, year, source, step, amount, by):
    """Write one rung of a district's ladder (백만원); the same rung again corrects it, with history."""
    here = BalancedProject.objects.select_for_update(of=("self",)).get(pk=district.pk)
    if refusal := rules.national_refusal(here.fund_group, source, amount):
        raise Refused(refusal)
    where = {"district": here, "year": year, "source": source, "step": step}
    found = FundingStep.objects.filter(**where).first()
    if found and found.amount == amount:
        return found
    found = found or FundingStep(**where)
    found.amount = amount
    return keep(found, by=by)


def set_district(district, *, by):
    """Write a district's phase, number and fund group; 순도비 is refused where there is national money."""
    national = rules.has_national_money(district.project)
    if district.fund_group == BalancedProject.Fund.PROVINCE_ONLY and national:
        raise Refused(rules.NO_NATIONAL)
    with transaction.atomic():
        return keep(district, by=by)


def propose(proposal, *, by):
    """Bring a proposal to the call; the same title of a department twice is refused."""
    try:
        with transaction.atomic():
            return keep(proposal, by=by)
    except IntegrityError as error:
        raise Refused(TWICE) from error


def rewrite(proposal, *, version, by):
    """Save a proposal while its department still writes it; raises `Stale` on a lost race."""
    try:
        with transaction.atomic():
            now = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
            if now.state not in rules.EDITABLE:
                raise Refused(f"'{now.get_state_display()}' 상태에서는 고칠 수 없습니다.")
            proposal.state = now.state
            return keep_version(proposal, version, by=by)
    except IntegrityError as error:
        raise Refused(TWICE) from error


def moves_for(user, proposal):
    """Return {name: label} of the moves whose button this person sees."""
    office, own = keeps_regional(user), edits_facts(user, proposal.department_id)
    return {
        name: label
        for name, (label, sources, _, only_office, _) in rules.MOVES.items()
        if proposal.state in sources and (office if only_office else own)
    }


@transaction.atomic
def take(name, proposal, *, seen, by, comment=""):
    """Move a proposal as it was seen and write the move down, or raise and change nothing."""
    now = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    label, sources, target, only_office, needs_words = rules.MOVES[name]
    if only_office and not keeps_regional(by):
        raise PermissionDenied(f"'{label}'은(는) 전략기획실이 합니다.")
    if not only_office and not edits_facts(by, now.department_id):
        raise PermissionDenied("제안한 부서의 담당자만 할 수 있습니다.")
    if now.state not in sources:
        raise WrongState(f"지금은 '{now.get_state_display()}' 상태여서 할 수 없습니다.")
    if now.version != seen:
        raise Stale
    if needs_words and not comment:
        raise Refused(f"'{label}'에는 까닭을 적어 주세요.")
    source, now.state = now.state, target
    now = keep_version(now, seen, by=by, reason=comment)
    ProposalMove(proposal=now, source=source, target=target, comment=comment, by=by).save()
    return now
