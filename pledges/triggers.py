"""The database's own lock on the wording of pledges, in the words of SQLite and of PostgreSQL."""

from django.db import migrations

TABLE = "pledges_pledge"
NAME = "pledges_pledge_wording"
SENTENCE = "공약의 문안은 조정 절차로만 바뀝니다"
LOCKED = ("title", "content", "final_goal", "is_active")


def wording_is_locked():
    """Return a reversible migration operation that lets only a decided adjustment change a wording.

    An UPDATE of title, content, goal or being managed passes if the same statement sets `wording_by`
    anew, to an adjustment of the mayor's decision. A blank election wording may be filled in once.
    On SQLite a later migration that alters the table rebuilds it and loses the trigger: repeat the
    operation at its end (tests/pledges/test_wording_lock.py notices when it was forgotten). A later
    migration that alters `pledges_adjustment` there begins with `wording_is_free()`, or SQLite stops it.
    """
    return migrations.RunPython(_guard, _free)


def wording_is_free():
    """Return the operation that takes the lock away for the rest of a migration."""
    return migrations.RunPython(_free, _guard)


def guard(vendor):
    """Return the statements that lock the wording; the refusal is an IntegrityError."""
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger AS $$ BEGIN "
            f"IF {_unlawful('IS DISTINCT FROM', 'IS NOT DISTINCT FROM')} THEN "
            f"RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$ "
            "LANGUAGE plpgsql",
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {NAME}()",
        ]
    return [
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} WHEN {_unlawful('IS NOT', 'IS')} "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    ]


def free(vendor):
    """Return the statements that take the lock away again."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}", f"DROP FUNCTION IF EXISTS {NAME}()"]
    return [f"DROP TRIGGER IF EXISTS {NAME}"]


def _unlawful(differs, same):
    """Return the condition of a refusal; the two words compare values that may be NULL."""
    touched = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in LOCKED)
    rewritten = "(OLD.election_wording <> '' AND NEW.election_wording <> OLD.election_wording)"
    decided = (
        "EXISTS (SELECT 1 FROM pledges_adjustment a "
        "WHERE a.id = NEW.wording_by_id AND a.state = 'decided')"
    )
    return (
        f"{rewritten} OR (({touched}) AND "
        f"(NEW.wording_by_id {same} OLD.wording_by_id OR NOT {decided}))"
    )


def _guard(apps, schema_editor):
    for statement in free(schema_editor.connection.vendor) + guard(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def _free(apps, schema_editor):
    for statement in free(schema_editor.connection.vendor):
        schema_editor.execute(statement)
