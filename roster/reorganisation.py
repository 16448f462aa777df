"""What of the roster hangs on units: the branches below them, rules, contacts, users, officials, terms of office."""

from typing import Final

from django.db import connection

from roster.models import Reorganisation, Unit
from roster.rehoming import (
    BATCH,
    CAME_FROM,
    Thing,
    carry_out,
    do_all,
    find,
    keep,
    made,
    put_back,
    repointed,
    take_away,
)

# A branch from a list that ended with its commune lives on with it; so do its fixed day and its contacts.
ENDED_ALONG: Final = (
    "t.ends_on = %(eve)s AND t.{key} IN (SELECT object_id FROM batch WHERE ended_on = %(eve)s)"
)
DATED: Final = (
    ("roster_unit", "id"),
    ("roster_meetingrule", "unit_id"),
    ("roster_contact", "unit_id"),
)
UNDER: Final = (
    "t.unit_id IN (SELECT object_id FROM batch WHERE new_id <> old_id)"
    " AND t.starts_on <= %(eve)s AND (t.ends_on IS NULL OR t.ends_on > %(eve)s)"
)
# Until the branch's own end, or until the day from which it already had another superior.
BEGIN_UNDER: Final = """
INSERT INTO roster_unitparent (unit_id, parent_id, starts_on, ends_on)
SELECT b.object_id, b.new_id, %(day)s, LEAST(NULLIF(b.ended_on, %(eve)s), (
    SELECT min(p.starts_on) - 1 FROM roster_unitparent p WHERE p.unit_id = b.object_id AND p.starts_on > %(day)s
))
FROM batch b
WHERE b.new_id <> b.old_id AND NOT EXISTS (
    SELECT FROM roster_unitparent p WHERE p.unit_id = b.object_id AND p.starts_on = %(day)s
)
"""
# A unit that the same decision establishes under one that it ends.
NEW_UNDER_OLD: Final = """
UPDATE roster_unitparent t SET parent_id = b.new_id FROM batch b
WHERE t.unit_id = b.object_id AND t.parent_id = b.old_id AND t.starts_on = %(day)s AND t.unit_id = ANY (%(made)s)
"""
# '0' follows '/': the range of a subtree's paths, which the index answers.
MOVE_PATHS: Final = """
WITH moved AS (
    SELECT u.path AS was, p.path || u.id || '/' AS path
    FROM {moving} b JOIN roster_unit u ON u.id = b.object_id JOIN roster_unit p ON p.id = b.{to}
    WHERE u.path <> p.path || u.id || '/'
)
UPDATE roster_unit u SET path = moved.path || substr(u.path, length(moved.was) + 1)
FROM moved WHERE u.path >= moved.was AND u.path < left(moved.was, -1) || '0'
"""
PARENTS_SOURCE: Final = """
SELECT u.id, p.parent_id AS old_id, u.name AS label, u.ends_on AS ended_on
FROM roster_unitparent p JOIN roster_unit u ON u.id = p.unit_id
WHERE (p.starts_on <= %(eve)s AND (p.ends_on IS NULL OR p.ends_on >= %(eve)s) OR u.id = ANY (%(made)s))
    AND (u.ends_on IS NULL OR u.ends_on >= %(eve)s)
    AND u.id NOT IN (SELECT old_id FROM roster_operation WHERE reorganisation_id = %(pk)s AND old_id IS NOT NULL)
"""
GO: Final = (
    *(
        statement
        for table, key in DATED
        for rows in [ENDED_ALONG.format(key=key)]
        for statement in (
            keep(table, rows, "ends_on"),
            f"UPDATE {table} t SET ends_on = NULL WHERE {rows}",  # noqa: S608 our own names, no input
        )
    ),
    keep("roster_unitparent", UNDER, "ends_on"),
    f"UPDATE roster_unitparent t SET ends_on = %(eve)s WHERE {UNDER}",  # noqa: S608 our own names, no input
    made("roster_unitparent", BEGIN_UNDER),
    NEW_UNDER_OLD,
    MOVE_PATHS.format(moving="batch", to="new_id"),
)
OF_BATCH: Final = "t.{key} IN (SELECT object_id FROM batch)"
COME_BACK: Final = (
    take_away("roster_unitparent", OF_BATCH.format(key="unit_id")),
    *(
        put_back(table, "ends_on", rows=OF_BATCH.format(key=key))
        for table, key in (*DATED, ("roster_unitparent", "unit_id"))
    ),
    MOVE_PATHS.format(moving="batch", to="old_id"),
)
# Branches that were put under a new unit after the run go to what it came from.
PUT_SINCE: Final = f"""(
    SELECT p.unit_id AS object_id, c.old_id AS came_id FROM roster_unitparent p JOIN {CAME_FROM} c ON c.new_id = p.parent_id
    WHERE p.ends_on IS NULL
)"""  # noqa: S608 our own names, no input
CHILDREN: Final = Thing(
    "child",
    "Chi bộ và đơn vị trực thuộc",
    PARENTS_SOURCE,
    GO,
    COME_BACK,
    (
        MOVE_PATHS.format(moving=PUT_SINCE, to="came_id"),
        f"UPDATE roster_unitparent t SET parent_id = c.old_id FROM {CAME_FROM} c WHERE t.parent_id = c.new_id",  # noqa: S608 our own names, no input
    ),
)
MOVED: Final = Thing("moved", "Đơn vị chuyển cấp trên", "", GO, COME_BACK)
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
# Of each kind of meeting, and each kind of contact, a new unit takes the first that comes, unless it has its own.
CARRY_OVER: Final = """
INSERT INTO {table} (unit_id, {same}, {columns}, starts_on, ends_on)
SELECT DISTINCT ON (b.new_id, t.{same}) b.new_id, t.{same}, {values}, %(day)s, NULLIF(b.ended_on, %(eve)s)
FROM batch b JOIN {table} t ON t.id = b.object_id
WHERE b.new_id <> b.old_id AND NOT EXISTS (
    SELECT FROM {table} x WHERE x.unit_id = b.new_id AND x.{same} = t.{same} AND (x.ends_on IS NULL OR x.ends_on >= %(day)s)
)
ORDER BY b.new_id, t.{same}, b.id
"""


def carried_over(
    what: str, title: str, *, table: str, same: str, columns: tuple[str, ...], label: str
) -> Thing:
    """A dated row of a unit that its successor needs as well; it ends on the eve with the old unit."""
    insert = CARRY_OVER.format(
        table=table,
        same=same,
        columns=", ".join(columns),
        values=", ".join(f"t.{name}" for name in columns),
    )
    return Thing(
        what,
        title,
        f"SELECT t.id, t.unit_id AS old_id, {label} AS label, t.ends_on AS ended_on FROM {table} t"  # noqa: S608 our own names, no input
        " WHERE t.starts_on <= %(eve)s AND (t.ends_on IS NULL OR t.ends_on >= %(eve)s)",
        (made(table, insert),),
        (take_away(table, rows="t.unit_id IN (SELECT new_id FROM batch)"),),
        is_asked=False,
    )


TERM_ROWS: Final = "t.id IN (SELECT object_id FROM batch WHERE leaves)"
TERMS: Final = Thing(
    "term",
    "Chức vụ tại đơn vị cũ",
    "SELECT t.id, t.unit_id AS old_id, t.office || ', ' || o.full_name AS label, t.ends_on AS ended_on"
    " FROM roster_officeterm t JOIN roster_official o ON o.id = t.official_id"
    " WHERE t.starts_on <= %(eve)s AND (t.ends_on IS NULL OR t.ends_on > %(eve)s)",
    (
        made(
            "roster_officeterm",
            "INSERT INTO roster_officeterm (official_id, office, unit_id, starts_on, ends_on, decision)"
            " SELECT t.official_id, t.office, b.new_id, %(day)s, t.ends_on, %(decision)s"
            " FROM batch b JOIN roster_officeterm t ON t.id = b.object_id WHERE b.new_id <> b.old_id",
        ),
        keep("roster_officeterm", TERM_ROWS, "ends_on"),
        f"UPDATE roster_officeterm t SET ends_on = %(eve)s WHERE {TERM_ROWS}",  # noqa: S608 our own names, no input
    ),
    (
        take_away("roster_officeterm"),
        put_back("roster_officeterm", "ends_on", rows=OF_BATCH.format(key="id")),
    ),
    (
        f"UPDATE roster_officeterm t SET unit_id = c.old_id FROM {CAME_FROM} c WHERE t.unit_id = c.new_id",  # noqa: S608 our own names, no input
    ),
    ends=True,
)
PREVIEWED: Final = "t.status = 'previewed'"
THINGS: Final = (
    CHILDREN,
    MOVED,
    carried_over(
        "rule",
        "Lịch cố định của đơn vị cũ",
        table="roster_meetingrule",
        same="kind",
        columns=("day", "weekday", "week", "quarter_month", "time", "place"),
        label="t.place",
    ),
    carried_over(
        "contact",
        "Đầu mối liên hệ của đơn vị cũ",
        table="roster_contact",
        same="role",
        columns=("name", "phone", "email"),
        label="t.name",
    ),
    repointed("user", "Tài khoản", table="roster_user", column="unit_id", label="t.username"),
    repointed(
        "official",
        "Cán bộ",
        table="roster_official",
        column="agency_id",
        label="t.full_name",
    ),
    repointed(
        "own_branch",
        "Cán bộ sinh hoạt đảng tại đơn vị cũ",
        table="roster_official",
        column="own_branch_id",
        label="t.full_name",
    ),
    TERMS,
    repointed(
        "import",
        "Danh sách đang xem trước của đơn vị cũ",
        table="roster_rosterimport",
        column="unit_id",
        label="t.kind",
        where=PREVIEWED,
    ),
)


def preview(reorganisation: Reorganisation) -> tuple[Thing, ...]:
    """Note what is touched; the answer says what kinds of things there are."""
    find(reorganisation, [thing for thing in THINGS if thing is not MOVED])
    carry_out(reorganisation, [NOTE_MOVED, NAME_COLLISIONS])
    return THINGS


def apply(reorganisation: Reorganisation) -> int:
    """Re-home the next batch; 0 when nothing is left."""
    return do_all(reorganisation, THINGS) or rename(reorganisation, "label", "new_label")


def undo(reorganisation: Reorganisation) -> int:
    renamed = rename(reorganisation, "new_label", "label")
    return renamed or do_all(reorganisation, THINGS, undo=True)


RENAME: Final = """
UPDATE roster_unit u SET name = n.name, search = n.search, name_key = n.name_key
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS n (id, name, search, name_key) WHERE u.id = n.id
"""


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
    rows_of = [(unit.pk, unit.name, unit.search, unit.name_key) for unit in units]
    if rows_of:
        with connection.cursor() as cursor:
            cursor.execute(RENAME, [list(column) for column in zip(*rows_of, strict=True)])
    return len(units)
