"""Moves and publications are only ever added; the database itself refuses anything else."""

from django.db import migrations

from accounts.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]

    operations = [append_only("reporting_transition"), append_only("reporting_publication")]
