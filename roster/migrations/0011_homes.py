"""Where each unit's meetings count today, kept by the database.

Units, their places and their successors are written in bulk from several rooms; the statement that changes them also
changes the homes, so that figures "as now" never lag behind the tree.
"""

import django.db.models.deletion
from django.db import migrations, models

FUNCTIONS = """
-- The living unit in which this one lives on: itself; else its main successor; else the body above it.
CREATE FUNCTION roster_living(unit bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    here bigint := unit;
    further bigint;
BEGIN
    FOR step IN 1..20 LOOP
        SELECT COALESCE(
            (SELECT s.new_id FROM roster_succession s WHERE s.old_id = u.id AND s.new_id <> u.id
             ORDER BY s.kind = 'split_main' DESC, s.id LIMIT 1),
            (SELECT p.parent_id FROM roster_unitparent p WHERE p.unit_id = u.id ORDER BY p.starts_on DESC LIMIT 1)
        ) INTO further
        FROM roster_unit u WHERE u.id = here AND u.ends_on < (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
        EXIT WHEN NOT FOUND OR further IS NULL;
        here := further;
    END LOOP;
    RETURN here;
END $$;

-- The commune, district or province nearest to a unit in today's tree, the unit itself among them.
CREATE FUNCTION roster_place(unit bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT a.id
    FROM roster_unit u
    CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '/' FROM u.path), '/')::bigint[]) WITH ORDINALITY AS above (id, depth)
    JOIN roster_unit a ON a.id = above.id
    WHERE u.id = unit AND u.path <> '' AND a.kind IN ('commune', 'district', 'provincial')
    ORDER BY above.depth DESC LIMIT 1
$$;

-- A living branch of a commune that has ended goes where the commune went.
CREATE FUNCTION roster_home_of(unit bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT roster_place(roster_living(roster_place(roster_living(unit))))
$$;

-- The homes of these units (NULL: of all), of all that have ended and of what counts in these; how many differed.
CREATE FUNCTION roster_keep_homes(changed bigint[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    places bigint[];
    differed bigint;
BEGIN
    SELECT array_agg(u.id) || array_agg(h.place_id) INTO places
    FROM roster_unit u LEFT JOIN roster_home h ON h.unit_id = u.id
    WHERE u.id = ANY (changed) AND u.kind IN ('commune', 'district', 'provincial');
    WITH found AS MATERIALIZED (
        SELECT u.id, roster_home_of(u.id) AS place
        FROM roster_unit u LEFT JOIN roster_home h ON h.unit_id = u.id
        WHERE changed IS NULL OR u.id = ANY (changed) OR u.ends_on IS NOT NULL OR h.place_id = ANY (places)
    )
    INSERT INTO roster_home (unit_id, place_id) SELECT id, place FROM found WHERE place IS NOT NULL
    ON CONFLICT (unit_id) DO UPDATE SET place_id = EXCLUDED.place_id WHERE roster_home.place_id <> EXCLUDED.place_id;
    GET DIAGNOSTICS differed = ROW_COUNT;
    RETURN differed;
END $$;

CREATE FUNCTION roster_homes_follow_new() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed bigint[];
BEGIN
    SELECT array_agg(id) INTO changed FROM after WHERE path <> '';
    IF changed IS NOT NULL THEN PERFORM roster_keep_homes(changed); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION roster_homes_follow_units() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed bigint[];
BEGIN
    SELECT array_agg(id) INTO changed FROM after JOIN before USING (id)
    WHERE (after.path, after.kind) <> (before.path, before.kind) OR after.ends_on IS DISTINCT FROM before.ends_on;
    IF changed IS NOT NULL THEN PERFORM roster_keep_homes(changed); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION roster_homes_follow_successions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed bigint[];
BEGIN
    SELECT array_agg(old_id) INTO changed FROM touched;
    IF changed IS NOT NULL THEN PERFORM roster_keep_homes(changed); END IF;
    RETURN NULL;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER homes_follow_new AFTER INSERT ON roster_unit REFERENCING NEW TABLE AS after
FOR EACH STATEMENT EXECUTE FUNCTION roster_homes_follow_new();
CREATE TRIGGER homes_follow_units AFTER UPDATE ON roster_unit REFERENCING OLD TABLE AS before NEW TABLE AS after
FOR EACH STATEMENT EXECUTE FUNCTION roster_homes_follow_units();
CREATE TRIGGER homes_follow_successions AFTER INSERT ON roster_succession REFERENCING NEW TABLE AS touched
FOR EACH STATEMENT EXECUTE FUNCTION roster_homes_follow_successions();
CREATE TRIGGER homes_follow_undone AFTER DELETE ON roster_succession REFERENCING OLD TABLE AS touched
FOR EACH STATEMENT EXECUTE FUNCTION roster_homes_follow_successions();
SELECT roster_keep_homes(NULL);
"""
BACK = """
DROP FUNCTION roster_homes_follow_new() CASCADE;
DROP FUNCTION roster_homes_follow_units() CASCADE;
DROP FUNCTION roster_homes_follow_successions() CASCADE;
DROP FUNCTION roster_keep_homes(bigint[]);
DROP FUNCTION roster_home_of(bigint);
DROP FUNCTION roster_place(bigint);
DROP FUNCTION roster_living(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("roster", "0010_what_stood_before_a_reorganisation")]
    operations = [
        migrations.CreateModel(
            name="Home",
            fields=[
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="home",
                        serialize=False,
                        to="roster.unit",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="housed",
                        to="roster.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "nơi tính số liệu hiện nay",
                "verbose_name_plural": "nơi tính số liệu hiện nay",
            },
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, BACK),
    ]
