"""What a kind of record must answer so that periods, desk, review and publication can carry it.

`settings.SUBJECTS` names one class per kind; `reporting` knows them only through `Subject`.
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Owed:
    """One thing that one department owes for a period."""

    key: str
    code: str
    title: str
    order: int
    department_id: int


@dataclass(frozen=True)
class Brief:
    """One report in a line of a queue: the version to decide on, what it says, what is missing in it."""

    version: int
    text: str
    missing: tuple = ()


@dataclass(frozen=True)
class Flag:
    """Something a reader of a report must see: the sentence, and the reason or name that answers it."""

    sentence: str
    answer: str = ""


@dataclass(frozen=True)
class Proof:
    """One line of a check list: what was looked at, what was found, whether it is well."""

    label: str
    text: str
    is_well: bool


@dataclass(frozen=True)
class Approval:
    """What approving a report confirms beside its text: the tick, the refusal without it, the check list."""

    tick: str
    refusal: str
    proofs: list


@dataclass(frozen=True)
class ToRead:
    """One text to look through for personal numbers before publication: where, what, how to get there."""

    where: str
    text: str
    link: str = ""
    is_public: bool = True


@dataclass(frozen=True)
class Line:
    """One field of an entry in two versions, as people read it."""

    label: str
    before: str
    after: str
    name: str = ""

    @property
    def changed(self):
        """Say whether the two versions differ."""
        return self.before != self.after


@dataclass(frozen=True)
class Charge:
    """One thing that one person is in charge of; `key` is that of `Owed`."""

    kind: str
    key: str
    name: str
    person_id: int
    department_id: int


@dataclass(frozen=True)
class Promise:
    """What was announced of one thing and is not done yet: by when, as far as it is known."""

    key: str
    text: str
    when: str
    source: str


class Subject:
    """The questions `reporting` asks of a subject; one instance per class lives as long as the process."""

    kind = ""
    label = ""
    cadences = ()
    entry_template = ""  # the fields of the entry form, included by reporting/entry.html
    rules_address = ""  # name of the address that lists the rules behind `flags`

    def owed(self, period):
        """Return an iterable of `Owed`, one per active subject."""
        raise NotImplementedError

    def start(self, submissions, *, by):
        """Create the empty report rows of new submissions, with history."""
        raise NotImplementedError

    def report(self, submission, *, lock=False):
        """Return the subject's row of this submission, which has `version`; locked for writing if asked."""
        raise NotImplementedError

    def briefs(self, submissions):
        """Return {submission pk: Brief} of several submissions in a fixed number of queries."""
        raise NotImplementedError

    def form(self, report, *, data=None, files=None, initial=None):
        """Return the entry form; its `save(by)` writes the row with history and returns it.

        `is_news` of a valid form says whether it holds anything that is not stored already.
        """
        raise NotImplementedError

    def sheet_tables(self, period):
        """Return the worksheets (`reporting.cells.Table`) that a department fills in offline; () for none."""
        return ()

    def sheet_rows(self, submissions, *, last=False):
        """Return `reporting.cells.SheetRow`s of these submissions of one period; `last` adds last period's values.

        The number of queries does not grow with the rows.
        """
        return ()

    def apply_rows(self, changes, *, versions, by):
        """Write `reporting.cells.Change`s with history; the submissions are locked by the caller.

        Raises `Stale` where a report no longer stands at `versions[submission pk]`.
        """
        raise NotImplementedError

    def lines(self, report):
        """Return {label: text} of the report as people read it, in the order of the card."""
        raise NotImplementedError

    def facts(self, report):
        """Return [(label, text)] of what the entry is measured by; shown above form and review."""
        return []

    def previous(self, report):
        """Return the approved report of the period before, or None."""
        raise NotImplementedError

    def problems(self, report):
        """Return sentences that say what is missing before this report may be handed in."""
        raise NotImplementedError

    def warnings(self, report):
        """Return sentences about what looks wrong and may still be handed in."""
        return []

    def flags(self, report):
        """Return `Flag`s of what writer and reviewer must see, the answered ones too."""
        return [Flag(sentence) for sentence in self.warnings(report)]

    def approval(self, report):
        """Return the `Approval` that approving this report needs ticked, or None."""
        return None

    def approved(self, report, *, by, note=""):
        """Write down what a ticked `approval` confirms, in the transaction of the move."""

    def files(self, report):
        """Return the evidence files of the report."""
        return ()

    def history(self, report):
        """Return the field-by-field changes of the report (`accounts.history.Change`)."""
        return []

    def preview(self, period):
        """Return sentences on what citizens will read once this period is published, and read now."""
        return []

    def texts_to_scan(self, period):
        """Return `ToRead`s of every text that publishing this period would show, and of its reasons."""
        return []

    def files_to_scan(self, period):
        """Return `reporting.scan.files.ToScan`s of the files handed in for this period."""
        return []

    def publish(self, publication):
        """Copy what was approved for the publication's period into snapshot rows; return their number."""
        raise NotImplementedError

    def officers(self, submissions):
        """Return {submission pk: the person in charge of it} where there is one; a fixed number of queries."""
        return {}

    def charges(self, person=None):
        """Return the `Charge`s of one person, or everybody's; one query."""
        return []

    def promises(self, keys):
        """Return the open `Promise`s of these keys: plans of the last approved report, coming steps."""
        return []

    def hand_over(self, keys, *, to, by, reason):
        """Put `to` in charge of these keys, with history, inside the caller's transaction."""
        raise NotImplementedError

    def documents(self):
        """Return {name: (title, sentence, builder(period) -> Document)} for /reports/<name>/<period>.

        A fourth value names the forms (`("pdf",)`) that take too long for a request and are made off it.
        """
        return {}

    def plan_figures(self, year, on):
        """Return {key: text} of figures that texts of the year's plan may tell, as known on a day."""
        return {}

    def plan_blocks(self, year, name, on):
        """Return the document blocks of the table that a plan asks for by name, as known on a day; [] for none."""
        return []

    def boards(self):
        """Return [(name, sentence, name of its address)] of the boards that managers see."""
        return []


@cache
def _by_kind():
    found = [import_string(path)() for path in settings.SUBJECTS]
    return {subject.kind: subject for subject in found}


def all_subjects():
    """Return every subject of this site."""
    return list(_by_kind().values())


def subject_of(submission):
    """Return the subject that this submission is about."""
    return _by_kind()[submission.kind]


def briefs_of(submissions):
    """Return {submission pk: Brief} over all kinds; a fixed number of queries per kind."""
    found = {}
    for subject in all_subjects():
        mine = [s for s in submissions if s.kind == subject.kind]
        found |= subject.briefs(mine) if mine else {}
    return found


def officers_of(submissions):
    """Return {submission pk: the person in charge} over all kinds; a fixed number of queries per kind."""
    found = {}
    for subject in all_subjects():
        mine = [s for s in submissions if s.kind == subject.kind]
        found |= subject.officers(mine) if mine else {}
    return found


def charges_of(person=None):
    """Return the `Charge`s of one person, or everybody's, over all kinds."""
    return [charge for subject in all_subjects() for charge in subject.charges(person)]


def compare(before, after):
    """Return `Line`s of two {label: text} readings; what one lacks is blank."""
    labels = dict.fromkeys([*(before or {}), *(after or {})])
    return [
        Line(label, (before or {}).get(label, ""), (after or {}).get(label, "")) for label in labels
    ]
