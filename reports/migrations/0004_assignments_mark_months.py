"""A change of assignments marks the months of their meetings to be counted anew, in the same transaction.

Assignments are written in bulk from several rooms (decisions, imports, endings, reorganisations), none of which
knows of roll-ups; the database notes it once a statement. Meetings and attendance say it themselves
(settings.MEETING_EFFECTS).
"""

from django.db import migrations

PLACE = "COALESCE(m.commune_id, m.district_id, m.province_id)"

FORWARD = f"""
CREATE FUNCTION reports_mark_assignments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reports_dirtymark (unit_id, month, at)
    SELECT DISTINCT {PLACE}, m.month, now()
    FROM changed c JOIN meetings_meeting m ON m.unit_id = c.unit_id
    WHERE {PLACE} IS NOT NULL AND m.held_on >= c.starts_on AND (c.ends_on IS NULL OR m.held_on <= c.ends_on);
    RETURN NULL;
END $$;
"""
EVENTS = {
    "inserted": ("INSERT", "NEW"),
    "left": ("UPDATE", "OLD"),
    "reached": ("UPDATE", "NEW"),
    "deleted": ("DELETE", "OLD"),
}
TRIGGERS = "\n".join(
    f"CREATE TRIGGER assignment_{name}_is_marked AFTER {event} ON assignments_assignment "
    f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION reports_mark_assignments();"
    for name, (event, rows) in EVENTS.items()
)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_report_form_and_frames"),
        ("meetings", "0001_initial"),
        ("assignments", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(FORWARD + TRIGGERS, "DROP FUNCTION reports_mark_assignments() CASCADE;")
    ]
