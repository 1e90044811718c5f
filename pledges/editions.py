"""What citizens read: one published period and one term, by the last revision of the period."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.http import urlencode

from reporting import formats, rules
from reporting.models import Publication, Withdrawal

from .models import PublishedPledge, PublishedTerm
from .rates import Rounding

NOTHING = "공표한 자료가 없습니다."
NO_SUCH_PLEDGE = "그런 번호의 공약을 공표한 적이 없습니다."


OF_PUBLICATION = PublishedTerm.objects.filter(publication=OuterRef("pk"))
NEWEST_NO = Subquery(OF_PUBLICATION.order_by("-no").values("no")[:1])


class NotPublished(LookupError):
    """What was asked for has never been published."""


@dataclass(frozen=True)
class Edition:
    """A publication with the term that is read in it, and what else could be read.

    Other quarters are those of the same term, so that a page does not grow with the terms before it.
    """

    publication: Publication
    term: PublishedTerm
    terms: list[PublishedTerm]  # of this publication, the newest first
    newest: Publication  # the last one of all, and
    newest_terms: list[PublishedTerm]  # its terms, the newest first
    publications: list[Publication]  # the last revision of the term's periods, the latest first
    others: list[PublishedTerm]  # of the periods just before and after those, with publication

    @property
    def period(self):
        """Return the published period."""
        return self.publication.period

    @property
    def is_newest(self):
        """Say whether no later period is published."""
        return self.publication == self.newest

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
        """Return (publication, query) of every period of the term, the latest first."""
        return [(p, self._leading_to(p, p.newest_no, [p.newest_no])) for p in self.publications]

    @property
    def newest_tab(self):
        """Return (publication, query) of the last period of all, in this term where that has it."""
        numbers = [term.no for term in self.newest_terms]
        return self.newest, self._leading_to(self.newest, numbers[0], numbers)

    @property
    def other_terms(self):
        """Return (term, query) of the terms before and after this one that stand in other periods."""
        return [(t, _query({"period": t.publication.period.code})) for t in self.others]

    def _leading_to(self, publication, usual, numbers):
        """Return the query of a period, with this term where that has it and would not open it anyway."""
        kept = self.term.no != usual and (self.term.no in numbers or publication.pk in self._mine)
        asked = {"period": publication.period.code}
        return _query({**asked, "term": self.term.no} if kept else asked)

    @property
    def _mine(self):
        return {p.pk for p in self.publications}

    def revisions(self):
        """Return what was corrected or withdrawn in this period, the last revision first.

        No query if nothing was.
        """
        if not self.publication.has_others:
            return []
        mine = Publication.objects.filter(period=self.period).select_related("withdrawal")
        return list(mine.order_by("-revision"))


def withdrawn():
    """Return the withdrawals of periods of which citizens read nothing now, the latest first."""
    standing = Publication.objects.current().values("period")
    of_pledges = PublishedTerm.objects.values("publication")  # other subjects publish periods too
    gone = Withdrawal.objects.filter(publication__in=of_pledges)
    gone = gone.exclude(publication__period__in=standing)
    return list(gone.select_related("publication__period").order_by("-pk"))


def edition_of(period="", term=""):
    """Return the edition of a period code and a term number as they stand in an address.

    Without a period the newest one, without a term the newest one in it; None before the first
    publication; `NotPublished` for what does not exist. A fixed number of queries and of rows.
    """
    if not period.isprintable():  # PostgreSQL refuses even to be asked for a NUL
        raise NotPublished(NOTHING)
    found = _readable()
    newest = found.first()
    if newest is None and not period:
        return None
    publication = found.filter(period__code=period).first() if period else newest
    if publication is None:
        raise NotPublished(NOTHING)
    terms = _terms(publication)
    chosen = next((t for t in terms if not term or str(t.no) == term), None)
    if chosen is None:
        raise NotPublished(NOTHING)
    mine = list(found.filter(terms__no=chosen.no).annotate(newest_no=NEWEST_NO))
    newest_terms = terms if publication == newest else _terms(newest)
    others = _beside(mine, newest, terms)
    return Edition(publication, chosen, terms, newest, newest_terms, mine, others)


def edition_with(number, term):
    """Return the latest edition of a term that has a pledge of this number; raises `NotPublished`."""
    rows = PublishedPledge.objects.visible_to(None).filter(number=number, term_no=term.no)
    found = _readable().filter(terms__no=term.no)
    found = found.filter(Exists(rows.filter(publication=OuterRef("pk")))).first()
    if found is None:
        raise NotPublished(NO_SUCH_PLEDGE)
    return edition_of(found.period.code, str(term.no))


def _readable():
    """Return the last revision of every period that says anything of a term, the latest first."""
    others = Publication.objects.filter(period=OuterRef("period")).exclude(pk=OuterRef("pk"))
    found = Publication.objects.current().filter(Exists(OF_PUBLICATION))
    return found.annotate(has_others=Exists(others))


def _terms(publication):
    """Return the terms of a publication, the newest first."""
    return sorted(publication.terms.all(), key=lambda term: -term.no)


def _beside(mine, newest, shown):
    """Return the newest term of the period before these and of the one after, unless it is shown."""
    first, last = mine[-1].period, mine[0].period
    sides = [_neighbour(first, "lt", "-")]
    if mine[0] != newest:
        sides.insert(0, _neighbour(last, "gt", ""))
    there = {term.no for term in shown}
    return [term for term in sides if term and term.no not in there]


def _neighbour(period, beyond, order):
    """Return the newest term of the next published period on one side of a period, or None."""
    near = {f"publication__period__year__{beyond}": period.year}
    within = {
        "publication__period__year": period.year,
        f"publication__period__number__{beyond}": period.number,
    }
    terms = PublishedTerm.objects.filter(Q(**near) | Q(**within))
    terms = terms.filter(publication__in=Publication.objects.current())
    by = (f"{order}publication__period__year", f"{order}publication__period__number", "-no")
    return terms.select_related("publication__period").order_by(*by).first()


def _query(asked):
    return f"?{urlencode(asked)}" if asked else ""


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


def latest_row(pledge_id):
    """Return what the public reads of a pledge now, in whatever period that is; None if nothing."""
    mine = PublishedPledge.objects.visible_to(None).filter(pledge=pledge_id)
    return mine.order_by("-publication__period__as_of", "-publication__revision").first()


def row_before(row):
    """Return what the public read of a pledge before this row's publication; None if nothing.

    Of a correction that is the period's last revision, else the period before it. One query or two.
    """
    mine = PublishedPledge.objects.filter(pledge=row.pledge_id).select_related(
        "publication__period"
    )
    publication, period = row.publication, row.publication.period
    corrected = mine.filter(
        publication__period=period, publication__revision__lt=publication.revision
    )
    earlier = mine.filter(
        publication__period__as_of__lt=period.as_of, publication__pk__lt=publication.pk
    )
    order = ("-publication__period__as_of", "-publication__revision")
    return corrected.order_by(*order).first() or earlier.order_by(*order).first()
