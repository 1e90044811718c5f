"""Lines of the register from before this system: known from papers, without an adjustment of ours."""

from dataclasses import dataclass

from ..models import ChangedPledge, ChangeRecord, Kind, Pledge
from .applying import next_number, texts
from .wording import label

Part = ChangedPledge.Part


@dataclass(frozen=True)
class Past:
    """One renaming or merging as far as it is known; days may be known to the month only."""

    kind: str
    pledge: Pledge
    reason: str
    changed_on: str
    title_before: str = ""
    absorbed: tuple = ()  # titles of pledges that never stood in this system
    jury_on: str = ""
    decided_on: str = ""


def register(term, past):
    """Write one line; the caller holds the term's row. Returns the `ChangeRecord`."""
    before, after = texts(_lines(past))
    gone = list(past.absorbed)
    record = ChangeRecord.objects.create(
        term=term,
        term_name=term.name,
        number=next_number(term),
        kind=past.kind,
        pledge_numbers=past.pledge.number,
        pledge_titles="\n".join([past.pledge.title, *gone]),
        lines=_lines(past),
        before_text=before,
        after_text=after,
        reason=past.reason,
        jury_name="주민배심원단" if past.jury_on else "",
        jury_on=past.jury_on,
        decided_on=past.decided_on,
        changed_on=past.changed_on,
        effect=-len(gone),
        is_demo=past.pledge.demo != "none",
    )
    for row in _parts(past):
        row.record = record
        row.save()
    return record


def _lines(past):
    if past.kind == Kind.MERGE:
        kept = f"{past.pledge.number} {past.pledge.title}에 통합"
        return [{"label": "통합되는 공약", "before": t, "after": kept} for t in past.absorbed]
    after = past.pledge.title
    return [{"label": label("title"), "before": past.title_before, "after": after}]


def _parts(past):
    pledge = past.pledge
    yield ChangedPledge(
        pledge=pledge,
        part=Part.KEPT if past.kind == Kind.MERGE else Part.CHANGED,
        number=pledge.number,
        title_before=past.title_before or pledge.title,
        title_after=pledge.title,
        election_wording=pledge.election_wording,
    )
    for title in past.absorbed:
        yield ChangedPledge(part=Part.ABSORBED, title_before=title)
