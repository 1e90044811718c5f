"""What citizens read: one published period and one term, by the last revision of the period."""

from dataclasses import dataclass

from django.utils.http import urlencode

from reporting import formats, rules
from reporting.models import Publication

from .models import PublishedPledge, PublishedTerm
from .rates import Rounding


class NotPublished(LookupError):
    """What was asked for has never been published."""


@dataclass(frozen=True)
class Edition:
    """A publication with the term that is read in it, and what else could be read."""

    publication: Publication
    term: PublishedTerm
    terms: list[PublishedTerm]
    publications: list[Publication]  # the last revision of every period, the latest period first

    @property
    def period(self):
        """Return the published period."""
        return self.publication.period

    @property
    def is_newest(self):
        """Say whether no later period is published."""
        return self.publication == self.publications[0]

    @property
    def rounding(self):
        """Return the rounding in force when it was published."""
        return Rounding(self.term.rate_mode, self.term.rate_places)

    @property
    def rows(self):
        """Return the published pledges of the term, in order."""
        mine = PublishedPledge.objects.visible_to(None).filter(publication=self.publication)
        return mine.filter(term_no=self.term.no).order_by("order", "pk")

    def asked(self, **more):
        """Return the query arguments that lead to this edition; nothing for the usual one."""
        usual = {} if self.is_newest else {"period": self.period.code}
        if self.term != self.terms[0]:
            usual["term"] = self.term.no
        return {**usual, **more}

    @property
    def query(self):
        """Return the query of an address that leads to this edition, with its `?`; blank for the usual."""
        return _query(self.asked())

    @property
    def tabs(self):
        """Return (publication, query) of every period; the term stays where the period has it."""
        return [
            (p, _query({"period": p.period.code, **self._term_in(p)})) for p in self.publications
        ]

    def _term_in(self, publication):
        numbers = [term.no for term in _terms(publication)]
        usual = self.term.no not in numbers or self.term.no == numbers[0]
        return {} if usual else {"term": self.term.no}

    def revisions(self):
        """Return what was corrected in this period, the last revision first; no query if nothing was."""
        if self.publication.revision == 1:
            return []
        return list(Publication.objects.filter(period=self.period).order_by("-revision"))


def edition_of(period="", term=""):
    """Return the edition of a period code and a term number as they stand in an address.

    Without a period the newest one, without a term the newest one in it; None before the first
    publication; `NotPublished` for what does not exist. Two queries.
    """
    found = Publication.objects.current().filter(terms__isnull=False).distinct()
    publications = list(found.prefetch_related("terms"))
    if not publications and not period:
        return None
    publication = _found(publications, lambda p: not period or p.period.code == period)
    terms = _terms(publication)
    chosen = _found(terms, lambda t: not term or str(t.no) == term)
    return Edition(publication, chosen, terms, publications)


def _terms(publication):
    """Return the terms of a publication, the newest first; no query when they are prefetched."""
    return sorted(publication.terms.all(), key=lambda term: -term.no)


def _query(asked):
    return f"?{urlencode(asked)}" if asked else ""


def _found(choices, test):
    for choice in choices:
        if test(choice):
            return choice
    raise NotPublished("공표한 자료가 없습니다.")


TEXTS = ("done", "problems")  # what a citizen reads side by side


@dataclass(frozen=True)
class Change:
    """What became different between two published quarters: figures in words, or pieces of a text."""

    label: str
    before: str = ""
    after: str = ""
    more: str = ""  # the difference of two known numbers, as `+25%p`
    pieces: list = ()  # of a text, as `reporting.rules.differences` gives them

    @property
    def rewritten(self):
        """Say whether the two texts share no word, so that marking each word tells nothing."""
        return not any(p.kind == "same" and p.text.strip() for p in self.pieces)


def changes_between(before, after):
    """Return what became different between two rows of one pledge: status, 추진율, 집행, two texts."""
    found = [
        Change("이행상태", _status(before), _status(after)),
        _numbers("추진율", before.progress_pct, after.progress_pct, "%", "%p"),
        _numbers("집행액", before.spent, after.spent, "백만원"),
        *(_text(before, after, name) for name in TEXTS),
    ]
    return [change for change in found if change.before != change.after]


def _status(row):
    return row.get_status_display() or "미보고"


def _numbers(label, before, after, unit, step=""):
    """Return the change of a number; unknown is said in words and has no difference."""
    known = None not in (before, after)
    more = f"{after - before:+,}{step or unit}" if known else ""
    return Change(label, *(_amount(value, unit) for value in (before, after)), more)


def _amount(value, unit):
    return "알 수 없음" if value is None else f"{formats.number(value)}{unit}"


def _text(before, after, name):
    old, new = getattr(before, name), getattr(after, name)
    label = after._meta.get_field(name).verbose_name
    return Change(label, old, new, pieces=rules.differences(old, new))


def quarters_of(pledge_id, publications):
    """Return a pledge's rows in these publications, the latest period first; one query."""
    rows = PublishedPledge.objects.visible_to(None).filter(
        pledge=pledge_id, publication__in=publications
    )
    found = {row.publication_id: row for row in rows.select_related("publication__period")}
    return [found[p.pk] for p in publications if p.pk in found]
