"""Sheets and documents: Excel out against a bare writer, PDF against as many empty pages."""

import io
import json
import time

from openpyxl import Workbook, load_workbook
from pypdf import PdfReader
from weasyprint import HTML

from pledges.documents import full_report_document, report_document
from reporting.exports.pdf import pdf
from reporting.models import Period

from . import people
from .client import Connection, get
from .pages import spent
from .servers import manage

SHEETS = {"list.xlsx": "/pledges/?format=xlsx", "report.xlsx": "/reports/pledges/2019-q1.xlsx"}


def excel_out(site):
    """Yield the sheets of the list and of the report against openpyxl writing the same cells."""
    cookie = people.reviewer()
    for name, path in SHEETS.items():
        mine = "" if name == "list.xlsx" else cookie
        asked = [get(site.unlike(path), mine) for _ in range(max(12, site.many // 10))]
        floor, cells = _bare(_body(site.port, asked[0]))
        (value,) = spent(site.pids, site.port, asked)
        yield site.figure(
            f"excel out, {name}",
            value,
            floor="openpyxl, the same cells",
            floor_value=floor,
            note=f"{cells} cells",
        )


def _body(port, request):
    line = Connection(port)
    try:
        status, head, body = line.ask(request)
    finally:
        line.close()
    if status != 200:
        raise RuntimeError(head[:300])
    return body


def _bare(content):
    """Return (CPU ms of writing these cells without any style, number of cells)."""
    book = load_workbook(io.BytesIO(content), read_only=True)
    sheets = [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book]
    took = min(_cpu_of(lambda: _written(sheets)) for _ in range(5))
    return took, sum(len(row) for sheet in sheets for row in sheet)


def _written(sheets):
    book = Workbook(write_only=True)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(io.BytesIO())


def _cpu_of(work):
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def documents(site):
    """Yield the PDF of the report (some 10 pages) and of the whole book (some 100)."""
    period = Period.objects.get(code="2019-q1")
    for name, build in (("report", report_document), ("book", full_report_document)):
        content = None

        def made(build=build):
            nonlocal content
            content = pdf(build(period))

        took = _cpu_of(made)
        pages = len(PdfReader(io.BytesIO(content)).pages)
        blank = "<p style='break-after: page'>쪽</p>" * pages
        yield site.figure(
            f"pdf, {name}, {pages} pages",
            took,
            floor="WeasyPrint, as many pages of one word",
            floor_value=min(_cpu_of(HTML(string=blank).write_pdf) for _ in range(2)),
            note="CPU of one process",
        )


def by_command(site, url):
    """Yield a sheet of 5,000 rows brought in, and the book of all cards, as their own commands measure them."""
    sheet = json.loads(manage(url, "measure_sheet"))
    yield site.figure(
        f"excel in, {sheet['rows']} rows with difference and history",
        sheet["total"],
        unit="cpu s",
        floor="openpyxl, reading the same sheet",
        floor_value=sheet["floor"],
        note=f"read {sheet['read']}, diff {sheet['diff']}, write {sheet['write']}; aim: 3 s of CPU",
    )
    book = json.loads(manage(url, "measure_book", "--runs", "2"))
    changed = f"{book['changed']} of {book['cards']} cards changed"
    for name, key, aim in (("nothing kept", "cold", 0.5), (changed, "warm", None)):
        yield site.figure(
            f"book of {book['cards']} cards, {name}",
            book["best"][key],
            unit="wall s",
            floor="one plain WeasyPrint run of the same document",
            floor_value=book["best"]["plain"],
            aim=aim,
            note=f"{book['processes']} processes",
        )
