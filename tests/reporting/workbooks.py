"""Taking a department's sheet, changing cells in it as a spreadsheet would, and bringing it back."""

import html
import io
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from reporting.models import Upload

NAME = "입력표.xlsx"


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def take(user, code="2019-q2"):
    """Return the workbook of this person's department, as bytes."""
    answer = client_of(user).get(reverse("reporting:sheet", args=[code]))
    assert answer.status_code == 200
    return answer.content


def opened(content):
    return load_workbook(io.BytesIO(content))


def packed(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def place(page, number, header, ids=1):
    """Return the cell under a heading in the row of a number (`1-1`, or `1-1#2` of a step)."""
    heads = {cell.value: cell.column for cell in page[3]}
    for row in range(4, page.max_row + 1):
        name = "#".join(str(page.cell(row, at + 1).value) for at in range(ids))
        if name == number:
            return page.cell(row, heads[header])
    raise LookupError(number)


def filled(content, values, steps=()):
    """Return the workbook with {(number, heading): value} written into 공약, and so for 이행절차."""
    book = opened(content)
    for (number, header), value in dict(values).items():
        place(book["공약"], number, header).value = value
    for (number, header), value in dict(steps).items():
        place(book["이행절차"], number, header, ids=2).value = value
    return packed(book)


def bring(user, content, name=NAME):
    """Send a file by the page; return (answer, the upload or None)."""
    file = SimpleUploadedFile(name, content, "application/octet-stream")
    answer = client_of(user).post(reverse("reporting:upload"), {"file": file})
    if answer.status_code != 302:
        return answer, None
    key = re.search(r"/desk/upload/([0-9a-f-]{36})/", answer.url)[1]
    return client_of(user).get(answer.url), Upload.objects.get(key=key)


def confirm(user, upload):
    return client_of(user).post(reverse("reporting:upload-confirm", args=[upload.key]))


def result(user, upload):
    """Return the workbook handed back."""
    answer = client_of(user).get(reverse("reporting:upload-result", args=[upload.key]))
    assert answer.status_code == 200
    return opened(answer.content)


def words(answer):
    """Return a page's text without its tags."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))
