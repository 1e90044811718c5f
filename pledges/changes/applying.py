"""What a decided adjustment does: the pledges, the open items, and its line in the public register."""

from django.db.models import Max

from reporting import clock
from reporting.history import keep, keep_version
from reporting.models import Period, Submission

from ..models import (
    Adjustment,
    ChangedPledge,
    ChangeRecord,
    Funding,
    Kind,
    Pledge,
    Source,
    YearSlot,
)
from . import wording

Part = ChangedPledge.Part
SUBJECT = "pledge"  # the kind of our submissions (subject.PledgeSubject)


def obstacles(adjustment):
    """Say why the decided change can't be carried out: money that would fall below nothing."""
    return [
        f"{YearSlot(year).label} {Source(source).label} 계획이 0보다 작아집니다. 차액을 넣을 연도를 바꾸어 주세요."
        for source, year, amount in _money(adjustment)
        if amount < 0
    ]


def open_items(adjustment):
    """Return the items of open periods of the pledges that leave; they stay owed until it is closed."""
    keys = [str(pledge.pk) for pledge in _leaving(adjustment)]
    return Submission.objects.filter(kind=SUBJECT, key__in=keys, period__state=Period.State.OPEN)


def _leaving(adjustment):
    if adjustment.kind == Kind.EXCLUDE:
        return [adjustment.pledge]
    return list(adjustment.absorbed.all()) if adjustment.kind == Kind.MERGE else []


def apply(adjustment, *, by):
    """Change the pledges with history and write the register's next line; returns the `ChangeRecord`.

    Runs inside `workflow.take`, which holds the adjustment and the term and marks the public change.
    """
    rows = DOES[adjustment.kind](adjustment, by)
    record = _register(adjustment, rows)
    for row in rows:
        row.record = record
        row.save()
    return record


# --- the pledges ------------------------------------------------------------------------------
def _reword(pledge, adjustment, by, **fields):
    """Save a pledge's new wording in one statement with the adjustment that wrote it."""
    for name, value in fields.items():
        setattr(pledge, name, value)
    pledge.wording_by = adjustment
    return keep_version(pledge, pledge.version, by=by, reason=f"조정: {adjustment}"[:100])


def _new_words(adjustment):
    """Return the fields that differ; what was not asked for stays as it is."""
    old, new = adjustment.before, adjustment.after
    names = wording.FIELDS_OF[adjustment.kind]
    return {name: new[name] for name in names if new.get(name, old[name]) != old[name]}


def _part(pledge, part, title_before=""):
    return ChangedPledge(
        pledge=pledge,
        part=part,
        number=pledge.number,
        title_before=title_before,
        title_after="" if part in (Part.ABSORBED, Part.EXCLUDED) else pledge.title,
        election_wording=pledge.election_wording,
    )


def _locked(pk):
    return Pledge.objects.select_for_update(of=("self",)).get(pk=pk)


def _changed(adjustment, by, part=Part.CHANGED):
    pledge = _locked(adjustment.pledge_id)
    title = pledge.title
    _reword(pledge, adjustment, by, **_new_words(adjustment))
    _rename_items(pledge)
    return [_part(pledge, part, title)]


def _rename_items(pledge):
    """Let the items that are being written bear the new name."""
    items = Submission.objects.filter(kind=SUBJECT, key=str(pledge.pk))
    items.filter(period__state=Period.State.OPEN).update(title=pledge.title)


def _content(adjustment, by):
    rows = _changed(adjustment, by)
    for source, year, amount in _money(adjustment):
        row = Funding.objects.filter(pledge=adjustment.pledge_id, source=source, year=year).first()
        row = row or Funding(pledge_id=adjustment.pledge_id, source=source, year=year)
        row.planned = amount
        keep(row, by=by, reason=f"조정: {adjustment}"[:100])
    return rows


def _money(adjustment):
    """Return (source, year, new planned 백만원): the difference of each total goes into one year."""
    new, year = adjustment.after.get("funding", {}), adjustment.after.get("funding_year", "")
    old = adjustment.before["funding"]
    planned = {
        f.source: f.planned or 0
        for f in Funding.objects.filter(pledge=adjustment.pledge_id, year=year)
    }
    return [
        (source, year, planned.get(source, 0) + amount - (old.get(source) or 0))
        for source, amount in new.items()
        if year and amount is not None and amount != old.get(source)
    ]


def _exclude(adjustment, by):
    pledge = _locked(adjustment.pledge_id)
    _reword(pledge, adjustment, by, is_active=False)
    return [_part(pledge, Part.EXCLUDED, pledge.title)]


def _merge(adjustment, by):
    rows = _changed(adjustment, by, Part.KEPT)
    for pledge in adjustment.absorbed.order_by("pk"):
        pledge = _reword(_locked(pledge.pk), adjustment, by, is_active=False)
        rows.append(_part(pledge, Part.ABSORBED, pledge.title))
    return rows


def _split(adjustment, by):
    rows = _changed(adjustment, by, Part.DIVIDED)
    origin = _locked(adjustment.pledge_id)
    for words in adjustment.after["parts"]:
        new = _divided(origin, words)
        keep(new, by=by, reason=f"조정: {adjustment}"[:100])
        new.cooperating_departments.set(origin.cooperating_departments.all())
        rows.append(_part(new, Part.NEW))
    return rows


def _divided(origin, words):
    """Return an unsaved pledge at the end of the origin's field, with its department, dates and place."""
    field = origin.field
    serial = (field.pledges.aggregate(last=Max("serial"))["last"] or 0) + 1
    taken = set(origin.term.pledges.values_list("number", flat=True))
    while f"{field.order}-{serial}" in taken:
        serial += 1
    same = ("lead_department", "newness", "means", "span", "starts", "ends", "location", "demo")
    return Pledge(
        term=origin.term,
        field=field,
        serial=serial,
        number=f"{field.order}-{serial}",
        **{name: getattr(origin, name) for name in same},
        **words,
    )


DOES = {
    Kind.RENAME: _changed,
    Kind.CONTENT: _content,
    Kind.EXCLUDE: _exclude,
    Kind.MERGE: _merge,
    Kind.SPLIT: _split,
}
EFFECT = {Part.ABSORBED: -1, Part.EXCLUDED: -1, Part.NEW: 1}


# --- the register -----------------------------------------------------------------------------
def next_number(term):
    """Return the register's next number in a term, whose row must be locked."""
    return (ChangeRecord.objects.filter(term=term).aggregate(last=Max("number"))["last"] or 0) + 1


def texts(lines):
    """Return (before, after) of the lines of a change as two texts, for search and sheet."""
    return tuple(
        "\n".join(f"{line['label']}: {line[side] or '없음'}" for line in lines)
        for side in ("before", "after")
    )


def _iso(value):
    return value.isoformat() if value else ""


def _register(adjustment: Adjustment, rows):
    """Write the register's line: everything that the public page shows is copied."""
    term, lines = (
        adjustment.pledge.term,
        wording.lines(adjustment.kind, adjustment.before, adjustment.after),
    )
    before, after = texts(lines)
    names = [row.title_after or row.title_before for row in rows]
    return ChangeRecord.objects.create(
        term=term,
        term_name=term.name,
        number=next_number(term),
        adjustment=adjustment,
        kind=adjustment.kind,
        pledge_numbers=", ".join(row.number for row in rows)[:100],
        pledge_titles="\n".join(names),
        lines=lines,
        before_text=before,
        after_text=after,
        reason=adjustment.reason,
        **_procedure(adjustment),
        changed_on=_iso(clock.today()),
        effect=sum(EFFECT.get(row.part, 0) for row in rows),
        is_demo=adjustment.pledge.demo != "none",
    )


def _procedure(adjustment):
    session = adjustment.session
    return {
        "department_name": adjustment.department.name,
        "requested_on": _iso(adjustment.requested_on),
        "jury_name": str(session),
        "jury_on": _iso(session.held_on),
        "attendance": session.attendance,
        "votes_for": adjustment.votes_for,
        "votes_against": adjustment.votes_against,
        "votes_abstain": adjustment.votes_abstain,
        "decided_on": _iso(adjustment.decided_on),
        "decided_as": adjustment.decided_as,
    }
