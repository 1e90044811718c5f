"""Database triggers that keep a table append-only, in the words of SQLite and of PostgreSQL."""

from functools import partial

from django.db import migrations

SENTENCE = "덧붙이기만 하는 표입니다"
VERBS = ("UPDATE", "DELETE")


def append_only(table):
    """Return a reversible migration operation that lets nobody change or delete rows of `table`.

    On SQLite a later migration that alters the table rebuilds it and loses the triggers: repeat
    the operation at its end (tests/accounts/test_append_only.py notices when it was forgotten).
    """
    return migrations.RunPython(partial(_guard, table), partial(_free, table))


def guard(table, vendor, verbs=VERBS):
    """Return the statements that refuse `verbs` on `table`; the refusal is an IntegrityError."""
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger AS $$ BEGIN "
            f"RAISE EXCEPTION '{SENTENCE}: {table}' USING ERRCODE = '23000'; END $$ "
            "LANGUAGE plpgsql",
            f"CREATE TRIGGER {table}_append_only BEFORE {' OR '.join(verbs)} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
        ]
    return [
        f"CREATE TRIGGER {_name(table, verb)} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}: {table}'); END"
        for verb in verbs
    ]


def free(table, vendor, verbs=VERBS):
    """Return the statements that take the guard of `table` away again."""
    if vendor == "postgresql":
        return [
            f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}",
            f"DROP FUNCTION IF EXISTS {table}_append_only()",
        ]
    return [f"DROP TRIGGER IF EXISTS {_name(table, verb)}" for verb in verbs]


def _name(table, verb):
    return f"{table}_no_{verb.lower()}"


def _guard(table, apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in free(table, vendor) + guard(table, vendor):
        schema_editor.execute(statement)


def _free(table, apps, schema_editor):
    for statement in free(table, schema_editor.connection.vendor):
        schema_editor.execute(statement)
