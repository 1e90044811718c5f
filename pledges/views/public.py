"""The citizens' pages of pledges beside their list: one pledge, its card as PDF and HWPX, how the rates are counted."""

from functools import lru_cache

from django.http import Http404, HttpResponse
from django.shortcuts import render

from reporting.exports import RENDERERS, files
from reporting.finished import piece
from reporting.public import code_version, public_page

from .. import rates
from ..consistency import changes_of
from ..documents import card_document
from ..editions import (
    NO_SUCH_PLEDGE,
    Edition,
    NotPublished,
    changes_between,
    edition_of,
    edition_with,
    quarters_of,
)
from ..filters import COUNTED
from ..lists import STATUS_MEANINGS, counts_of, list_url
from ..models import RatePolicy, Status, YearSlot
from ..opinions import first_shown

KEPT_CARDS = 96  # files of at most about 100 KB kept per process; a published card never changes


def asked_edition(request) -> Edition | None:
    """Return the edition that `?period=` and `?term=` ask for, None before the first; 404 if unknown."""
    asked = request.GET.get("period", ""), request.GET.get("term", "")
    try:
        return piece(("edition", *asked), lambda: edition_of(*asked))
    except NotPublished as reason:
        raise Http404(str(reason)) from reason


# --- one pledge -------------------------------------------------------------------------------
def found(request, number):
    """Return (edition, row) of a pledge's address; without a period the latest one that has it."""
    edition = asked_edition(request)
    if edition is None or "\x00" in number:
        raise Http404("공표한 자료가 없습니다.")
    row = _row_of(edition, number)
    if row is None and not request.GET.get("period"):
        try:  # a number means a pledge of this term, in older quarters too
            edition = edition_with(number, edition.term)
        except NotPublished as reason:
            raise Http404(str(reason)) from reason
        row = _row_of(edition, number)
    if row is None:
        raise Http404(NO_SUCH_PLEDGE)
    return edition, row


def _row_of(edition, number):
    return edition.rows.select_related("publication__period").filter(number=number).first()


@public_page
def detail(request, number):
    """Show one pledge: its quarters, its plan, its money, whom to ask."""
    edition, row = found(request, number)
    quarters = quarters_of(row.pledge_id, edition.publications)
    numbers = list(edition.rows.values_list("number", "title"))
    place = [n for n, _ in numbers].index(number)
    context = {
        "row": row,
        "card": row.card,
        "edition": edition,
        "query": edition.query,
        "list_url": list_url(edition),
        "field_url": list_url(edition, field=row.field_order),
        "department_url": list_url(edition, department=row.department_id),
        "quarters": quarters,
        **_progress(quarters),
        **_changes(row, quarters),
        **changes_of(row),
        "kinds": " · ".join(kind for kind in row.card.get("kinds", []) if kind),
        "targets": [_target(target) for target in row.card.get("targets", [])],
        **first_shown(row),
        "revisions": edition.revisions(),
        "description": _description(row, edition),
        "funding": _funding(row),
        "previous": numbers[place - 1] if place else None,
        "following": numbers[place + 1] if place + 1 < len(numbers) else None,
    }
    return render(request, "pledges/detail.html", context)


def _progress(quarters):
    """Return the line of 추진율 (%) over the published quarters, oldest first; None leaves a gap."""
    known = [(q.publication.period.name, q.progress_pct) for q in reversed(quarters)]
    names, values = [name for name, _ in known], [value for _, value in known]
    return {
        "progress": values,
        "quarter_names": names,
        "progress_lines": [("추진율", values, "primary")],
    }


def _changes(row, quarters):
    """Return what is different since the quarter published before; nothing without one or a report."""
    place = [q.pk for q in quarters].index(row.pk)
    if place + 1 == len(quarters) or not row.reported:
        return {}
    before = quarters[place + 1]
    found = changes_between(before, row)
    return {
        "before": before,
        "figures_changed": [change for change in found if not change.pieces],
        "texts_changed": [change for change in found if change.pieces],
    }


def _target(target):
    """Return a yearly target in words; its number is added unless the words say it already."""
    number = "" if target["amount"] is None else f"{target['amount']}{target['unit']}"
    said = number.replace(" ", "") in target["text"].replace(" ", "")
    return {**target, "text": target["text"] if said else f"{target['text']} ({number})"}


def _description(row, edition):
    status = row.get_status_display() or "미보고"
    progress = "" if row.progress_pct is None else f", 추진율 {row.progress_pct}%"
    return (
        f"{edition.term.name} 공약 {row.number}. {row.field_name}, {row.department_name}. "
        f"{row.reported_in or edition.period}: {status}{progress}"
    )


def _funding(row):
    """Return the funding table: columns of years with any figure, lines with their two rates (%)."""
    lines = row.card.get("funding") or []
    slots = [s for s in YearSlot if any(line["years"].get(s) is not None for line in lines)]
    rounding = rates.Rounding("half_up", 2)
    return {
        "slots": [slot.label for slot in slots],
        "lines": [
            {
                **line,
                "cells": [(slot.label, line["years"].get(slot)) for slot in slots],
                "secured_rate": rates.percent(line["secured"], line["planned_in_term"], rounding),
                "spent_rate": rates.percent(line["spent"], line["secured"], rounding),
            }
            for line in lines
        ],
    }


@public_page
def card(request, number):
    """Hand over the pledge's card as PDF."""
    return _card(request, number, "pdf")


@public_page
def card_hwpx(request, number):
    """Hand over the pledge's card as HWPX."""
    return _card(request, number, "hwpx")


def _card(request, number, kind):
    edition, row = found(request, number)
    name = files.filename(f"공약관리카드 {row.number}", edition.period.as_of, kind)
    content = _made(_Printable(row, edition.term), kind)
    return files.download(content, name, kind)


class _Printable:
    """A published row with its term, equal by what it says, so that its files are made only once."""

    def __init__(self, row, term):
        self.row, self.term = row, term
        self.key = (row.pk, row.publication.at, row.number, row.title, term.name, code_version())

    def __eq__(self, other):
        return self.key == other.key

    def __hash__(self):
        return hash(self.key)


@lru_cache(maxsize=KEPT_CARDS)
def _made(printable, kind):
    return RENDERERS[kind](card_document(printable.row, printable.term))


# --- how the rates are counted ----------------------------------------------------------------
@public_page
def about(request) -> HttpResponse:
    """Explain every official rate with the lists behind its two numbers."""
    edition = asked_edition(request)
    if edition is None:
        return render(request, "pledges/nothing.html")
    counts = counts_of(edition)
    official = rates.official_rates(list(edition.rows), edition.rounding)
    context = {
        "edition": edition,
        "counts": counts,
        "rates": [(rate, *_lists(edition, rate)) for rate in official],
        "statuses": [_meaning(status) for status in Status],
        "list_url": list_url(edition),
        "truncates": edition.rounding.mode == RatePolicy.Mode.TRUNC_COMPLEMENT,
        "exact_fulfilled": _exact(counts.groups.fulfilled, counts.groups.total),
        "exact_in_progress": _exact(counts.groups.in_progress, counts.groups.total),
        "gap": edition.period.cadence == "q"
        and edition.period.as_of.month != edition.period.number * 3,
    }
    return render(request, "pledges/about.html", context)


def _exact(part, whole):
    """Return a share in %, cut off at four places, to show what is rounded."""
    return rates.percent(part, whole, rates.Rounding(places=4))


def _meaning(status):
    group = "완료" if status in rates.FULFILLED else "추진중"
    return {
        "code": status.value,
        "label": status.label,
        "meaning": STATUS_MEANINGS[status],
        "group": "어느 쪽도 아님" if status in rates.SET_ASIDE else group,
    }


def _lists(edition, rate):
    """Return the addresses of the pledges in a rate's numerator and denominator."""
    above, below = {
        "fulfilled": ("fulfilled", ""),
        "wide": ("wide", ""),
        "target_met": ("target_met", "has_target"),
        "secured": ("has_money", "has_money"),
        "progress": ("has_progress", "has_progress"),
    }[rate.key]
    return [
        list_url(edition, **({"counted": key} if key in COUNTED else {})) for key in (above, below)
    ]
