"""Files to take away: their names, types from our own list, the answer that carries them."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename

OFFICE = "논산시"
OOXML = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "csv": "text/csv",
    "docx": f"{OOXML}.wordprocessingml.document",
    "hwp": "application/x-hwp",
    "hwpx": "application/hwp+zip",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": f"{OOXML}.presentationml.presentation",
    "txt": "text/plain; charset=utf-8",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{OOXML}.spreadsheetml.sheet",
    "zip": "application/zip",
}


def filename(subject, as_of, kind, variant=""):
    """Return `논산시_공약추진상황_20190430.xlsx`, the form of public data (domain.md §9.6).

    A variant (`cp949`) stands last, so that two files of the same rows have two names.
    """
    parts = [OFFICE, subject.replace(" ", ""), f"{as_of:%Y%m%d}" if as_of else "", variant]
    return get_valid_filename("_".join(filter(None, parts)) + f".{kind}")


def download(content, name, kind):
    """Return the bytes as an attachment of a type from our list; an unknown kind is a KeyError."""
    return HttpResponse(
        content,
        content_type=TYPES[kind],
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )
