"""The rules that no source fixes, with our defaults (DOMAIN.md §2), in force from the beginning of the records."""

from datetime import date

from django.db import migrations

RECORDS_BEGIN = date(2020, 1, 1)
DEFAULTS = {
    "report_due_days": 5,
    "report_lock_days": 30,
    "answer_due_days": 30,
    "answer_in_working_days": 0,
    "summary_day": 25,
    "usual_branches": 2,
    "most_branches": 4,
    "plan_months_ahead": 1,
}


def fill(apps, schema_editor):
    apps.get_model("roster", "Policy").objects.bulk_create(
        apps.get_model("roster", "Policy")(key=key, value=value, starts_on=RECORDS_BEGIN, basis="Mặc định của chương trình")
        for key, value in DEFAULTS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("roster", "0002_event_append_only")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
