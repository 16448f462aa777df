"""What happens to a meeting on Tết, a holiday or a weekend, when a branch confirms its date, and once a quarter a thematic meeting."""

from datetime import date

from django.db import migrations, models

RECORDS_BEGIN = date(2020, 1, 1)
KEEP, ASK = 0, 3
DEFAULTS = {"confirm_day": 25, "on_tet": ASK, "on_holiday": ASK, "on_weekend": KEEP}


def fill(apps, schema_editor):
    policy = apps.get_model("roster", "Policy")
    policy.objects.bulk_create(
        policy(key=key, value=value, starts_on=RECORDS_BEGIN, basis="Mặc định của chương trình")
        for key, value in DEFAULTS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("roster", "0005_what_a_clerk_chose")]
    operations = [
        migrations.AddField(
            "meetingrule",
            "quarter_month",
            models.PositiveSmallIntegerField(
                "tháng thứ mấy của quý",
                null=True,
                blank=True,
                choices=[(1, "tháng đầu quý"), (2, "tháng giữa quý"), (3, "tháng cuối quý")],
                help_text="Sinh hoạt chuyên đề họp mỗi quý một lần.",
            ),
        ),
        migrations.AddConstraint(
            "meetingrule",
            models.CheckConstraint(
                condition=models.Q(kind="thematic", quarter_month__in=(1, 2, 3))
                & models.Q(quarter_month__isnull=False)
                | ~models.Q(kind="thematic") & models.Q(quarter_month=None),
                name="thematic_rule_names_a_month_of_the_quarter",
                violation_error_message="Chọn tháng nào trong quý họp chuyên đề.",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
