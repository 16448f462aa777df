"""The audit is append-only: the database refuses UPDATE, DELETE and TRUNCATE."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION roster_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'roster_event is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE ON roster_event
    FOR EACH ROW EXECUTE FUNCTION roster_event_refuse();
CREATE TRIGGER event_is_never_emptied BEFORE TRUNCATE ON roster_event
    FOR EACH STATEMENT EXECUTE FUNCTION roster_event_refuse();
"""
BACK = "DROP FUNCTION roster_event_refuse() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("roster", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
