"""Reading evidence files once by content: what was found is kept masked, the text is not."""

import json
import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction

from ..models import FileScan
from .patterns import Hit, find

VERSION = 1  # raise it when the reader learns more: everything is then read again
SECONDS = 40  # by the clock; the process itself stops after 20 of work
READER = [sys.executable, "-m", "reporting.scan.reader"]
TROUBLE = "너무 크거나 깨져 있어 정해진 시간과 메모리 안에 읽지 못했습니다."


@dataclass(frozen=True)
class ToScan:
    """One file about which a subject asks: where it hangs, its content's digest, how to open it."""

    where: str
    name: str
    sha256: str
    file: object
    link: str = ""

    @property
    def kind(self):
        """Return the ending of the name, which decides how it is read."""
        return self.name.rpartition(".")[2].lower()[:10] if "." in self.name else ""

    @property
    def key(self):
        """Return what a reading is kept under: content, kind and version of the reader."""
        return self.sha256, f"{self.kind}-{VERSION}"


def scans_of(files):
    """Return {key: FileScan} of those that have been read; one query."""
    rows = FileScan.objects.filter(sha256__in={file.sha256 for file in files})
    return {(row.sha256, row.reader): row for row in rows}


def read_all(files):
    """Read what has not been read yet and keep what was found; return how many were read."""
    there = scans_of(files)
    new = {file.key: file for file in files if file.key not in there}
    for file in new.values():
        _keep(file)
    return len(new)


def _keep(file):
    text, unread = read(file)
    found = [[hit.kind, hit.masked, hit.digest] for hit in find(f"{file.name}\n{text}")]
    sha256, reader = file.key
    try:
        with transaction.atomic():
            FileScan.objects.create(
                sha256=sha256, reader=reader, found=found, unread=_shortened(unread)
            )
    except IntegrityError:  # read by somebody else at the same time
        return


def _shortened(unread):
    text = " ".join(unread)
    return text if len(text) <= 200 else f"{text[:190]} …"


def read(file):
    """Return (text, sentences on what could not be read) of one file, by a process under limits."""
    try:
        with file.file.storage.open(file.file.name) as stream:
            content = stream.read()
    except OSError:
        return "", ["파일이 저장소에 없습니다."]
    return read_bytes(file.kind, content)


def read_bytes(kind, content):
    """Return (text, sentences on what could not be read) of a file's bytes."""
    try:
        done = subprocess.run(
            [*READER, kind],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            cwd=settings.BASE_DIR,
            env={"PYTHONPATH": str(settings.BASE_DIR), "PATH": "/usr/bin:/bin"},
            check=False,
        )
        told = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        told = None
    return (told["text"], told["unread"]) if told else ("", [TROUBLE])


def hits_of(scan):
    """Return the `Hit`s that a reading kept."""
    return [Hit(*row) for row in scan.found]
