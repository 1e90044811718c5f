"""The two logs are only ever added to; the database itself refuses anything else."""

from django.db import migrations

from accounts.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [append_only("accounts_accesschange"), append_only("accounts_accesslog")]
