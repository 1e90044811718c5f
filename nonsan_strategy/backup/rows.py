"""Every table row by row, in a form that neither database owns: JSON lines, and a digest over them.

The digest adds up the hashes of the rows, so it does not hang on the order in which a database sorts.
"""

import base64
import datetime
import decimal
import gzip
import hashlib
import json
import uuid
from itertools import islice

from django.core.management.color import no_style
from django.db import models, transaction
from django.utils.duration import duration_iso_string

FOLDER = "rows"
MOST_VALUES = 900  # SQLite's oldest limit of values in one statement


class Tally:
    """The number of rows of a table and the digest of what they say."""

    def __init__(self):
        self.rows, self.sum = 0, 0

    def add(self, line):
        """Count one row in its written form."""
        self.rows += 1
        self.sum = (self.sum + int.from_bytes(hashlib.sha256(line).digest())) % 2**256

    def found(self):
        """Return what the manifest keeps."""
        return {"rows": self.rows, "digest": f"{self.sum:064x}"}


def columns(model):
    """Return the fields of the model's own table."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def lines(model, alias):
    """Yield every row of a table in its written form, in the order of its key."""
    names = [field.attname for field in columns(model)]
    rows = model._base_manager.using(alias).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=500):
        yield json.dumps(
            [_written(value) for value in row],
            ensure_ascii=False,
            sort_keys=True,  # PostgreSQL keeps the keys of JSON in an order of its own
            separators=(",", ":"),
        ).encode()


def _written(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return duration_iso_string(value)
    if isinstance(value, decimal.Decimal):
        return f"{value:f}"
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value


def tally(model, alias):
    """Return rows and digest of a table as it stands."""
    counted = Tally()
    for line in lines(model, alias):
        counted.add(line)
    return counted.found()


def write(folder, found, alias):
    """Write every table into `folder`/rows and return {table: rows and digest}."""
    (folder / FOLDER).mkdir(parents=True)
    return {model._meta.db_table: _write_table(folder, model, alias) for model in found}


def _write_table(folder, model, alias):
    counted = Tally()
    with gzip.open(_path(folder, model), "wb", compresslevel=6) as file:
        file.write(json.dumps([field.column for field in columns(model)]).encode() + b"\n")
        for line in lines(model, alias):
            counted.add(line)
            file.write(line + b"\n")
    return counted.found()


def _path(folder, model):
    return folder / FOLDER / f"{model._meta.db_table}.jsonl.gz"


def load(folder, found, connection):
    """Put all rows into the empty tables, all or nothing; foreign keys are looked at when all are in.

    The triggers of append-only tables refuse a change and a deletion, not a new row.
    """
    with transaction.atomic(using=connection.alias):
        _empty(found, connection)
        for model in found:
            _load_table(folder, model, connection)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), found):
                cursor.execute(statement)
        connection.check_constraints()


def _empty(found, connection):
    """Take away the few rows that migrations put in by themselves."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            tables = ", ".join(connection.ops.quote_name(m._meta.db_table) for m in found)
            cursor.execute(f"TRUNCATE {tables} CASCADE")
            return
        for model in found:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def _load_table(folder, model, connection):
    fields = {field.column: field for field in columns(model)}
    with gzip.open(_path(folder, model), "rb") as file, connection.cursor() as cursor:
        ordered = [fields[column] for column in json.loads(next(file))]
        head = _insert(model, ordered, connection)
        place = f"({', '.join(['%s'] * len(ordered))})"
        while some := list(islice(file, max(1, MOST_VALUES // len(ordered)))):
            values = [
                _stored(field, value, connection)
                for line in some
                for field, value in zip(ordered, json.loads(line), strict=True)
            ]
            cursor.execute(f"{head} VALUES {', '.join([place] * len(some))}", values)


def _insert(model, fields, connection):
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    return f"INSERT INTO {quote(model._meta.db_table)} ({names})"


def _stored(field, value, connection):
    """Return a written value as this database stores it; nothing is computed anew (auto_now)."""
    if not isinstance(field, models.JSONField):
        return field.get_db_prep_save(field.to_python(value), connection)
    if value is None and not field.null:
        return field.get_db_prep_value(value, connection)  # the word null in JSON
    return field.get_db_prep_save(value, connection)
