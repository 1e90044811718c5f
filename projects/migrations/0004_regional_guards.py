"""Steps, changes and moves are only added; a 순도비 project never holds national money."""

from django.db import migrations

from accounts.triggers import append_only
from projects.triggers import no_national_money


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_regional")]

    operations = [
        append_only("projects_socstep"),
        append_only("projects_socchange"),
        append_only("projects_proposalmove"),
        no_national_money(),
    ]
