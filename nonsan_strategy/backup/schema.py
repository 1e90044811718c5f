"""The database as its migrations left it: which were applied, which tables that means, how to empty it."""

from django.db import transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from . import Refused

LEFT_OUT = {"sessions.session"}  # logins and what was typed in them end with the database
# What may hold rows in a database that was only migrated, or holds nothing worth keeping.
BY_MIGRATIONS = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "django_session",
    "cache",
    "reporting_publicmark",
}


def applied(connection):
    """Return the applied migrations as sorted [app, name]; empty for a database without tables."""
    return sorted(list(key) for key in MigrationRecorder(connection).applied_migrations())


def pending(connection):
    """Return the names of migrations that this code has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def must_know(migrations):
    """Raise `Refused` when some migration is not one of this code's: the backup is newer."""
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    newer = [f"{app}.{name}" for app, name in migrations if (app, name) not in known]
    if newer:
        raise Refused(
            "이 프로그램보다 새로운 백업입니다. 프로그램을 먼저 올려 주세요. "
            f"모르는 변경: {', '.join(newer[:5])}"
        )


def models_at(migrations):
    """Return the models as these migrations made them, one per table, those of many-to-many too."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    state = loader.project_state(_last(loader.graph, migrations))
    return sorted(
        (
            model
            for model in state.apps.get_models(include_auto_created=True)
            if model._meta.managed
            and not model._meta.proxy
            and model._meta.label_lower not in LEFT_OUT
        ),
        key=lambda model: model._meta.db_table,
    )


def _last(graph, migrations):
    """Return the migrations that no other of the same app stands on."""
    keys = {tuple(key) for key in migrations} & set(graph.nodes)
    return sorted(
        key
        for key in keys
        if not any(
            child.key in keys and child.key[0] == key[0] for child in graph.node_map[key].children
        )
    )


def is_empty(connection):
    """Say whether nobody has put anything into this database yet."""
    tables = set(connection.introspection.table_names()) - BY_MIGRATIONS
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
            if cursor.fetchone():
                return False
    return True


def drop_everything(connection):
    """Take all tables of the database away, and on PostgreSQL our functions; all or nothing."""
    connection.disable_constraint_checking()
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cascade = " CASCADE" if connection.vendor == "postgresql" else ""
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}{cascade}")
            if connection.vendor == "postgresql":
                _drop_functions(cursor)
    finally:
        connection.enable_constraint_checking()


def _drop_functions(cursor):
    """Drop the functions of our schema that no extension brought."""
    cursor.execute(
        "SELECT p.oid::regprocedure FROM pg_proc p "
        "WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS "
        "(SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    )
    for (function,) in cursor.fetchall():
        cursor.execute(f"DROP FUNCTION {function} CASCADE")


def migrate_to(connection, migrations):
    """Make the tables of exactly these migrations in an empty database."""
    executor = MigrationExecutor(connection)
    executor.migrate(_last(executor.loader.graph, migrations))
