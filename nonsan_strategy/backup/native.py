"""The database in its own form: SQLite's backup API, PostgreSQL's pg_dump and pg_restore.

Both give the state of one moment while others go on writing; a copied file does not.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from psycopg2.extensions import make_dsn

from . import Refused

FILES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
EMPTIED = ("django_session", "cache")  # logins, and what was typed in them, end with the database
COPY = "backup_copy"
OURS = {"cursor_factory", "client_encoding"}  # words of the driver, not of PostgreSQL's programs


@contextmanager
def snapshot(connection, folder):
    """Write the database's own copy, and yield the alias on which its very rows can be read."""
    path = folder / FILES[connection.vendor]
    if connection.vendor == "sqlite":
        with _copied(connection, path) as alias:
            yield alias
    else:
        with _held(connection) as name:
            _tool(connection, "pg_dump", "-Fc", f"--snapshot={name}", f"--file={path}", *_emptied())
            yield connection.alias


def restore(connection, folder):
    """Put the database's own copy into the configured database, which `schema` has emptied."""
    path = folder / FILES[connection.vendor]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            copy.backup(connection.connection)
        connection.close()
        return
    _tool(connection, "pg_restore", "--exit-on-error", "--single-transaction", str(path))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


# --- SQLite -----------------------------------------------------------------------------------
@contextmanager
def _copied(connection, path):
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    # Through Django, which brings the functions that some constraints call.
    own = DatabaseWrapper({**connection.settings_dict, "NAME": str(path), "OPTIONS": {}}, COPY)
    connections[COPY] = own
    try:
        _tidy(own)
        yield COPY
    finally:
        own.close()
        del connections[COPY]


def _tidy(copy):
    """Leave one whole file without logins; refuse when SQLite finds its pages damaged."""
    with copy.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=DELETE")
        for table in EMPTIED:
            if table in copy.introspection.table_names(cursor):
                cursor.execute(f"DELETE FROM {copy.ops.quote_name(table)}")
        cursor.execute("VACUUM")  # what was deleted must not stay in free pages
        cursor.execute("PRAGMA integrity_check")
        if (found := cursor.fetchone()) != ("ok",):
            raise Refused(f"데이터베이스 파일이 손상되어 있습니다: {found}")
        cursor.execute("PRAGMA foreign_key_check")
        if cursor.fetchone():
            raise Refused("데이터베이스에 가리키는 곳이 없는 행이 있습니다.")


# --- PostgreSQL -------------------------------------------------------------------------------
@contextmanager
def _held(connection):
    """Hold one moment of the database still and yield its name, by which pg_dump sees the same."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def _emptied():
    return [f"--exclude-table-data={table}" for table in EMPTIED]


def program(name):
    """Return the path of PostgreSQL's program, the newest of several; refuse when there is none."""
    newest = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4])
    )
    if newest:
        return str(newest[-1])
    if found := shutil.which(name):
        return found
    raise Refused(f"{name}이(가) 없습니다. postgresql-client를 설치해 주세요.")


def place(connection):
    """Return where the database is, as PostgreSQL's programs read it, and the password apart from it.

    Only what was set: the driver's library is often newer than the programs and knows more words.
    """
    kept = connection.get_connection_params()
    password = kept.pop("password", "")
    named = {k: v for k, v in kept.items() if isinstance(v, str | int) and k not in OURS}
    return make_dsn(**named), password


def _tool(connection, name, *arguments):
    """Run PostgreSQL's program on this database; the password goes by the environment alone."""
    where, password = place(connection)
    done = subprocess.run(
        [program(name), "--no-owner", "--no-privileges", f"--dbname={where}", *arguments],
        env={**os.environ, **({"PGPASSWORD": password} if password else {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise Refused(f"{name}이(가) 실패했습니다(코드 {done.returncode}): {done.stderr[-600:]}")
