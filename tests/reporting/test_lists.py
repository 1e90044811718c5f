"""A declared list: what a person may see, filtered, sorted, paged, and the same rows as a file."""

import io

import django_filters
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from openpyxl import load_workbook

from reporting.lists import LOST, ListPage
from reporting.models import Submission
from reporting.tables import Column, Table


class ItemTable(Table):
    """Two columns on the page, one more in the sheet."""

    code = Column("번호", width=8)
    state = Column("상태", ranks=["returned", "draft", "submitted", "approved"])
    order = Column("순서", "number", visible=False, orderable=False)


class ItemFilter(django_filters.FilterSet):
    """By department."""

    department = django_filters.NumberFilter(label="부서")


class ItemList(ListPage):
    """What a person may see of a period's items."""

    queryset = Submission.objects.order_by("order", "pk")
    table_class = ItemTable
    filterset_class = ItemFilter
    row_template = "reporting/test_row.html"
    title = "항목"
    per_page = 2


@pytest.fixture
def ask(quarter, people):
    """Return a function that asks the list as somebody and gives the context."""

    def _ask(user="strategy", **query):
        request = RequestFactory().get("/items/", query)
        request.user = people[user] if user else AnonymousUser()
        answer = ItemList.as_view()(request)
        return answer if query.get("format") in ("xlsx", "csv") else answer.context_data

    return _ask


def codes(context):
    return [row.code for row in context["page_obj"]]


def test_a_list_shows_only_what_this_person_may_see(ask):
    everything = ask()["page_obj"].paginator.count
    assert everything == Submission.objects.count()
    assert ask("stranger")["page_obj"].paginator.count < everything


@pytest.mark.parametrize(
    ("page", "number"), [("2", 2), ("99", 3), ("x", 1), ("-4", 3), ("0", 3), ("", 1)]
)
def test_a_page_out_of_range_is_one_that_exists(ask, page, number):
    assert ask(page=page)["page_obj"].number == number


@pytest.mark.parametrize("sort", ["nothing", "order", "-", "", "code,state", "pk;DROP"])
def test_an_unknown_sort_leaves_the_usual_order(ask, sort):
    assert codes(ask(sort=sort)) == codes(ask())


def test_a_column_sorts_and_says_so(ask):
    context = ask(sort="-code")
    assert codes(context) == ["2-1", "2-1"]
    heads = {head.label: (head.aria, head.sort) for head in context["heads"]}
    assert heads == {"번호": ("descending", "code"), "상태": ("", "state")}
    assert [h.sort for h in ask(sort="code")["heads"]] == ["-code", "state"]


def test_a_code_sorts_by_its_official_rank(ask):
    assert {row.state for row in ask(sort="state")["page_obj"]} == {"draft"}
    assert {row.state for row in ask(sort="-state")["page_obj"]} == {"approved"}


def test_a_filter_narrows_and_an_unknown_value_finds_nothing(ask, departments):
    roads = departments["도로과"].pk
    assert ask(department=roads)["page_obj"].paginator.count == 4
    context = ask(department="x")
    assert context["page_obj"].paginator.count == 0
    assert context["filter"].form.errors["department"]


def test_the_sheet_has_every_row_of_the_filter_and_the_hidden_column(ask, departments):
    roads = departments["도로과"].pk
    book = load_workbook(io.BytesIO(ask(format="xlsx", department=roads).content))
    rows = list(book.active.values)
    assert rows[0] == ("번호", "상태", "순서")
    assert len(rows) == 5
    text = ask(format="csv", department=roads, sort="-code").content.decode("utf-8-sig")
    assert text.splitlines()[0] == "번호,상태,순서"
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == ["1-2", "1-2", "1-1", "1-1"]


def test_cp949_is_given_on_request_and_names_the_file(ask):
    answer = ask(format="csv", encoding="cp949")
    assert answer.content.decode("cp949").startswith("번호,상태,순서")
    assert "20190703_cp949.csv" in answer.headers["Content-Disposition"]
    for other in ({"format": "csv"}, {"format": "xlsx", "encoding": "cp949"}):
        assert "cp949" not in ask(**other).headers["Content-Disposition"]


def test_what_cp949_could_not_hold_is_named_in_a_header(ask):
    assert LOST not in ask(format="csv", encoding="cp949").headers
    Submission.objects.filter(code="1-1").update(code="1-1😀")
    answer = ask(format="csv", encoding="cp949")
    assert "1-1?" in answer.content.decode("cp949")
    assert answer.headers[LOST] == "1 U+1F600"
    assert LOST not in ask(format="csv").headers


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_refused_filter_gives_no_file(quarter, people, kind):
    request = RequestFactory().get("/items/", {"format": kind, "department": "x"})
    request.user = people["strategy"]
    assert ItemList.as_view()(request).context_data["page_obj"].paginator.count == 0


def test_only_a_list_that_says_so_is_open():
    class OpenList(ItemList):
        public = True

    assert not OpenList.as_view().login_required
    assert getattr(ItemList.as_view(), "login_required", True)


def test_an_open_list_never_looks_at_the_visitor(quarter, monkeypatch):
    class OpenList(ItemList):
        public = True
        queryset = None

        def get_queryset(self):
            return Submission.objects.order_by("order")

    request = RequestFactory().get("/items/")  # has no user: looking would be an error
    assert OpenList.as_view()(request).context_data["frame"] == "base.html"
