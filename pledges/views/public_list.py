"""The citizens' list of pledges; what every narrowing of it shares is made once per public number."""

from functools import partial

from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator

from reporting.finished import piece
from reporting.lists import ListPage
from reporting.public import public_page

from ..editions import withdrawn
from ..filters import PledgeFilter
from ..lists import counts_of
from ..models import PublishedPledge
from ..tables import PledgeTable
from .public import asked_edition

SHOWN = (  # what a row of the page reads
    *("number", "order", "title", "is_core", "demo", "field_name", "department_name"),
    *("status", "reported", "reported_in", "progress_pct", "completes_in"),
)
NARROWINGS = ("q", "field", "status", "department", "year", "counted", "core")


@method_decorator(public_page, name="dispatch")
class PledgeList(ListPage):
    """공약 목록: all pledges of one published quarter."""

    model = PublishedPledge
    table_class = PledgeTable
    filterset_class = PledgeFilter
    template_name = "pledges/list.html"
    row_template = "pledges/row.html"
    title = "공약 목록"
    public = True

    def get(self, request, *args, **kwargs):
        """Choose the edition first; before the first publication there is only a sentence to show."""
        self.edition = asked_edition(request)
        if self.edition is None:
            return render(request, "pledges/nothing.html", {"gone": withdrawn()})
        self.counts = self._kept("counts", lambda: counts_of(self.edition))
        return super().get(request, *args, **kwargs)

    def _kept(self, name, make):
        """Keep what is the same however the list is narrowed."""
        return piece((name, self.edition.publication.pk, self.edition.term.no), make)

    def _head(self, edition):
        context = {"edition": edition, "counts": self.counts, "edition_query": edition.query}
        return render_to_string("pledges/list_head.html", context)

    def get_queryset(self):
        """Return the edition's rows; the page leaves out the long texts that only the sheet shows."""
        if self.request.GET.get("format"):
            return self.edition.rows.select_related("publication__period")
        return self.edition.rows.only(*SHOWN)

    def get_filterset_kwargs(self, filterset_class):
        """Let the filter offer this edition's fields, departments and years."""
        more = {"edition": self.edition, "counts": self.counts}
        return {**super().get_filterset_kwargs(filterset_class), **more}

    def get_as_of(self):
        """Return the date of the figures, for the names of downloads."""
        return self.edition.period.as_of

    def _filter_form(self, found):
        """Return the form drawn as it is filled in; without words to find there are few such forms."""
        context = {"form": found.form, "label": self.title}
        context |= {"clear": self.edition.query, "request": self.request}
        draw = partial(render_to_string, "parts/filter_form.html", context)
        asked = found.form.cleaned_data if found.is_valid() else {"q": "unknown"}
        if asked["q"]:
            return draw()
        return self._kept(("form", *sorted(asked.items())), draw)

    def get_context_data(self, **more):
        """Add the edition and its head."""
        context = super().get_context_data(**more)
        return {
            **context,
            "edition": self.edition,
            "counts": self.counts,
            "head": self._kept("list head", lambda: self._head(self.edition)),
            "filter_form": self._filter_form(self.filterset),
            "revisions": self.edition.revisions(),
            "gone": self._kept("gone", withdrawn),
            "edition_query": self.edition.query,
            "detail_url": reverse("pledges:list"),
            "narrowed": any(self.request.GET.get(name) for name in NARROWINGS),
        }
