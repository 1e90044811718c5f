"""생활SOC: which subsidy rate holds, when it is combined, which stage comes next, what is major (domain.md §5.2)."""

import datetime
from typing import NamedTuple

from reporting.formats import number

from ..models import SocStep, SubsidyRate, SubsidyUplift

Outcome, Stage = SocStep.Outcome, SocStep.Stage
MIN_TYPES = 2  # 복합화: two or more facility types (domain.md §5.2)
WINDOW_YEARS = 3  # "3년간 한시적 보조율 인상"
MAJOR_PERCENT, MAJOR_MONTHS = 30, 12  # 균형위 decides from 30 % or from one year
AGREEMENT_YEARS = (3, 5)  # 협약 holds for 3–5 years


class Rate(NamedTuple):
    """A subsidy rate in percent with its parts; `effective` None is unknown and `why` says so."""

    base: int | None
    uplift: int
    effective: int | None
    why: str


def years_later(day, years):
    """Return the same day some years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def window_of(start):
    """Return the last day of a three-year window that begins on `start`."""
    return years_later(start, WINDOW_YEARS) - datetime.timedelta(days=1)


def capped(base, uplift):
    """Return min(base + uplift, 100) in percent."""
    return min(base + uplift, 100)


def effective_rate(facility_type, day):
    """Return the `Rate` of a facility type on a day: base of the year plus the uplift of the day."""
    uplift = SubsidyUplift.objects.valid_on(day).order_by("valid_from").last()
    points = uplift.points if uplift else 0
    base = SubsidyRate.objects.filter(facility_type=facility_type, year=day.year).first()
    if base is None:
        return Rate(None, points, None, f"{day.year}년 기본 보조율이 입력되지 않아 알 수 없습니다.")
    return Rate(base.base_rate, points, capped(base.base_rate, points), "")


def uplift_window(day):
    """Return the uplift that holds on a day, or the next one to come; None when there is neither."""
    rows = SubsidyUplift.objects.filter(valid_to__gte=day).order_by("valid_from")
    return rows.first()


def type_problems(facility_types, day):
    """Say what keeps facilities from being 복합화 on the application date; [] when all is well."""
    types = set(facility_types)
    found = []
    if len(types) < MIN_TYPES:
        found.append(
            f"복합화는 서로 다른 시설유형이 {MIN_TYPES}가지 이상이어야 합니다. 지금 {len(types)}가지입니다."
        )
    found += [
        f"{kind}은(는) 신청일 {day.year}. {day.month}. {day.day}.에 대상 시설유형이 아닙니다."
        for kind in sorted(types, key=lambda t: t.pk)
        if kind.valid_from > day or (kind.valid_to and kind.valid_to < day)
    ]
    return found


# --- stages -----------------------------------------------------------------------------------
def latest(steps):
    """Return {stage: its latest row}; a later row of a stage corrects the one before."""
    return {step.stage: step for step in sorted(steps, key=lambda s: s.number)}


def step_problem(steps, stage, outcome, on, note):
    """Say why a stage cannot be entered as asked, or return ""; the one before it must be over."""
    if outcome != Outcome.DONE and not note:
        return "건너뛰거나 탈락한 단계에는 사유를 적어 주세요."
    order, rows = list(Stage), latest(steps)
    place = order.index(Stage(stage))
    if any(rows.get(later) for later in order[place + 1 :]):
        return f"'{Stage(stage).label}' 다음 단계가 이미 기록되어 고칠 수 없습니다."
    if place == 0:
        return ""
    before = order[place - 1]
    row = rows.get(before)
    if row is None:
        return f"앞 단계 '{before.label}'을(를) 먼저 기록하거나, 사유를 적고 건너뛰어 주세요."
    if row.outcome == Outcome.FAILED:
        return f"앞 단계 '{before.label}'에서 탈락·반려되어 이어 갈 수 없습니다."
    if on < row.on:
        return f"앞 단계 '{before.label}'의 날({row.on.year}. {row.on.month}. {row.on.day}.)보다 빠릅니다."
    return ""


def next_stage(steps):
    """Return the stage that comes next, None when the way is over or failed."""
    rows = latest(steps)
    if any(row.outcome == Outcome.FAILED for row in rows.values()):
        return None
    return next((stage for stage in Stage if stage not in rows), None)


# --- the agreement ----------------------------------------------------------------------------
def major_reasons(change):
    """Return why a change goes to 균형위: cost or floor area by 30 % or more, length by a year or more."""
    found = []
    for what, before, after in (
        ("총사업비", change.cost_before, change.cost_after),
        ("연면적", change.area_before, change.area_after),
    ):
        if _share(before, after):
            found.append(f"{what}이(가) {MAJOR_PERCENT}% 이상 바뀝니다({before:,} → {after:,}).")
    before, after = change.months_before, change.months_after
    if None not in (before, after) and abs(after - before) >= MAJOR_MONTHS:
        found.append(f"사업기간이 1년 이상 바뀝니다({number(before)}개월 → {number(after)}개월).")
    return found


def _share(before, after):
    """Say whether an amount moves by 30 % of what it was; unknown amounts are not judged."""
    if before is None or after is None:
        return False
    if before == 0:
        return after > 0
    return abs(after - before) * 100 >= before * MAJOR_PERCENT


def is_major(change):
    """Say whether a change of the agreement goes to 균형위 (domain.md §5.2)."""
    return bool(major_reasons(change))


def agreement_warning(starts_on, ends_on):
    """Say that an agreement does not hold for three to five years, or return ""."""
    least, most = AGREEMENT_YEARS
    length = ends_on + datetime.timedelta(days=1)
    if years_later(starts_on, least) <= length <= years_later(starts_on, most):
        return ""
    return f"협약기간이 {least}–{most}년이 아닙니다. 맞는지 확인해 주세요."
