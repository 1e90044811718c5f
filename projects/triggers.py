"""The database's own word that a 순도비 project takes no national money, for SQLite and PostgreSQL."""

from django.db import migrations

NAME = "no_national_money"
SENTENCE = "순도비사업에는 국비를 넣을 수 없습니다"
_MONEY = "COALESCE({0}.planned, 0) + COALESCE({0}.secured, 0) + COALESCE({0}.spent, 0) > 0"
# table: what of a new row (NEW) breaks the rule; the three sides of it, so that no order of writing passes.
BROKEN = {
    "projects_funding": (
        f"NEW.source = 'national' AND {_MONEY.format('NEW')} AND EXISTS (SELECT 1 "
        "FROM projects_balancedproject b WHERE b.project_id = NEW.project_id "
        "AND b.fund_group = 'province')"
    ),
    "projects_fundingstep": (
        "NEW.source = 'national' AND NEW.amount > 0 AND EXISTS (SELECT 1 "
        "FROM projects_balancedproject b WHERE b.id = NEW.district_id "
        "AND b.fund_group = 'province')"
    ),
    "projects_balancedproject": (
        "NEW.fund_group = 'province' AND (EXISTS (SELECT 1 FROM projects_funding f "
        "WHERE f.project_id = NEW.project_id AND f.source = 'national' "
        f"AND {_MONEY.format('f')}) OR EXISTS (SELECT 1 FROM projects_fundingstep s "
        "WHERE s.district_id = NEW.id AND s.source = 'national' AND s.amount > 0))"
    ),
}


def no_national_money():
    """Return a reversible migration operation that refuses national money for a 순도비 project.

    On SQLite a later migration that alters one of the tables rebuilds it and loses its triggers:
    repeat the operation at its end (tests/projects/test_balanced.py notices when it was forgotten).
    """
    return migrations.RunPython(_guard, _free)


def guard(table, vendor):
    """Return the statements that hold the rule on one table; the refusal is an IntegrityError."""
    name, broken = f"{table}_{NAME}", BROKEN[table]
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN IF {broken} THEN "
            f"RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$ "
            "LANGUAGE plpgsql",
            f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return [
        f"CREATE TRIGGER {name}_{verb.lower()} BEFORE {verb} ON {table} WHEN {broken} "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        for verb in ("INSERT", "UPDATE")
    ]


def free(table, vendor):
    """Return the statements that take the rule of one table away again."""
    name = f"{table}_{NAME}"
    if vendor == "postgresql":
        return [
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"DROP FUNCTION IF EXISTS {name}()",
        ]
    return [f"DROP TRIGGER IF EXISTS {name}_{verb}" for verb in ("insert", "update")]


def _guard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in BROKEN:
        for statement in free(table, vendor) + guard(table, vendor):
            schema_editor.execute(statement)


def _free(apps, schema_editor):
    for table in BROKEN:
        for statement in free(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)
