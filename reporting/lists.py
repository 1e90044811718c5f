"""The base of every declared list page: filters, order, paging, and the same rows as .xlsx and .csv.

A list is declared in a view file, beside its address:

    class PolicyList(ListPage):
        model = Policy                       # its queryset has visible_to(user)
        table_class = PolicyTable            # reporting.tables.Table: columns, order, sheet
        filterset_class = PolicyFilter       # django-filter; an unknown value gives no row and says why
        row_template = "projects/policy_row.html"       # draws `row`; one <td> per visible column
        title = "정책실명제"                 # h1, caption and the name of the sheet
        public = True                        # open to all; never looks at the visitor

`template_name` may name a page that extends `reporting/list.html` and fills its blocks. Addresses take
the filters' own names and `sort`, `page`, `format=xlsx|csv`, `encoding=cp949`.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.utils.functional import SimpleLazyObject
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from . import clock
from .documents import Column
from .exports import files, sheets

FORMATS = ("xlsx", "csv")
CP949 = "cp949"  # the old encoding, asked for by `?encoding=`
LOST = "X-Replaced-Characters"  # of a CP949 file (domain.md §9.6)
NAMED = 50  # characters that the header names


@dataclass(frozen=True)
class Head:
    """A column's head on the page: its name, kind, the sort its link asks for, how it is sorted now."""

    label: str
    kind: str
    sort: str
    aria: str


class ListPage(SingleTableMixin, FilterView):
    """A list as it is declared above; queries do not grow with its rows."""

    http_method_names = ["get", "head"]
    template_name = "reporting/list.html"
    row_template = ""
    title = ""
    per_page = 20
    public = False

    @classmethod
    def as_view(cls, **options):
        """Return the view; a public list is open without a login."""
        view = super().as_view(**options)
        return login_not_required(view) if cls.public else view

    def get_queryset(self):
        """Return the rows this person may see; a public list asks about nobody."""
        return super().get_queryset().visible_to(None if self.public else self.request.user)

    def get_as_of(self):
        """Return the date that stands in the names of downloads: the office's today."""
        return clock.today()

    def get_table(self, **options):
        """Return the columns over the filtered rows, in order; made when a sheet first asks for it.

        To copy its columns costs as much as to draw the rows, so the page takes only their heads.
        """
        return SimpleLazyObject(lambda: self._table(**options))

    def _table(self, **options):
        table = self.table_class(data=self.object_list, **options)
        if sort := self._sort():
            table.order_by = sort
        return table

    def _sort(self):
        """Return what the list is sorted by, if there is such a column."""
        sort = self.request.GET.get("sort", "")
        return sort if sort.removeprefix("-") in _bare(self.table_class).columns else ""

    def _rows(self):
        """Return the filtered rows in the order asked for."""
        sort = self._sort()
        bound = _bare(self.table_class).columns[sort.removeprefix("-")] if sort else None
        if bound is None or not bound.orderable:
            return self.object_list
        return bound.column.order(self.object_list, sort.startswith("-"))[0]

    def get_context_data(self, **more):
        """Add the page's rows, heads and frame; a page out of range is the nearest one that exists."""
        context = super().get_context_data(**more)
        page = Paginator(self._rows(), self.per_page).get_page(self.request.GET.get("page"))
        return {
            **context,
            "frame": "base.html" if self.public else "staff.html",
            "title": self.title,
            "page_obj": page,
            "heads": _heads(self.table_class, self._sort()),
            "row_template": self.row_template,
        }

    def render_to_response(self, context, **more):
        """Answer with the page, or with the file that `?format=` asks for; no file of a refused filter."""
        kind = self.request.GET.get("format")
        if kind in FORMATS and self.filterset.is_valid():
            return self.file(context["table"], kind)
        return super().render_to_response(context, **more)

    def file(self, table, kind):
        """Return all filtered rows as a download; a header names what CP949 could not hold."""
        old = kind == "csv" and self.request.GET.get("encoding") == CP949
        name = files.filename(self.title, self.get_as_of(), kind, CP949 if old else "")
        columns, rows = [Column(*head) for head in table.sheet_heads()], table.sheet_rows()
        if kind == "xlsx":
            return files.download(sheets.sheet(self.title, columns, rows), name, kind)
        content, lost = sheets.csv_bytes(columns, rows, CP949 if old else "utf-8-sig")
        answer = files.download(content, name, kind)
        if lost:
            answer.headers[LOST] = named(lost)
        return answer


def named(lost):
    """Return `2 U+1F600 U+20000`: how many different characters became `?`, and the first of them."""
    return " ".join([str(len(lost)), *(f"U+{ord(letter):04X}" for letter in lost[:NAMED])])


@cache
def _bare(table_class):
    """Return a table without rows, to read its columns from."""
    return table_class(data=[])


@lru_cache(maxsize=256)
def _heads(table_class, asked):
    """Return the heads of the columns that a page shows, for the sort that was asked for."""
    return [_head(column, asked) for column in _bare(table_class).columns.itervisible()]


def _head(bound, asked):
    """Return the head of a column; its link turns the order round, or has none if it cannot sort."""
    up, down = asked == bound.name, asked == f"-{bound.name}"
    sort = (f"-{bound.name}" if up else bound.name) if bound.orderable else ""
    aria = "ascending" if up else "descending" if down else ""
    return Head(bound.header, bound.column.kind, sort, aria)
