"""Compare the data with the plan's own totals before anything is written."""

from collections import Counter

from pledges.models import Source, YearSlot
from pledges.rates import Rounding, groups, status_of

from . import halves, lineage, regional, works
from .read import period_code

MARK = "(예시)"


def problems(plan):
    """Return every difference and broken reference as a Korean sentence; [] when all is well."""
    found = [*_references(plan), *_marks(plan), *_totals(plan), *_amounts(plan)]
    found += lineage.problems(plan)
    found += works.problems(plan)
    found += halves.problems(plan)
    found += regional.problems(plan)
    for period in plan.periods:
        found += _reports(plan, period_code(period))
    return found


def _totals(plan):
    want = plan.totals["pledges"]
    found = _differs("세부사업 수", len(plan.pledges), want["total"], want["line"])
    names = {field["order"]: field["name"] for field in plan.term["fields"]}
    counts = Counter(names.get(_field(card)) for card in plan.pledges)
    for name, number in plan.totals["fields"]["counts"].items():
        found += _differs(f"{name} 사업 수", counts[name], number, plan.totals["fields"]["lines"])
    return found


def _reports(plan, code):
    """Return what is wrong with the reports of a period that the plan gives totals for."""
    reports, want = plan.reports[code], plan.totals.get(code)
    if want is None:
        return []
    numbers = Counter(report["number"] for report in reports)
    expected = {card["number"] for card in plan.pledges}
    found = [f"{code}: 공약 {n}의 실적이 없습니다." for n in sorted(expected - set(numbers))]
    found += [f"{code}: 공약 {n}은(는) 없는 공약입니다." for n in sorted(set(numbers) - expected)]
    found += [f"{code}: 공약 {n}의 실적이 {c}번 있습니다." for n, c in numbers.items() if c > 1]
    statuses = [_status(report) for report in reports]
    if None in statuses:
        wrong = [r["number"] for r, status in zip(reports, statuses, strict=True) if status is None]
        return [*found, f"{code}: 이행상태를 알 수 없는 공약이 있습니다: {', '.join(wrong)}"]
    return found + _rates(plan, code, statuses, want)


def _rates(plan, code, statuses, want):
    counts = Counter(statuses)
    found = []
    for label, number in want["statuses"].items():
        found += _differs(f"{code} {label}", counts[status_of(label)], number, want["lines"])
    policy = plan.term["rate_policy"]
    shares = groups(statuses, Rounding(policy["mode"], policy["places"]))
    for label, name in (("완료율", "fulfilled_rate"), ("추진중 비율", "in_progress_rate")):
        found += _differs(f"{code} {label}", str(getattr(shares, name)), want[name], want["lines"])
    return found


def _status(report):
    try:
        return status_of(report["status"])
    except KeyError:
        return None


def _differs(what, have, want, lines):
    if have == want:
        return []
    gap = f", 차이 {have - want:+d}" if isinstance(want, int) else ""
    return [f"{what}: 자료 {have}, 계획 {want}{gap} (계획 {lines}행)"]


def _field(card):
    """Return the field's order from a number such as `1-4`; None when it is not of that form."""
    head, _, serial = card["number"].partition("-")
    return int(head) if head.isdecimal() and serial.isdecimal() else None


def _references(plan):
    """Return numbers given twice and names that nothing stands behind."""
    numbers = Counter(card["number"] for card in plan.pledges)
    found = [f"관리번호 {number}이(가) {n}번 있습니다." for number, n in numbers.items() if n > 1]
    known = {department["key"] for department in plan.departments}
    for card in plan.pledges:
        if strange := {card["lead"], *card.get("cooperating", [])} - known:
            found.append(f"공약 {card['number']}: 없는 부서 {', '.join(sorted(strange))}")
    found += [
        f"사람 {p['username']}: 없는 부서 {p['department']}"
        for p in plan.people
        if p.get("department", "strategy") not in known
    ]
    strangers = sorted(plan.funding.keys() - numbers)
    found += [f"재정: 공약 {number}은(는) 없는 공약입니다." for number in strangers]
    titles = {card["title"] for card in plan.pledges}
    found += [
        f"핵심공약 '{t}'이(가) 공약 목록에 없습니다."
        for t in plan.term["core_pledges"]
        if t not in titles
    ]
    return found + _steps(plan)


def _steps(plan):
    """Return steps reported as done that are not on the card."""
    steps = {c["number"]: {m["title"] for m in c.get("milestones", [])} for c in plan.pledges}
    return [
        f"{code}: 공약 {report['number']}의 절차 '{title}'이(가) 관리카드에 없습니다."
        for code, reports in plan.reports.items()
        for report in reports
        for title in report.get("milestones", {})
        if title not in steps.get(report["number"], ())
    ]


def _marks(plan):
    """Return what is neither of the plan nor marked as an example (domain.md §10)."""
    found = [
        f"부서 '{d['name']}'에 {MARK} 표시가 없습니다."
        for d in plan.departments
        if not d.get("real") and not d["name"].startswith(MARK)
    ]
    found += [
        f"공약 {c['number']}: 예시 공약명은 {MARK}로 시작해야 합니다."
        for c in plan.pledges
        if c["demo"] == "all" and not c["title"].startswith(MARK)
    ]
    found += [
        f"사람 '{p['name']}'에 {MARK} 표시가 없습니다."
        for p in [*plan.people, *plan.jury["jurors"], plan.jury["panel"]]
        if not p["name"].startswith(MARK)
    ]
    return found


def _amounts(plan):
    """Return unknown sources and years, rows given twice, and spending above the secured."""
    found = []
    for number, rows in plan.funding.items():
        places = Counter((row["source"], row["year"]) for row in rows)
        found += [
            f"재정: 공약 {number}의 {s} {y}이(가) {n}번 있습니다."
            for (s, y), n in places.items()
            if n > 1
        ]
        found += [
            f"재정: 공약 {number}의 재원·연도 {s} {y}을(를) 알 수 없습니다."
            for s, y in places
            if s not in Source.values or y not in YearSlot.values
        ]
        found += [
            f"재정: 공약 {number}의 {r['source']} {r['year']} 집행이 확보보다 큽니다."
            for r in rows
            if None not in (r["spent"], r["secured"]) and r["spent"] > r["secured"]
        ]
    return found
