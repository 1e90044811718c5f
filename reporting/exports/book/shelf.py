"""Printed pieces on disk, named by what they were made of; an unchanged piece is never printed again."""

import os
import time
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from .sheets import Damaged, unpack

FOLDER = "cards"
IDLE_DAYS = 200  # a card unchanged for two quarters is still at hand


class Shelf:
    """The kept pieces of one edition of styles, fonts and printer."""

    def __init__(self, edition, place=None):
        self.edition = edition.encode()
        self.folder = place or folder()

    def key(self, html):
        """Return the name of a piece: what it was made of."""
        return sha256(self.edition + html.encode()).hexdigest()

    def find(self, key):
        """Return the kept sheets, noting that they are in use, or None; damaged ones are None too."""
        path = self._path(key)
        try:
            sheets = unpack(path.read_bytes())
            os.utime(path)
        except (OSError, Damaged):
            return None
        return sheets

    def keep(self, key, content):
        """Put packed sheets in their place, whole or not at all; return them unpacked."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as file:
            file.write(content)
        os.replace(file.name, path)
        return unpack(content)

    def _path(self, key):
        return self.folder / key[:2] / f"{key}.sheets"


def folder():
    """Return the folder of the kept pieces."""
    return Path(settings.MEDIA_ROOT) / FOLDER


def purge(days=IDLE_DAYS):
    """Remove the pieces that no book has used for so many days; return how many."""
    limit, gone = time.time() - days * 24 * 60 * 60, 0
    for path in folder().glob("*/*"):
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
