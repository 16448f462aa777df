"""A summary that was sent up never changes: the database refuses UPDATE and DELETE of it (M4)."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reports_summary_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a summary that was sent never changes' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER sent_summary_is_sealed BEFORE UPDATE OR DELETE ON reports_summary
    FOR EACH ROW WHEN (OLD.status = 'sent') EXECUTE FUNCTION reports_summary_refuse();
"""
BACK = "DROP FUNCTION reports_summary_refuse() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
