"""Measure what a department's sheet of many rows costs: reading, comparing, writing with history.

`manage.py measure_sheet [rows]` prints one JSON object: four cells of every pledge change. `--whole` adds
money and steps, which are rows of tables of their own, so three times as much history. It works in one
transaction that is rolled back and on a file that it deletes, in a demo or a developer's database only.
"""

import datetime
import io
import json
import resource
import time

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from openpyxl import load_workbook

from accounts.models import Department, Role, User
from reporting import clock, uploads
from reporting.actions import create_period, open_period
from reporting.cells.tables import rows_of, tables_of
from reporting.cells.writing import REASON
from reporting.exports.sheets.entry import FIRST, HEAD, entry_sheet
from reporting.models import Period

from ...models import Milestone, Pledge, PledgeField, PledgeReport, Term

YEAR = 2077  # a term that no real one meets
TEXT = "주민설명회를 열고 실시설계를 마쳤으며 토지 보상 협의를 시작함. "


class Command(BaseCommand):
    """Print CPU seconds of every step, child processes included."""

    help = "부서 엑셀(기본 5,000줄)을 읽고 견주고 반영하는 데 드는 CPU 시간을 잽니다. 아무것도 남기지 않습니다."

    def add_arguments(self, parser):
        """Take how many rows."""
        parser.add_argument("rows", nargs="?", type=int, default=5000)
        parser.add_argument("--whole", action="store_true", help="집행과 이행절차도 적습니다.")

    def handle(self, *args, rows, whole, **options):
        """Measure and print."""
        if not (settings.DEMO or settings.DEBUG or settings.TESTING):
            raise CommandError("운영 자료에서는 재지 않습니다. DEMO=1에서 실행해 주세요.")
        self.stdout.write(json.dumps(measure(rows, whole=whole)))


def measure(rows=5000, *, whole=False):
    """Return {"read", "diff", "write", "total", "floor"} in CPU seconds, and how many rows and cells were written.

    The floor is openpyxl alone reading every cell of the same file.
    """
    day = datetime.date(YEAR, 7, 3)
    with transaction.atomic(), clock.on_day(day):
        person, period = _stage(rows, steps=whole)
        file = ContentFile(_filled(person, period, whole), name="measured.xlsx")
        try:
            return {**_timed(file, person, rows), "floor": round(_cost(lambda: _bare(file))[0], 2)}
        finally:
            transaction.set_rollback(True)


def _timed(file, person, rows):
    found, upload = {}, None
    try:
        found["read"], upload = _cost(lambda: uploads.receive(file, by=person))
        found["diff"], judged = _cost(lambda: uploads.judged(upload))
        found["write"], upload = _cost(lambda: uploads.confirm(upload, by=person))
    finally:
        if upload:
            upload.file.storage.delete(upload.file.name)
    total = round(sum(found.values()), 2)
    written = PledgeReport.history.filter(
        history_change_reason=REASON, submission__period=upload.period
    ).count()
    return {
        **{name: round(cost, 2) for name, cost in found.items()},
        "total": total,
        "rows": rows,
        "cells": len(judged.cells),
        "history": written,
        "errors": len(judged.errors),
    }


def _bare(file):
    """Read every cell of a workbook and do nothing with it."""
    file.seek(0)
    book = load_workbook(io.BytesIO(file.read()), read_only=True)
    return sum(len(row) for page in book for row in page.iter_rows(values_only=True))


def _cost(job):
    """Return (CPU seconds of this process and its children, what the job returned)."""
    before = _spent()
    result = job()
    return _spent() - before, result


def _spent():
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime


def _stage(rows, *, steps):
    """Return a writer and an open period of a department with so many pledges, one step each if asked."""
    department = Department.objects.create(name="(측정) 부서")
    person = User.objects.create(
        username="measured-writer", department=department, role=Role.STRATEGY
    )
    term = Term.objects.create(
        no=99,
        name="(측정)",
        programme="(측정)",
        starts_on=datetime.date(YEAR - 1, 7, 1),
        ends_on=datetime.date(YEAR + 3, 6, 30),
    )
    field = PledgeField.objects.create(term=term, order=1, name="(측정)")
    pledges = Pledge.objects.bulk_create(
        Pledge(
            term=term,
            field=field,
            serial=n,
            number=f"1-{n}",
            title=f"(측정) 공약 {n}",
            lead_department=department,
        )
        for n in range(1, rows + 1)
    )
    Milestone.objects.bulk_create(
        Milestone(pledge=pledge, order=1, title="기본계획") for pledge in pledges if steps
    )
    days = [datetime.date(YEAR, *day) for day in ((7, 1), (7, 10), (6, 30))]
    period = Period(
        cadence="q", year=YEAR, number=2, opens_on=days[0], due_on=days[1], as_of=days[2]
    )
    open_period(create_period(period, by=person), by=person)
    return person, Period.objects.get(pk=period.pk)


def _filled(person, period, whole):
    """Return the department's sheet filled in, every row of it."""
    submissions = uploads.sheet_submissions(person, period)
    rows = rows_of(submissions, last=True)
    book = load_workbook(
        io.BytesIO(entry_sheet(period, person.department, tables_of(period), rows))
    )
    values = {
        "이행상태": lambda n: "정상추진",
        "추진율(%)": lambda n: n % 101,
        "추진실적": lambda n: TEXT * 3 + str(n),
        "향후계획": lambda n: TEXT + str(n),
    }
    if whole:
        values |= {"올해 집행 시비(백만원)": lambda n: n, "완료": lambda n: "2077. 6."}
    for page in book.worksheets[:2]:
        heads = {cell.value: cell.column for cell in page[HEAD]}
        for name in set(heads) & set(values):
            for row in range(FIRST, page.max_row + 1):
                page.cell(row, heads[name]).value = values[name](row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
