"""The documents of all subjects by name: what can be read by whom, and which forms are made off the request."""

import re
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from . import permissions
from .models import Period, Publication
from .subjects import all_subjects


@dataclass(frozen=True)
class Report:
    """A document that can be had: its name in addresses, its title, what is in it, its builder."""

    name: str
    title: str
    sentence: str
    build: object
    cadences: tuple
    long: tuple = ()  # the forms that take too long for a request
    by_year: bool = False  # whether a year names it too: the newest period of that year

    def is_long(self, kind):
        """Say whether this form is made off the request and kept."""
        return kind in self.long


def all_reports():
    """Return {name: Report} of all subjects."""
    return {
        name: Report(name, title, sentence, build, subject.cadences, *long)
        for subject in all_subjects()
        for name, (title, sentence, build, *long) in subject.documents().items()
    }


def must_read(user):
    """Refuse whoever takes no reports away."""
    if not permissions.reads_reports(user):
        raise PermissionDenied("보고서는 역할이 있는 직원만 봅니다.")


def periods_for(user):
    """Return the periods whose reports this person reads: published ones, drafts by right."""
    periods = Period.objects.exclude(state=Period.State.PREPARED).newest_first()
    if permissions.reads_drafts(user):
        return periods
    return periods.filter(pk__in=Publication.objects.current().values("period"))


def period_named(user, report, code):
    """Return the period that an address names for this reader; a year names the newest published one of it.

    Where nothing of that year is published it is the newest that the reader may see; 404 for what there is not.
    """
    periods = periods_for(user).filter(cadence__in=report.cadences)
    if not (report.by_year and re.fullmatch(r"[0-9]{4}", code)):
        return get_object_or_404(periods, code=code)
    mine = periods.filter(year=int(code))
    published = Publication.objects.current().values("period")
    found = mine.filter(pk__in=published).first() or mine.first()
    if found is None:
        raise Http404("그 해의 보고서가 없습니다.")
    return found
