"""Backup and restore: the database twice (its own way and row by row), the files, a manifest of hashes.

make.py writes one folder or one .tar; restore.py reads it back and proof.py shows that all is there.
"""


class Refused(Exception):
    """A sentence in Korean on why nothing was done, or what is not as it should be."""
