"""What was published never changes; the database itself refuses anything else."""

from django.db import migrations

from accounts.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("pledges", "0002_initial")]

    operations = [
        append_only("pledges_publishedterm"),
        append_only("pledges_publishedpledge"),
    ]
