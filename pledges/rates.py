"""Every official rate of pledges, from counts and with a named rounding (domain.md §1.3).

Only integers and Decimal: `round()` and float formatting would print 39.4 where the plan prints 39.3.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from .models import RatePolicy, Status

FULFILLED = (Status.COMPLETED, Status.COMPLETED_ONGOING)
IN_PROGRESS = (Status.ON_TRACK, Status.PARTIAL)
SET_ASIDE = (Status.ON_HOLD, Status.SCRAPPED)
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Rounding:
    """A named rounding: mode and number of decimals."""

    mode: str = RatePolicy.Mode.TRUNC_COMPLEMENT
    places: int = 1

    @property
    def step(self):
        """Return the smallest shown difference, e.g. Decimal("0.1")."""
        return Decimal(1).scaleb(-self.places)

    @property
    def label(self):
        """Say the rule in words."""
        how = "버림" if self.mode == RatePolicy.Mode.TRUNC_COMPLEMENT else "반올림"
        return f"소수 {self.places}자리까지 {how}"


DEFAULT = Rounding()


def percent(numerator, denominator, rounding=DEFAULT):
    """Return numerator ÷ denominator × 100 (%) under the rounding, or None when there is nothing to divide by."""
    if not denominator or numerator is None:
        return None
    down = rounding.mode == RatePolicy.Mode.TRUNC_COMPLEMENT
    exact = Decimal(numerator) * HUNDRED / Decimal(denominator)
    return exact.quantize(rounding.step, ROUND_DOWN if down else ROUND_HALF_UP)


def show(rate):
    """Print a rate in percent, `-` when it can't be computed (total 0)."""
    return "-" if rate is None else f"{rate}%"


def whole(rate):
    """Return a rate cut to a whole number of percent, for bars; None when it can't be computed."""
    return None if rate is None else int(rate)


@dataclass(frozen=True)
class Groups:
    """Counts of the three groups and their shares; set-aside pledges belong to neither of the first two."""

    fulfilled: int
    in_progress: int
    set_aside: int
    unreported: int = 0
    rounding: Rounding = DEFAULT

    @property
    def total(self):
        """Return the number of all pledges."""
        return self.fulfilled + self.in_progress + self.set_aside + self.unreported

    @property
    def fulfilled_rate(self):
        """Return 공약이행률 = (완료 + 이행후계속추진) ÷ 전체, in %."""
        return percent(self.fulfilled, self.total, self.rounding)

    @property
    def set_aside_rate(self):
        """Return the share of 보류·폐기 (and of pledges without any report), in %.

        With nothing in progress it takes what truncation left of 100, so that no pledge has no share.
        """
        others = self.set_aside + self.unreported
        if others and not self.in_progress and self.rounding.mode != RatePolicy.Mode.HALF_UP:
            return HUNDRED.quantize(self.rounding.step) - self.fulfilled_rate
        return percent(others, self.total, self.rounding)

    @property
    def in_progress_rate(self):
        """Return the share of 추진중: what is left of 100 under truncation, its own share under half-up."""
        if not self.total:
            return None
        if self.rounding.mode == RatePolicy.Mode.HALF_UP:
            return percent(self.in_progress, self.total, self.rounding)
        return HUNDRED.quantize(self.rounding.step) - self.fulfilled_rate - self.set_aside_rate


def groups(statuses, rounding=DEFAULT):
    """Return the `Groups` of an iterable of status codes; "" is a pledge nobody has reported on yet."""
    counts = Counter(statuses)
    return Groups(
        fulfilled=sum(counts[s] for s in FULFILLED),
        in_progress=sum(counts[s] for s in IN_PROGRESS),
        set_aside=sum(counts[s] for s in SET_ASIDE),
        unreported=counts[""],
        rounding=rounding,
    )


@dataclass(frozen=True)
class Rate:
    """One official rate with all that explains it."""

    key: str
    label: str
    formula: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    excluded: str = ""
    unit: str = "건"


def official_rates(pledges, rounding=DEFAULT):
    """Return every official rate of a list of (published or preview) pledges, in the order of the page.

    Which pledges are counted is decided by the filters of `counted_in`, so that each count has its list.
    """
    total = len(pledges)
    found = {key: [p for p in pledges if test(p)] for key, test in COUNTED_IN.items()}
    count = {key: len(rows) for key, rows in found.items()}
    plan = [p for p in pledges if p.planned_in_term is not None and p.secured is not None]
    secured, planned = sum(p.secured for p in plan), sum(p.planned_in_term for p in plan)
    progress = [p.progress_pct for p in found["has_progress"]]
    two = Rounding(RatePolicy.Mode.HALF_UP, 2)
    one = Rounding(RatePolicy.Mode.HALF_UP, 1)
    return [
        Rate(
            "fulfilled",
            "공약이행률(이행완료율)",
            "(종료 + 이행후 계속추진) ÷ 전체",
            count["fulfilled"],
            total,
            groups((p.status for p in pledges), rounding).fulfilled_rate,
            "빼는 것 없음. 보류·폐기도 분모에 들어갑니다.",
        ),
        Rate(
            "wide",
            "이행률(넓은 뜻)",
            "(종료 + 이행후 계속추진 + 정상추진) ÷ 전체",
            count["wide"],
            total,
            percent(count["wide"], total, rounding),
            "일부추진·보류·폐기는 분자에서 빠집니다.",
        ),
        Rate(
            "target_met",
            "목표달성도",
            "올해 목표를 이룬 공약 ÷ 올해 목표를 판단한 공약",
            count["target_met"],
            count["has_target"],
            percent(count["target_met"], count["has_target"], rounding),
            f"올해 목표가 없거나 판단하지 않은 {total - count['has_target']}건은 뺍니다.",
        ),
        Rate(
            "secured",
            "재정확보율",
            "확보액 ÷ 임기 내 계획액",
            secured,
            planned,
            percent(secured, planned, two),
            f"계획액이나 확보액을 모르는 {total - len(plan)}건은 뺍니다.",
            "백만원",
        ),
        Rate(
            "progress",
            "평균 추진율",
            "추진율의 합 ÷ 추진율을 적은 공약 수",
            sum(progress),
            len(progress),
            percent(sum(progress), len(progress) * 100, one),
            f"추진율을 적지 않은 {total - len(progress)}건은 뺍니다. 공약이행률 계산에는 쓰지 않습니다.",
            "%p",
        ),
    ]


COUNTED_IN = {
    "fulfilled": lambda p: p.status in FULFILLED,
    "wide": lambda p: p.status in (*FULFILLED, Status.ON_TRACK),
    "target_met": lambda p: p.target_met is True,
    "has_target": lambda p: p.target_met is not None,
    "has_money": lambda p: p.planned_in_term is not None and p.secured is not None,
    "has_progress": lambda p: p.progress_pct is not None,
}


STATUS_OF_LABEL = {
    "종료": Status.COMPLETED,
    "완료": Status.COMPLETED,
    "종료(완료)": Status.COMPLETED,
    "이행후계속추진": Status.COMPLETED_ONGOING,
    "정상추진": Status.ON_TRACK,
    "일부추진": Status.PARTIAL,
    "보류": Status.ON_HOLD,
    "폐기": Status.SCRAPPED,
}


def status_of(label):
    """Return the status code of a label as people write it, ignoring white space; KeyError if unknown."""
    return STATUS_OF_LABEL["".join(label.split())]
