"""How many pledges there were when (67, then 66), and the register's lines from before this system."""

from pledges.changes.past import Past, register
from pledges.models import ChangeRecord, Pledge, PledgeCount, Term
from reporting.history import keep
from reporting.marks import changed_in_public

EFFECTS = {"merge": lambda row: -len(row["absorbed"]), "rename": lambda row: 0}
MARK = "(예시)"


def problems(plan):
    """Return where counts and register do not agree: announced − merged + divided = confirmed."""
    known = {card["number"] for card in plan.pledges}
    records = plan.changes["records"]
    found = [
        f"변경 이력: 공약 {row['number']}은(는) 없는 공약입니다."
        for row in records
        if row["number"] not in known
    ]
    found += [
        f"변경 이력 {row['number']}: 조정유형 {row['kind']}은(는) 옮길 수 없습니다."
        for row in records
        if row["kind"] not in EFFECTS
    ]
    found += [
        f"변경 이력 {row['number']}의 사유에 {MARK} 표시가 없습니다."
        for row in records
        if not row["reason"].startswith(MARK)
    ]
    return found or _sums(plan)


def _sums(plan):
    counts, found = plan.changes["counts"], []
    for before, after in zip(counts, counts[1:], strict=False):
        effect = sum(
            EFFECTS[row["kind"]](row)
            for row in plan.changes["records"]
            if before["on"] < row["on"] <= after["on"]
        )
        if before["number"] + effect != after["number"]:
            found.append(
                f"공약 수: {before['label']} {before['number']} {effect:+d} = "
                f"{before['number'] + effect}, {after['label']} {after['number']}"
            )
    if counts and counts[-1]["number"] != len(plan.pledges):
        found.append(
            f"공약 수: {counts[-1]['label']} {counts[-1]['number']}, 자료 {len(plan.pledges)}"
        )
    return found


def bring_over(plan, *, by, reason, tally):
    """Write the counts and the register's first lines where there are none yet."""
    term = Term.objects.select_for_update().get(no=plan.term["no"])
    for row in plan.changes["counts"]:
        there = PledgeCount.objects.filter(term=term, on=row["on"]).exists()
        if tally.count("공약 수", not there):
            keep(PledgeCount(term=term, **row), by=by, reason=reason)
    there = ChangeRecord.objects.filter(term=term, adjustment=None).count()
    if there:
        tally.left["변경 이력"] += there
        return
    changed_in_public()
    pledges = {pledge.number: pledge for pledge in Pledge.objects.filter(term=term)}
    for row in plan.changes["records"]:
        tally.count("변경 이력", register(term, _past(row, pledges)))


def _past(row, pledges):
    days = {name: row.get(name, "") for name in ("jury_on", "decided_on")}
    return Past(
        kind=row["kind"],
        pledge=pledges[row["number"]],
        title_before=row.get("before", ""),
        absorbed=tuple(row.get("absorbed", ())),
        reason=row["reason"],
        changed_on=row["on"],
        **days,
    )
