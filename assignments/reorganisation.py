"""Assignments to what becomes another unit (its enlarged meetings; a merged branch), and lists in draft."""

from typing import Final

from roster.models import Reorganisation
from roster.rehoming import Thing, do_all, find, repointed

# Three main attendees of three merged communes: the first stays the main one, the others go with him or her.
CARRY_ON: Final = """
WITH coming AS (
    SELECT DISTINCT ON (b.new_id, a.official_id) a.id, a.decision_id, a.official_id, b.new_id, a.role, b.ended_on AS ends_on
    FROM batch b JOIN assignments_assignment a ON a.id = b.object_id
    WHERE b.new_id <> b.old_id AND NOT EXISTS (
        SELECT FROM assignments_assignment x WHERE x.unit_id = b.new_id AND x.official_id = a.official_id
            AND (x.decision_id = a.decision_id OR x.in_force AND (x.ends_on IS NULL OR x.ends_on >= %(day)s))
    )
    ORDER BY b.new_id, a.official_id, a.role, a.id
)
INSERT INTO assignments_assignment (decision_id, official_id, unit_id, role, in_force, ended_because, starts_on, ends_on)
SELECT decision_id, official_id, new_id,
    CASE WHEN role = 'main' AND row_number() OVER (PARTITION BY new_id ORDER BY role, id) = 1 AND NOT EXISTS (
        SELECT FROM assignments_assignment x WHERE x.unit_id = new_id AND x.role = 'main' AND x.in_force
            AND (x.ends_on IS NULL OR x.ends_on >= %(day)s)
    ) THEN 'main' ELSE 'second' END,
    TRUE, '', %(day)s, ends_on
FROM coming
"""
SUBSTITUTES: Final = """
UPDATE assignments_substitution s SET assignment_id = n.id
FROM batch b JOIN assignments_assignment a ON a.id = b.object_id
JOIN assignments_assignment n ON n.decision_id = a.decision_id AND n.official_id = a.official_id
WHERE s.starts_on >= %(day)s AND {match}
"""
IN_FORCE: Final = Thing(
    "assignment",
    "Phân công dự họp tại đơn vị cũ",
    "SELECT a.id, a.unit_id AS old_id, o.full_name AS label, a.ends_on AS ended_on"
    " FROM assignments_assignment a JOIN roster_official o ON o.id = a.official_id"
    " WHERE a.in_force AND a.starts_on <= %(eve)s AND (a.ends_on IS NULL OR a.ends_on > %(eve)s)",
    (
        (
            "UPDATE assignments_assignment a SET ends_on = %(eve)s, ended_because = %(because)s FROM batch b"
            " WHERE a.id = b.object_id AND b.new_id <> b.old_id"
        ),
        CARRY_ON,
        SUBSTITUTES.format(match="s.assignment_id = a.id AND n.unit_id = b.new_id"),
    ),
    (
        SUBSTITUTES.replace("SET assignment_id = n.id", "SET assignment_id = a.id").format(
            match="s.assignment_id = n.id AND n.unit_id = b.new_id AND n.starts_on = %(day)s"
        ),
        (
            "DELETE FROM assignments_assignment n USING batch b, assignments_assignment a WHERE a.id = b.object_id"
            " AND n.decision_id = a.decision_id AND n.official_id = a.official_id AND n.unit_id = b.new_id"
            " AND n.starts_on = %(day)s AND b.new_id <> b.old_id"
        ),
        (
            "UPDATE assignments_assignment a SET ends_on = b.ended_on, ended_because = '' FROM batch b"
            " WHERE a.id = b.object_id AND a.ended_because = %(because)s"
        ),
    ),
)
DRAFTS: Final = (
    "t.decision_id IN (SELECT id FROM assignments_decision WHERE status IN ('draft', 'proposed'))"
)
# A pair that the list already has under the new unit stays as it is: the list is never refused.
ONCE: Final = """
UPDATE assignments_assignment t SET unit_id = b.{to} FROM batch b
WHERE t.id = b.object_id AND t.unit_id = b.{back} AND NOT EXISTS (
    SELECT FROM assignments_assignment x WHERE x.decision_id = t.decision_id AND x.official_id = t.official_id
        AND x.unit_id = b.{to}
) AND NOT EXISTS (
    SELECT FROM batch c JOIN assignments_assignment x ON x.id = c.object_id
    WHERE c.{to} = b.{to} AND x.decision_id = t.decision_id AND x.official_id = t.official_id AND x.id < t.id
)
"""
LINES: Final = Thing(
    "draft_line",
    "Dòng trong dự thảo phân công",
    "SELECT t.id, t.unit_id AS old_id, o.full_name AS label, NULL::date AS ended_on"
    " FROM assignments_assignment t JOIN roster_official o ON o.id = t.official_id WHERE NOT t.in_force"
    " AND t.decision_id IN (SELECT id FROM assignments_decision WHERE status IN ('draft', 'proposed'))",
    (ONCE.format(to="new_id", back="old_id"),),
    (ONCE.format(to="old_id", back="new_id"),),
)
THINGS: Final = (
    IN_FORCE,
    LINES,
    repointed(
        "decision",
        "Dự thảo quyết định của đơn vị cũ",
        table="assignments_decision",
        column="issuer_id",
        label="t.subject",
        where="t.status IN ('draft', 'proposed')",
    ),
)


def preview(reorganisation: Reorganisation) -> dict[str, str]:
    for thing in THINGS:
        find(reorganisation, thing)
    return {thing.what: thing.title for thing in THINGS}


def apply(reorganisation: Reorganisation) -> int:
    return do_all(reorganisation, THINGS)


def undo(reorganisation: Reorganisation) -> int:
    return do_all(reorganisation, THINGS, undo=True)
