"""보고서: the list of documents by period, the preview, the files; drafts only for the office and managers."""

import io
import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from reporting.models import Period
from tests import factories

pypdf = pytest.importorskip("pypdf")  # in requirements-dev.txt


def get(client, user, address):
    client.force_login(user)
    return client.get(address)


def test_documents_stand_by_period_the_latest_first(client, quarter, people):
    page = get(client, people["executive"], "/reports/").content.decode()
    first = page[page.index("공약 추진상황 보고</h2>") : page.index("관리카드</h2>")]
    links = re.findall(r'href="/reports/([^"]+)"', first)
    assert links == [
        f"pledges/{code}.{kind}"
        for code in ("2019-q2", "2019-q1")
        for kind in ("html", "pdf", "hwpx", "xlsx")
    ]
    assert first.index("미공표") < first.index(">공표<")


def test_without_a_period_the_list_is_empty_and_says_so(client, people):
    page = get(client, people["writer"], "/reports/").content.decode()
    assert "아직 볼 수 있는 기간이 없습니다." in page


@pytest.mark.parametrize(
    ("name", "published", "draft"),
    [
        ("writer", 200, 404),
        ("head", 200, 404),
        ("strategy", 200, 200),
        ("executive", 200, 200),
        ("operator", 403, 403),
    ],
)
def test_drafts_are_for_the_office_and_managers(client, quarter, people, name, published, draft):
    client.force_login(people[name])
    assert client.get("/reports/pledges/2019-q1.html").status_code == published
    assert client.get("/reports/pledges/2019-q2.html").status_code == draft
    listed = client.get("/reports/")
    assert listed.status_code == (403 if published == 403 else 200)
    assert ("2019-q2" in listed.content.decode()) == (draft == 200)


def test_citizens_are_sent_to_the_login(client, quarter):
    for address in ("/reports/", "/reports/pledges/2019-q1.pdf"):
        assert client.get(address).url.startswith("/login/")


@pytest.mark.parametrize(
    "address",
    [
        "nothing/2019-q1.html",
        "pledges/2031-q1.html",
        "pledges/2019-q1.hwp",
        "pledges/2019-q1.HTML",
        "pledges/2019-q3.html",
    ],
)
def test_what_does_not_exist_is_not_found(client, quarter, people, address):
    Period.objects.create(
        cadence="q",
        year=2019,
        number=3,
        code="2019-q3",
        opens_on=factories.Q2_OPENS,
        due_on=factories.Q2_DUE,
        as_of=factories.Q2_AS_OF,
    )
    response = get(client, people["strategy"], f"/reports/{address}")
    assert response.status_code == 404
    assert "찾는 화면이 없습니다" in response.content.decode()


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("pdf", "application/pdf"),
        ("hwpx", "application/hwp+zip"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_a_file_is_an_attachment_with_a_korean_name_and_is_not_stored(
    client, quarter, people, kind, type_
):
    response = get(client, people["writer"], f"/reports/pledges/2019-q1.{kind}")
    disposition = unquote(response["Content-Disposition"])
    assert response["Content-Type"] == type_
    assert disposition.startswith("attachment")
    assert disposition.endswith(f"논산시_민선7기공약추진상황보고2019년1분기_20190430.{kind}")
    assert response["Cache-Control"] == "no-store"


def test_the_preview_and_the_files_hold_the_same_figures(client, quarter, people):
    client.force_login(people["strategy"])
    page = client.get("/reports/pledges/2019-q2.html").content.decode()
    assert "미공표 · 내부 검토용" in page
    assert "공약이행률: 0.0%" in page
    paper = pypdf.PdfReader(io.BytesIO(client.get("/reports/pledges/2019-q2.pdf").content))
    text = "".join(sheet.extract_text() for sheet in paper.pages).replace("\u2060", "")
    assert "미공표 · 내부 검토용" in text
    assert "공약이행률: 0.0%" in text
    sheets = load_workbook(io.BytesIO(client.get("/reports/pledges/2019-q2.xlsx").content))
    cells = [str(cell.value) for sheet in sheets for row in sheet for cell in row if cell.value]
    assert any("공약이행률: 0.0%" in cell for cell in cells)


def test_the_preview_leads_to_its_parts(client, quarter, people):
    page = get(client, people["strategy"], "/reports/pledges/2019-q1.html").content.decode()
    for anchor in re.findall(r'href="#(doc-\d+)"', page):
        assert f'id="{anchor}"' in page
    assert "style=" not in page


def test_the_cards_come_with_the_other_document(client, quarter, people):
    client.force_login(people["strategy"])
    assert "doc-card" not in client.get("/reports/pledges/2019-q1.html").content.decode()
    page = client.get("/reports/pledges-cards/2019-q1.html").content.decode()
    assert page.count('class="doc-card"') == 3


def test_the_list_costs_the_same_for_many_periods(client, quarter, people):
    client.force_login(people["strategy"])
    client.get("/reports/")
    with CaptureQueriesContext(connection) as few:
        client.get("/reports/")
    for year in range(2020, 2030):
        factories.make_period(people["strategy"], year=year)
    with CaptureQueriesContext(connection) as many:
        client.get("/reports/")
    assert len(many) == len(few)
