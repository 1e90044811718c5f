"""The table that login limits are counted in comes with the others, so that `migrate` is enough."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """Create the cache table unless it is there."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_say_it_in_korean")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
