"""`manage.py measure_book pledges-cards 2019-q1`: how long the book takes beside one plain run, as JSON."""

import json
import os
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management.base import BaseCommand, CommandError

from reporting import documents as d
from reporting.exports import book, pdf
from reporting.models import Period
from reporting.reports import all_reports


class Command(BaseCommand):
    """Print wall seconds of (a) one plain WeasyPrint run, (b) a cold book, (c) a book with some cards changed."""

    help = "긴 문서를 한 번에 인쇄할 때와 조각으로 나누어 묶을 때의 시간을 잽니다."

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", default="pledges-cards")
        parser.add_argument("code", nargs="?", default="2019-q1")
        parser.add_argument("--runs", type=int, default=1)
        parser.add_argument("--changed", type=int, default=3, help="다시 만들 카드 수")
        parser.add_argument("--processes", type=int, default=os.cpu_count())

    def handle(self, *, name, code, runs, changed, processes, **options):
        period = Period.objects.filter(code=code).first()
        report = all_reports().get(name)
        if period is None or report is None:
            raise CommandError(f"그런 보고서나 기간이 없습니다: {name} {code}")
        document = report.build(period)
        found = [_measure(document, changed, processes) for _ in range(runs)]
        best = {key: min(run[key] for run in found) for key in ("plain", "cold", "warm")}
        facts = {
            "cards": sum(isinstance(block, d.Card) for block in document.blocks),
            "changed": changed,
            "processes": processes,
            "runs": found,
            "best": best,
            "cold_ratio": round(best["cold"] / best["plain"], 3),
            "warm_ratio": round(best["warm"] / best["plain"], 3),
        }
        self.stdout.write(json.dumps(facts, ensure_ascii=False))


def _measure(document, changed, processes):
    with TemporaryDirectory() as folder:
        place = Path(folder)
        plain, content = _timed(lambda: pdf.pdf(document))
        cold, first = _timed(lambda: book.make(document, folder=place, processes=processes))
        other = _change(document, changed)
        warm, second = _timed(lambda: book.make(other, folder=place, processes=processes))
    return {
        "plain": plain,
        "cold": cold,
        "warm": warm,
        "pages": first.pages,
        "bytes": {"plain": len(content), "book": len(first.content)},
        "printed": {"cold": first.printed, "warm": second.printed},
        "load": os.getloadavg()[0],
    }


def _timed(work):
    start = time.monotonic()
    result = work()
    return round(time.monotonic() - start, 2), result


def _change(document, count):
    """Return the document with a note more in so many cards."""
    blocks, left = [], count
    for block in document.blocks:
        blocks.append(block)
        if isinstance(block, d.Card) and left:
            blocks.append(d.Note("고친 카드"))
            left -= 1
    return replace(document, blocks=blocks)
