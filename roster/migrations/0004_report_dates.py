"""Late after the due day, and whether a report's days are working days: two more rules that no source fixes."""

from datetime import date

import roster.models.books
from django.db import migrations, models

RECORDS_BEGIN = date(2020, 1, 1)
DEFAULTS = {"report_late_days": 0, "report_in_working_days": 0}


def fill(apps, schema_editor):
    policy = apps.get_model("roster", "Policy")
    policy.objects.bulk_create(
        policy(key=key, value=value, starts_on=RECORDS_BEGIN, basis="Mặc định của chương trình")
        for key, value in DEFAULTS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("roster", "0003_default_policies")]
    operations = [
        migrations.AlterField(
            "policy", "key", models.CharField("quy định", choices=roster.models.books.policy_keys, max_length=30)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
