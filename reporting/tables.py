"""Columns of declared lists: one declaration gives the page's head, the order of rows and the sheet."""

import django_tables2 as tables
from django.db.models import Case, F, IntegerField, Value, When


class Column(tables.Column):
    """A column of a list; `visible=False` keeps it off the page, in the sheet only.

    `kind` and `width` are those of `documents.Column`. The accessor gives the raw value of the sheet;
    unknown values come last in either order, on every database. `ranks` names the values of a code
    in their official order, for codes whose letters say nothing.
    """

    def __init__(self, verbose_name, kind="text", width=12, *, ranks=(), **options):
        super().__init__(verbose_name=verbose_name, **options)
        self.kind, self.width, self.ranks = kind, width, tuple(ranks)

    def order(self, queryset, is_descending):
        """Sort by the column's own fields, then by the list's usual order."""
        usual = queryset.query.order_by or queryset.model._meta.ordering
        keys = [self._key(str(name)) for name in self.order_by or (self.accessor,)]
        if is_descending:
            return queryset.order_by(*(key.desc(nulls_last=True) for key in keys), *usual), True
        return queryset.order_by(*(key.asc(nulls_last=True) for key in keys), *usual), True

    def _key(self, name):
        field = name.replace(".", "__")
        if not self.ranks:
            return F(field)
        places = [When(**{field: value}, then=Value(n)) for n, value in enumerate(self.ranks)]
        return Case(*places, default=None, output_field=IntegerField())


class Table(tables.Table):
    """The columns of a list page; its rows are drawn by one row template, never by this class."""

    def sheet_heads(self):
        """Return (name, kind, width) of the sheet's columns, those that the page hides included."""
        return [(b.header, b.column.kind, b.column.width) for b in self.columns.iterall()]

    def sheet_rows(self):
        """Yield the raw values of every row, unpaged, in the order asked for."""
        accessors = [bound.accessor for bound in self.columns.iterall()]
        for record in self.data:
            yield tuple(accessor.resolve(record) for accessor in accessors)


class HandoverTable(Table):
    """업무 인계: six columns on the page, note and times in the sheet."""

    effective_on = Column("넘기는 날", "date", 12)
    department = Column("부서", width=16, order_by="department__order", accessor="department__name")
    from_person = Column("넘기는 사람", width=16, accessor="from_person__name")
    successor = Column("넘겨받는 사람", width=16, accessor="successor__name")
    state = Column("상태", width=10, accessor="state_label", orderable=False)
    by = Column("올린 사람", width=16, accessor="by__name")
    note = Column("남기는 말", width=36, visible=False)
