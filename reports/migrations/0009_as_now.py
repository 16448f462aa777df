"""Roll-ups know where their meetings count today; a unit whose home changes marks its months to be counted anew."""

import django.db.models.deletion
from django.db import migrations, models

PLACE = "COALESCE(m.commune_id, m.district_id, m.province_id)"
# All of a unit's months: a merger reaches back as far as its meetings do.
FORWARD = f"""
CREATE FUNCTION reports_mark_homes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reports_dirtymark (unit_id, month, at)
    SELECT DISTINCT {PLACE}, m.month, now()
    FROM changed c JOIN meetings_meeting m ON m.unit_id = c.unit_id
    WHERE {PLACE} IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER home_inserted_is_marked AFTER INSERT ON roster_home
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION reports_mark_homes();
CREATE TRIGGER home_changed_is_marked AFTER UPDATE ON roster_home
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION reports_mark_homes();
"""
# Until they are counted anew, the figures of old places count where the place itself counts today.
HOMES = """
UPDATE reports_rollup r SET home_id = COALESCE((SELECT h.place_id FROM roster_home h WHERE h.unit_id = r.unit_id), r.unit_id);
INSERT INTO reports_dirtymark (unit_id, month, at) SELECT unit_id, month, now() FROM reports_rollup;
"""


def home(**options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE,
        related_name="rollups_now",
        to="roster.unit",
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0008_branch_sheets"),
        ("roster", "0011_homes"),
        ("meetings", "0001_initial"),
    ]
    operations = [
        migrations.AddField("rollup", "home", home(null=True)),
        migrations.RunSQL(HOMES, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField("rollup", "home", home()),
        migrations.RemoveConstraint("rollup", "rollup_once_a_month"),
        migrations.AddConstraint(
            "rollup",
            models.UniqueConstraint(fields=("unit", "home", "month"), name="rollup_once_a_month"),
        ),
        migrations.AddField(
            "summary",
            "units",
            models.CharField(
                choices=[("then", "Theo tên lúc họp"), ("now", "Theo đơn vị hiện nay")],
                default="then",
                max_length=4,
                verbose_name="cách xếp đơn vị",
            ),
        ),
        migrations.RemoveConstraint("summary", "summary_once_a_period"),
        migrations.AddConstraint(
            "summary",
            models.UniqueConstraint(
                fields=("unit", "starts_on", "ends_on", "units"), name="summary_once_a_period"
            ),
        ),
        migrations.RunSQL(FORWARD, "DROP FUNCTION reports_mark_homes() CASCADE;"),
    ]
