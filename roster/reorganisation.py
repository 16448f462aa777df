"""What of the roster hangs on units: the branches below them, users, officials, terms of office."""

from dataclasses import replace
from typing import Final

from django.db import connection

from roster.models import Reorganisation, Unit
from roster.rehoming import BATCH, Thing, do_all, facts_of, find, repointed

# A branch from a list that ended with its commune lives on with it; so do its fixed day and its contacts.
REOPEN: Final = """
UPDATE {table} t SET ends_on = {end} FROM batch b
WHERE t.{key} = b.object_id AND b.ended_on IS NOT NULL AND t.ends_on IS NOT DISTINCT FROM {was}
"""
DATED: Final = (
    ("roster_unit", "id"),
    ("roster_meetingrule", "unit_id"),
    ("roster_contact", "unit_id"),
)
MOVE_PATHS: Final = """
WITH moved AS (
    SELECT u.path AS was, p.path || u.id || '/' AS path
    FROM batch b JOIN roster_unit u ON u.id = b.object_id JOIN roster_unit p ON p.id = b.{to}
    WHERE u.path <> p.path || u.id || '/'
)
UPDATE roster_unit u SET path = moved.path || substr(u.path, length(moved.was) + 1)
FROM moved WHERE u.path COLLATE "C" LIKE moved.was || '%%' AND u.path COLLATE "C" >= moved.was
"""
PARENTS_SOURCE: Final = """
SELECT u.id, p.parent_id AS old_id, u.name AS label, u.ends_on AS ended_on
FROM roster_unitparent p JOIN roster_unit u ON u.id = p.unit_id
WHERE p.starts_on <= %(eve)s AND (p.ends_on IS NULL OR p.ends_on >= %(eve)s)
    AND (u.ends_on IS NULL OR u.ends_on >= %(eve)s)
    AND u.id NOT IN (SELECT old_id FROM roster_operation WHERE reorganisation_id = %(pk)s AND old_id IS NOT NULL)
"""
CHILDREN: Final = Thing(
    "child",
    "Chi bộ và đơn vị trực thuộc",
    PARENTS_SOURCE,
    (
        *(
            REOPEN.format(table=table, key=key, end="NULL", was="b.ended_on")
            for table, key in DATED
        ),
        (
            "UPDATE roster_unitparent p SET ends_on = %(eve)s FROM batch b WHERE p.unit_id = b.object_id"
            " AND p.parent_id = b.old_id AND b.new_id <> b.old_id AND p.starts_on <= %(eve)s"
            " AND (p.ends_on IS NULL OR p.ends_on > %(eve)s)"
        ),
        (
            "INSERT INTO roster_unitparent (unit_id, parent_id, starts_on, ends_on)"
            " SELECT object_id, new_id, %(day)s, NULL FROM batch WHERE new_id <> old_id"
        ),
        MOVE_PATHS.format(to="new_id"),
    ),
    (
        (
            "DELETE FROM roster_unitparent p USING batch b WHERE p.unit_id = b.object_id"
            " AND p.parent_id = b.new_id AND p.starts_on = %(day)s AND b.new_id <> b.old_id"
        ),
        (
            "UPDATE roster_unitparent p SET ends_on = b.ended_on FROM batch b WHERE p.unit_id = b.object_id"
            " AND p.parent_id = b.old_id AND p.ends_on = %(eve)s"
        ),
        MOVE_PATHS.format(to="old_id"),
        *(
            REOPEN.format(table=table, key=key, end="b.ended_on", was="NULL")
            for table, key in DATED
        ),
    ),
)
MOVED: Final = replace(CHILDREN, what="moved", title="Đơn vị chuyển cấp trên", source="")
NOTE_MOVED: Final = """
INSERT INTO roster_rehoming
    (reorganisation_id, what, object_id, old_id, new_id, label, new_label, ended_on, is_applied)
SELECT %(pk)s, 'moved', u.id, p.parent_id, o.new_id, u.name, '', u.ends_on, FALSE
FROM roster_operation o JOIN roster_unit u ON u.id = o.old_id
JOIN roster_unitparent p ON p.unit_id = u.id AND p.starts_on <= %(eve)s AND (p.ends_on IS NULL OR p.ends_on >= %(eve)s)
WHERE o.reorganisation_id = %(pk)s AND o.kind = 'move'
ON CONFLICT (reorganisation_id, what, object_id) DO NOTHING
"""
# The habit of the place: "Chi bộ xóm 13 (xã Đồng Hướng cũ)", where two of a name meet under one committee.
NAME_COLLISIONS: Final = """
WITH incoming AS (
    SELECT r.id, r.new_id, r.old_id, u.id AS unit_id, u.search, u.name, c.name AS old_name
    FROM roster_rehoming r JOIN roster_unit u ON u.id = r.object_id JOIN roster_unit c ON c.id = r.old_id
    WHERE r.reorganisation_id = %(pk)s AND r.what = 'child' AND NOT r.is_applied AND r.new_id IS NOT NULL
), there AS (
    SELECT i.new_id, i.search, i.old_id, TRUE AS comes FROM incoming i
    UNION ALL
    SELECT p.parent_id, u.search, p.parent_id, FALSE
    FROM roster_unitparent p JOIN roster_unit u ON u.id = p.unit_id
    WHERE p.parent_id IN (SELECT new_id FROM incoming) AND p.starts_on <= %(day)s
        AND (p.ends_on IS NULL OR p.ends_on >= %(day)s)
        AND u.id NOT IN (SELECT unit_id FROM incoming)
), clashes AS (
    SELECT new_id, search FROM there GROUP BY new_id, search HAVING count(DISTINCT (old_id, comes)) > 1
)
UPDATE roster_rehoming r SET new_label = CASE WHEN c.search IS NULL OR i.name LIKE '%% cũ)' OR r.new_id = r.old_id
    THEN '' ELSE left(i.name, 120) || ' (' || lower(left(i.old_name, 1)) || substr(i.old_name, 2) || ' cũ)' END
FROM incoming i LEFT JOIN clashes c ON c.new_id = i.new_id AND c.search = i.search
WHERE r.id = i.id
"""
TERMS: Final = Thing(
    "term",
    "Chức vụ tại đơn vị cũ",
    "SELECT t.id, t.unit_id AS old_id, t.office AS label, t.ends_on AS ended_on FROM roster_officeterm t"
    " WHERE t.starts_on <= %(eve)s AND (t.ends_on IS NULL OR t.ends_on > %(eve)s)",
    (
        (
            "INSERT INTO roster_officeterm (official_id, office, unit_id, starts_on, ends_on, decision)"
            " SELECT t.official_id, t.office, b.new_id, %(day)s, t.ends_on, %(decision)s"
            " FROM batch b JOIN roster_officeterm t ON t.id = b.object_id WHERE b.new_id <> b.old_id"
        ),
        (
            "UPDATE roster_officeterm t SET ends_on = %(eve)s FROM batch b WHERE t.id = b.object_id"
            " AND b.new_id <> b.old_id"
        ),
    ),
    (
        (
            "DELETE FROM roster_officeterm n USING batch b, roster_officeterm t WHERE t.id = b.object_id"
            " AND n.official_id = t.official_id AND n.office = t.office AND n.unit_id = b.new_id"
            " AND n.starts_on = %(day)s AND n.decision = %(decision)s AND b.new_id <> b.old_id"
        ),
        "UPDATE roster_officeterm t SET ends_on = b.ended_on FROM batch b WHERE t.id = b.object_id",
    ),
)
THINGS: Final = (
    CHILDREN,
    MOVED,
    repointed("user", "Tài khoản", table="roster_user", column="unit_id", label="t.username"),
    repointed(
        "official",
        "Cán bộ",
        table="roster_official",
        column="agency_id",
        label="t.full_name",
    ),
    TERMS,
)


def preview(reorganisation: Reorganisation) -> dict[str, str]:
    """Note what is touched; the answer says what each kind of thing is called."""
    for thing in THINGS:
        if thing is not MOVED:
            find(reorganisation, thing)
    facts = facts_of(reorganisation, MOVED.what)
    with connection.cursor() as cursor:
        cursor.execute(NOTE_MOVED, facts)
        cursor.execute(NAME_COLLISIONS, facts)
    return {thing.what: thing.title for thing in THINGS}


def apply(reorganisation: Reorganisation) -> int:
    """Re-home the next batch; 0 when nothing is left."""
    return do_all(reorganisation, THINGS) or rename(reorganisation, "label", "new_label")


def undo(reorganisation: Reorganisation) -> int:
    renamed = rename(reorganisation, "new_label", "label")
    return renamed or do_all(reorganisation, THINGS, undo=True)


def rename(reorganisation: Reorganisation, was: str, to: str) -> int:
    """Give the next batch of branches that would be mistaken for one another their names (or take them back)."""
    rows = reorganisation.rehomings.filter(what=CHILDREN.what, is_applied=True).exclude(
        new_label=""
    )
    names = dict(rows.values_list("object_id", to))
    labels = dict(rows.values_list("object_id", was))
    units = [
        unit
        for unit in Unit.objects.filter(pk__in=names).only("pk", "name")
        if unit.name == labels[unit.pk]
    ][:BATCH]
    for unit in units:
        unit.name = names[unit.pk]
        unit.fill_keys()
    Unit.objects.bulk_update(units, ["name", "search", "name_key"], batch_size=500)
    return len(units)
