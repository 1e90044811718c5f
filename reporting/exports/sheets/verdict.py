"""The very workbook that was brought, with a last column "결과" and errors tinted; runs as a child process.

openpyxl takes a whole workbook into memory, so it does that under the limits of a process of its own.
"""

import io
import json
import resource
import sys

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

TITLE = "결과"
RED = PatternFill("solid", start_color="F9D2D0")
GREEN = PatternFill("solid", start_color="DDF3E4")
MIDDLE = Alignment(vertical="center", wrap_text=True)
LONG = 60


def limit(memory, seconds):
    """Bind this process: bytes of memory, seconds of CPU, bytes of the files that openpyxl writes on its way."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (memory, memory))


def judge(page, head, column, verdicts, bad):
    """Write one worksheet's column of verdicts and tint the cells in error."""
    top = page.cell(head, column, TITLE)
    top.font, top.alignment = Font(bold=True), MIDDLE
    page.column_dimensions[get_column_letter(column)].width = LONG
    for row, (word, sentence) in verdicts.items():
        cell = page.cell(int(row), column)
        cell.value, cell.data_type, cell.alignment = sentence, "s", MIDDLE
        cell.fill = RED if word == "오류" else GREEN if word == "반영" else PatternFill()
    for ref in bad:
        for line in page[ref] if ":" in ref else [[page[ref]]]:
            line[0].fill = RED


def main():
    """Read the verdicts' line and the workbook from stdin, write the workbook."""
    asked = json.loads(sys.stdin.buffer.readline())
    limit(asked["memory"], asked["seconds"])
    book = load_workbook(io.BytesIO(sys.stdin.buffer.read()), keep_links=False)
    for name, sheet in asked["sheets"].items():
        if name in book.sheetnames:
            judge(book[name], sheet["head"], sheet["column"], sheet["verdicts"], sheet["bad"])
    out = io.BytesIO()
    book.save(out)
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main()
