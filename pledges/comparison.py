"""Two published quarters of one term side by side: what stands in which status, what changed, what is new or gone."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from . import rates
from .editions import TEXTS, Edition, changes_between
from .models import PublishedPledge, Status

COMPARED = ("status", "progress_pct", "spent", *TEXTS)  # what `changes_between` looks at
UNREAD = ("card", "search")
ABSENT = "absent"  # of a pledge that one of the two quarters does not have


@dataclass
class Pair:
    """One pledge in both quarters; one of the two is None for a pledge that is new or gone."""

    before: PublishedPledge | None
    after: PublishedPledge | None

    @property
    def row(self):
        """Return the row that names the pledge: the later one, as long as there is one."""
        return self.after or self.before

    @property
    def was(self):
        """Return the code of the earlier status, `none` for none reported, `absent` without a row."""
        return _code(self.before)

    @property
    def now(self):
        """Return the code of the later status."""
        return _code(self.after)

    @property
    def kind(self):
        """Return `new`, `gone`, `changed` or `same`."""
        if None in (self.before, self.after):
            return "new" if self.after else "gone"
        differs = any(getattr(self.before, n) != getattr(self.after, n) for n in COMPARED)
        return "changed" if differs else "same"

    @cached_property
    def changes(self):
        """Return the `Change`s between the two; none for a pledge that only one quarter has."""
        return changes_between(self.before, self.after) if self.kind == "changed" else []

    @property
    def figures(self):
        """Return the changes of status and numbers."""
        return [change for change in self.changes if not change.pieces]

    @property
    def texts(self):
        """Return the changes of texts."""
        return [change for change in self.changes if change.pieces]

    @property
    def gained(self):
        """Return the difference of 추진율 (%p), None when one is unknown."""
        known = [row.progress_pct for row in (self.before, self.after) if row is not None]
        return known[1] - known[0] if len(known) == 2 and None not in known else None


def _code(row):
    return ABSENT if row is None else row.status or "none"


def label_of(code):
    """Return the words for the code of a status in a comparison."""
    known = {"none": "미보고", ABSENT: "없음"}
    return known.get(code) or Status(code).label


@dataclass
class Comparison:
    """Two editions of one term with every pledge of either; two queries."""

    before: Edition
    after: Edition
    pairs: list = field(repr=False)

    @cached_property
    def groups(self):
        """Return the counts and rates of the earlier and of the later quarter."""
        return [
            rates.groups((row.status for row in rows if row), edition.rounding)
            for edition, rows in (
                (self.before, [pair.before for pair in self.pairs]),
                (self.after, [pair.after for pair in self.pairs]),
            )
        ]

    @property
    def rate_difference(self):
        """Return the difference of the two 공약이행률 in %p, None when one cannot be computed."""
        before, after = (groups.fulfilled_rate for groups in self.groups)
        return None if None in (before, after) else after - before

    @cached_property
    def tally(self):
        """Return {(was, now): number of pledges}."""
        return Counter((pair.was, pair.now) for pair in self.pairs)

    @property
    def codes(self):
        """Return the statuses that occur in either quarter, in their official order, absent last."""
        found = {code for both in self.tally for code in both}
        return [code for code in (*Status.values, "none", ABSENT) if code in found]

    def of_kind(self, *kinds):
        """Return the pledges that changed, are new, are gone or are the same."""
        return [pair for pair in self.pairs if pair.kind in kinds]

    def moved(self, was="", now=""):
        """Return the pledges that went from one status to another; blank is any."""
        return [p for p in self.pairs if was in ("", p.was) and now in ("", p.now)]


def compare(before, after):
    """Return the comparison of two editions of one term."""
    old, new = (
        {row.pledge_id: row for row in edition.rows.defer(*UNREAD)} for edition in (before, after)
    )
    pairs = [Pair(old.get(pk), row) for pk, row in new.items()]
    pairs += [Pair(row, None) for pk, row in old.items() if pk not in new]
    return Comparison(before, after, sorted(pairs, key=lambda pair: pair.row.order))
