"""Sheets and documents: Excel out against a bare writer, PDF against as many empty pages."""

import io
import json
import time

from django.core.management import get_commands
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
# Measured by commands of their own, each printing JSON lines; asked only where the site has them.
COMMANDS = {"excel in": "measure_sheet", "book": "measure_book"}


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
    """Yield what the site's own measuring commands say, or that there is none."""
    for figure, command in COMMANDS.items():
        if command not in get_commands():
            yield {"figure": figure, "times": site.times, "skipped": f"no command {command}"}
            continue
        for line in manage(url, command).splitlines():
            yield {"times": site.times, "database": site.database, **json.loads(line)}
