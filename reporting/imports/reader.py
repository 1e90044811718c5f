"""A workbook from outside as plain cells: inspected as a zip, then read by a child process under limits."""

import json
from pathlib import Path

from .process import run
from .zips import MB, SHEET, Unsafe, inspect

CHILD = Path(__file__).with_name("child.py")
NEEDS = ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
ROWS, COLUMNS, CELLS = 12_000, 200, 250_000
MEMORY, SECONDS = 512 * MB, 8  # of address space, of CPU
BROKEN = "엑셀 파일로 읽을 수 없습니다. 엑셀이나 한셀에서 .xlsx로 다시 저장해 주세요."


def read(file, *, memory=MEMORY, limits=SHEET):
    """Return [{name, rows: [[number, {column: cell}]], merged}], or raise `Unsafe` with a sentence.

    Cells are as `child.py` prints them; columns are numbers as text.
    """
    inspect(file, limits=limits, needs=NEEDS)
    most = {"rows": ROWS, "columns": COLUMNS, "cells": CELLS, "memory": memory, "seconds": SECONDS}
    content = file.read()
    file.seek(0)
    printed = run(CHILD, most, content, seconds=SECONDS)
    answer = json.loads(printed) if printed else {"broken": "child"}
    if "sheets" in answer:
        return answer["sheets"]
    if "too_much" in answer:
        where = answer["too_much"]
        raise Unsafe(f"{where}. {ROWS:,}행, {COLUMNS}열까지만 읽습니다. 그 값을 지워 주세요.")
    raise Unsafe("파일을 여는 데 기억 공간이 너무 많이 듭니다." if "memory" in answer else BROKEN)
