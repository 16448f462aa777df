"""How long somebody may go to one branch, and what the planner weighs, with our defaults from the beginning of the records."""

from datetime import date

from django.db import migrations

RECORDS_BEGIN = date(2020, 1, 1)
DEFAULTS = {
    "longest_stay_months": 36,
    "weight_distance": 10,
    "weight_load": 50,
    "weight_seniority": 100,
    "weight_keep": 200,
    "weight_rotation": 100,
    "weight_fields": 60,
}


def fill(apps, schema_editor):
    policy = apps.get_model("roster", "Policy")
    policy.objects.bulk_create(
        policy(key=key, value=value, starts_on=RECORDS_BEGIN, basis="Mặc định của chương trình")
        for key, value in DEFAULTS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("roster", "0008_reorganisation_as_an_act")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
