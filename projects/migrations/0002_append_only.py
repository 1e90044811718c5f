"""What was published never changes; the database itself refuses anything else."""

from django.db import migrations

from accounts.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]

    operations = [
        append_only("projects_publishedplan"),
        append_only("projects_publishedtask"),
        append_only("projects_publishedproject"),
    ]
