"""The next version of the form as a draft; what a draft report no longer has a place for; used versions are sealed (R19)."""

import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION reports_form_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM reports_meetingreport WHERE form_id = OLD.id) THEN
        RAISE EXCEPTION 'a report form in use never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER used_report_form_is_sealed BEFORE UPDATE ON reports_reportform
    FOR EACH ROW WHEN (OLD.definition IS DISTINCT FROM NEW.definition OR OLD.version IS DISTINCT FROM NEW.version
        OR OLD.name IS DISTINCT FROM NEW.name OR OLD.starts_on IS DISTINCT FROM NEW.starts_on)
    EXECUTE FUNCTION reports_form_refuse();
"""
BACK = "DROP FUNCTION reports_form_refuse() CASCADE;"
JSON = django.core.serializers.json.DjangoJSONEncoder


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_writing_seconds")]
    operations = [
        migrations.CreateModel(
            name="FormDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="tên mẫu")),
                ("definition", models.JSONField(encoder=JSON, verbose_name="các mục")),
                ("version", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="sửa lúc")),
                (
                    "based_on",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_draft",
                        to="reports.reportform",
                    ),
                ),
            ],
            options={"verbose_name": "bản soạn mẫu báo cáo", "verbose_name_plural": "bản soạn mẫu báo cáo"},
        ),
        migrations.AddField(
            model_name="meetingreport",
            name="left_over",
            field=models.JSONField(
                blank=True, db_default={}, default=dict, encoder=JSON, verbose_name="câu trả lời không còn mục"
            ),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
