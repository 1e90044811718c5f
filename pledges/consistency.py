"""공약일치도 (domain.md §1.5): the election's wording against today's, and what the register explains."""

from collections import defaultdict
from dataclasses import dataclass, field

from reporting.formats import normal
from reporting.rules import differences

from .models import ChangedPledge, ChangeRecord

GONE = (ChangedPledge.Part.ABSORBED, ChangedPledge.Part.EXCLUDED)


@dataclass(frozen=True)
class Compared:
    """One pledge: its election wording beside its name, the register's lines that lead from one to the other."""

    number: str
    title: str
    wording: str
    records: list = field(default_factory=list)

    @property
    def is_same(self):
        """Say whether the two are equal, spaces and letter case aside."""
        return normal(self.wording) == normal(self.title)

    @property
    def pieces(self):
        """Return what differs, word by word (`reporting.rules.differences`)."""
        return differences(self.wording, self.title)


@dataclass(frozen=True)
class Consistency:
    """The counts of 공약일치도; pledges without an election wording are unknown and not counted."""

    same: list
    explained: list
    unexplained: list
    dropped: list  # merged or excluded through the register
    unknown: list

    @property
    def counted(self):
        """Return how many pledges have an election wording."""
        return len(self.same) + len(self.explained) + len(self.unexplained) + len(self.dropped)

    @property
    def agreed(self):
        """Return how many are worded as then, or changed by a line of the register."""
        return self.counted - len(self.unexplained)

    @property
    def passes(self):
        """Say whether every counted pledge agrees; None when there is nothing to count."""
        return not self.unexplained if self.counted else None


def consistency(rows, term_no):
    """Return the `Consistency` of a term's pledge rows (`PublishedPledge`, saved or drawn); two queries."""
    rows = list(rows)
    parts = _parts(term_no)
    compared = [compare(row, parts[row.pledge_id]) for row in rows]
    known = [one for one in compared if one.wording]
    changed = [one for one in known if not one.is_same]
    here = {row.pledge_id for row in rows}
    return Consistency(
        same=[one for one in known if one.is_same],
        explained=[one for one in changed if one.records],
        unexplained=[one for one in changed if not one.records],
        dropped=[
            Compared(part.number, part.title_before, part.election_wording, [part.record])
            for part in _all(parts)
            if part.part in GONE and part.election_wording and part.pledge_id not in here
        ],
        unknown=[one for one in compared if not one.wording],
    )


def compare(row, parts):
    """Return the `Compared` of one pledge row; `parts` are its places in the register, oldest first."""
    wording = row.card.get("election_wording", "")
    return Compared(row.number, row.title, wording, _path(wording, row.title, parts))


def parts_of(pledge_id):
    """Return a pledge's places in the register, oldest first; one query."""
    mine = ChangedPledge.objects.filter(pledge=pledge_id).select_related("record")
    return list(mine.order_by("record__number"))


def _parts(term_no):
    found = defaultdict(list)
    records = ChangeRecord.objects.visible_to(None).filter(term__no=term_no)
    parts = ChangedPledge.objects.filter(record__in=records).select_related("record")
    for part in parts.order_by("record__number", "pk"):
        found[part.pledge_id].append(part)
    return found


def _all(parts):
    return [part for some in parts.values() for part in some]


def _path(wording, title, parts):
    """Return the records that lead, name by name, from the election's wording to today's title."""
    at, records = normal(wording), []
    for part in parts:
        if normal(part.title_before) == at and part.title_after:
            at, records = normal(part.title_after), [*records, part.record]
            if at == normal(title):
                return records
    return []


def changes_of(row):
    """Return what a pledge's page says of its changes: lines of the register, wording beside wording."""
    parts = parts_of(row.pledge_id)
    compared = compare(row, parts)
    since = row.publication.at
    ahead = [p for p in parts if p.record.adjustment_id and p.record.at > since]
    return {"parts": parts, "compared": compared, "ahead": ahead[-1] if ahead else None}
