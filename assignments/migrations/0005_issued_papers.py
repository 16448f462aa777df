import django.db.models.deletion
from django.db import migrations, models

# The rows' own check comes before the column goes: a table with checks still to come cannot be altered.
KEEP = """
INSERT INTO assignments_issuedpaper (decision_id, facts)
SELECT id, paper FROM assignments_decision WHERE paper IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""
GIVE_BACK = """
UPDATE assignments_decision SET paper = facts
FROM assignments_issuedpaper WHERE decision_id = assignments_decision.id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("assignments", "0004_paper_files")]

    operations = [
        migrations.CreateModel(
            name="IssuedPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facts", models.JSONField(verbose_name="nội dung")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="issued_paper",
                        to="assignments.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "văn bản đã ban hành",
                "verbose_name_plural": "văn bản đã ban hành",
            },
        ),
        migrations.RunSQL(KEEP, GIVE_BACK),
        migrations.RemoveField(model_name="decision", name="paper"),
    ]
