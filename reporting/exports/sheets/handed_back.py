"""What became of a workbook, row by row, written into that very workbook."""

from collections import defaultdict
from pathlib import Path

from reporting.imports.process import run
from reporting.imports.zips import MB

CHILD = Path(__file__).with_name("verdict.py")
MEMORY, SECONDS = 1024 * MB, 40  # of address space, of CPU


def handed_back(upload, judged):
    """Return the workbook with a verdict per row and errors tinted; None where it could not be written."""
    with upload.file.open("rb") as file:
        content = file.read()
    asked = {"memory": MEMORY, "seconds": SECONDS, "sheets": verdicts(upload, judged)}
    return run(CHILD, asked, content, seconds=SECONDS)


def verdicts(upload, judged):
    """Return {worksheet: {head, column, verdicts: {row: (word, sentence)}, bad: [cell]}}."""
    changed, errors = _changed(upload, judged), defaultdict(list)
    for sheet, row, ref, sentence in judged.errors if judged else ():
        errors[sheet, row].append((ref, sentence))
    found = {}
    for sheet, (head, column) in upload.found["ends"].items():
        rows = {row for title, row, *_ in upload.found["rows"] if title == sheet}
        rows |= {row for title, row in errors if title == sheet and row > head}
        found[sheet] = {
            "head": head,
            "column": column,
            "verdicts": {
                row: _verdict(
                    upload, (sheet, row) in changed, errors.get((sheet, row)), bool(errors)
                )
                for row in sorted(rows)
            },
            "bad": [
                ref for (title, row), e in errors.items() if title == sheet for ref, _ in e if ref
            ],
        }
    return found


def _changed(upload, judged):
    """Return {(worksheet, row)} of the rows with cells that are, or would be, written."""
    if upload.applied_at:
        cells = {(int(pk), place) for pk, places in upload.written.items() for place in places}
    else:
        cells = {(cell.change.submission, cell.place) for cell in judged.cells}
    at = {(row[2], row[3], row[4]): (row[0], row[1]) for row in upload.found["rows"]}
    found = set()
    for table, submission, key, _, _, ref, _ in upload.found["changes"]:
        sheet, row = at[table, submission, key]
        if (submission, f"{sheet} {ref}") in cells:
            found.add((sheet, row))
    return found


def _verdict(upload, changed, errors, any_error):
    if errors:
        return "오류", "오류: " + " ".join(
            f"{ref}: {text}" if ref else text for ref, text in errors
        )
    if not changed:
        return "그대로", "그대로"
    if upload.applied_at:
        return "반영", "반영"
    if any_error:
        return "보류", "반영 안 함 (다른 칸에 오류가 있어 아무것도 반영하지 않음)"
    return "반영", "반영 예정 (화면에서 확인하면 반영)"
