"""Assignments to what becomes another unit (its enlarged meetings; a merged branch), and lists in draft."""

from typing import Final

from roster.models import Reorganisation
from roster.rehoming import (
    CAME_FROM,
    Thing,
    bring_back,
    do_all,
    find,
    keep,
    made,
    put_back,
    repointed,
    take_away,
)

# Three main attendees of three merged communes: the first stays the main one, the others go with him or her.
CARRY_ON: Final = """
INSERT INTO assignments_assignment (decision_id, official_id, unit_id, role, in_force, ended_because, starts_on, ends_on)
SELECT decision_id, official_id, new_id,
    CASE WHEN role = 'main' AND row_number() OVER (PARTITION BY new_id ORDER BY role, id) = 1 AND NOT EXISTS (
        SELECT FROM assignments_assignment x WHERE x.unit_id = new_id AND x.role = 'main' AND x.in_force
            AND (x.ends_on IS NULL OR x.ends_on >= %(day)s)
    ) THEN 'main' ELSE 'second' END,
    TRUE, '', %(day)s, ends_on
FROM (
    SELECT DISTINCT ON (b.new_id, a.official_id) a.id, a.decision_id, a.official_id, b.new_id, a.role, b.ended_on AS ends_on
    FROM batch b JOIN assignments_assignment a ON a.id = b.object_id
    WHERE b.new_id <> b.old_id AND NOT EXISTS (
        SELECT FROM assignments_assignment x WHERE x.unit_id = b.new_id AND x.official_id = a.official_id
            AND (x.decision_id = a.decision_id OR x.in_force AND (x.ends_on IS NULL OR x.ends_on >= %(day)s))
    )
    ORDER BY b.new_id, a.official_id, a.role, a.id
) coming
"""
# The old line `a` of the batch and the one `n` that the official has at the new unit.
PAIRS: Final = """
batch b JOIN assignments_assignment a ON a.id = b.object_id
JOIN assignments_assignment n ON n.unit_id = b.new_id AND n.official_id = a.official_id AND n.in_force
    AND n.starts_on <= %(day)s AND (n.ends_on IS NULL OR n.ends_on >= %(day)s)
"""
MADE_SINCE: Final = f"""
{PAIRS} JOIN roster_keptrow k ON k.reorganisation_id = %(pk)s AND k.table_name = 'assignments_assignment'
    AND k.row_id = n.id AND k.was = jsonb_build_object()
WHERE b.new_id <> b.old_id
"""
# Somebody stands in beyond the day: until the eve at the old unit, then at the new one (where nobody does yet).
AHEAD: Final = (
    "t.assignment_id IN (SELECT object_id FROM batch WHERE new_id <> old_id)"
    " AND COALESCE(t.ends_on, 'infinity') >= %(day)s"
)
NOBODY_YET: Final = """
b.new_id <> b.old_id AND NOT EXISTS (
    SELECT FROM assignments_substitution x
    WHERE x.status = 'accepted' AND daterange(x.starts_on, x.ends_on, '[]') && daterange(t.starts_on, t.ends_on, '[]')
        AND (x.assignment_id = n.id OR x.assignment_id < a.id AND x.assignment_id IN (
            SELECT c.object_id FROM batch c JOIN assignments_assignment o ON o.id = c.object_id
            WHERE c.new_id = b.new_id AND o.official_id = a.official_id
        ))
)
"""
STAND_IN: Final = f"""
INSERT INTO assignments_substitution (assignment_id, substitute_id, reason, note, status, instead_of_id, starts_on, ends_on)
SELECT n.id, t.substitute_id, t.reason, t.note, t.status, t.instead_of_id, %(day)s, t.ends_on
FROM {PAIRS} JOIN assignments_substitution t ON t.assignment_id = a.id
WHERE t.starts_on < %(day)s AND COALESCE(t.ends_on, 'infinity') >= %(day)s AND {NOBODY_YET}
"""  # noqa: S608 our own names, no input
STAND_IN_LATER: Final = f"""
UPDATE assignments_substitution t SET assignment_id = n.id FROM {PAIRS}
WHERE t.assignment_id = a.id AND t.starts_on >= %(day)s AND {NOBODY_YET}
"""  # noqa: S608 our own names, no input
UNTIL_EVE: Final = """
UPDATE assignments_substitution t SET ends_on = %(eve)s FROM batch b
WHERE t.assignment_id = b.object_id AND b.new_id <> b.old_id AND t.starts_on <= %(eve)s
    AND (t.ends_on IS NULL OR t.ends_on > %(eve)s)
"""
# What a draft is to end ends at the new unit.
REMOVALS: Final = f"""
UPDATE assignments_removal t SET assignment_id = n.id
FROM {PAIRS} CROSS JOIN assignments_decision d
WHERE t.assignment_id = a.id AND t.decision_id = d.id AND d.status IN ('draft', 'proposed') AND b.new_id <> b.old_id
    AND NOT EXISTS (SELECT FROM assignments_removal x WHERE x.decision_id = d.id AND x.assignment_id = n.id)
"""  # noqa: S608 our own names, no input
REFUSALS: Final = """
DELETE FROM assignments_refusal t USING roster_keptrow k
WHERE k.reorganisation_id = %(pk)s AND k.table_name = 'assignments_substitution' AND k.row_id = t.substitution_id
    AND k.was = '{}'
"""
# What was said of the new line since the run is said of the old one.
SINCE: Final = f"""
UPDATE {{table}} t SET assignment_id = since.old
FROM (SELECT a.id AS old, n.id AS new FROM {MADE_SINCE}) since WHERE t.assignment_id = since.new
"""  # noqa: S608 our own names, no input
ENDED_SINCE: Final = f"""
UPDATE roster_keptrow w SET was = jsonb_build_object('ends_on', n.ends_on, 'ended_because', n.ended_because)
FROM {MADE_SINCE} AND w.reorganisation_id = %(pk)s AND w.table_name = 'assignments_assignment' AND w.row_id = a.id
    AND n.ended_because <> ''
"""  # noqa: S608 our own names, no input
NO_LONGER: Final = f"""
UPDATE assignments_assignment t SET in_force = FALSE, ended_because = %(because)s
FROM {CAME_FROM} c WHERE t.unit_id = c.new_id AND t.in_force
"""  # noqa: S608 our own names, no input
LEAVING: Final = "t.id IN (SELECT object_id FROM batch WHERE leaves)"
IN_FORCE: Final = Thing(
    "assignment",
    "Phân công dự họp tại đơn vị cũ",
    "SELECT a.id, a.unit_id AS old_id, o.full_name AS label, a.ends_on AS ended_on"
    " FROM assignments_assignment a JOIN roster_official o ON o.id = a.official_id"
    " WHERE a.in_force AND a.starts_on <= %(eve)s AND (a.ends_on IS NULL OR a.ends_on > %(eve)s)",
    (
        keep("assignments_assignment", LEAVING, "ends_on", "ended_because"),
        f"UPDATE assignments_assignment t SET ends_on = %(eve)s, ended_because = %(because)s WHERE {LEAVING}",  # noqa: S608 our own names, no input
        made("assignments_assignment", CARRY_ON),
        keep("assignments_substitution", AHEAD, "assignment_id", "ends_on"),
        made("assignments_substitution", STAND_IN),
        STAND_IN_LATER,
        UNTIL_EVE,
        REMOVALS,
    ),
    (
        REFUSALS,
        take_away(
            "assignments_substitution",
            rows="NOT EXISTS (SELECT FROM assignments_substitution x WHERE x.instead_of_id = t.id)",
        ),
        put_back("assignments_substitution", "assignment_id", "ends_on"),
        SINCE.format(table="assignments_substitution"),
        SINCE.format(table="assignments_removal"),
        ENDED_SINCE,
        take_away(
            "assignments_assignment",
            rows="t.unit_id IN (SELECT new_id FROM batch) AND t.official_id IN ("
            "SELECT a.official_id FROM batch b JOIN assignments_assignment a ON a.id = b.object_id)",
        ),
        put_back(
            "assignments_assignment",
            "ends_on",
            "ended_because",
            rows="t.id IN (SELECT object_id FROM batch)",
        ),
    ),
    (NO_LONGER,),
    ends=True,
)
# Of two who would come to the new unit as main attendee the first stays it.
FOLLOW: Final = """
UPDATE assignments_assignment t SET unit_id = b.new_id, role = CASE WHEN t.role = 'main' AND (EXISTS (
        SELECT FROM assignments_assignment x WHERE {of_list} AND x.unit_id = b.new_id AND x.role = 'main'
    ) OR EXISTS (
        SELECT FROM batch c JOIN assignments_assignment x ON x.id = c.object_id
        WHERE c.new_id = b.new_id AND {of_list} AND x.role = 'main' AND x.id < t.id
    )) THEN 'second' ELSE t.role END
FROM batch b WHERE t.id = b.object_id AND t.unit_id = b.old_id AND b.new_id <> b.old_id
"""
# A pair that the list already has under the new unit (or will have) is left out: the list is never refused.
TWICE: Final = """
t.id IN (SELECT object_id FROM batch WHERE new_id <> old_id) AND EXISTS (
    SELECT FROM batch b JOIN assignments_assignment x ON {of_list} AND x.official_id = t.official_id
    WHERE b.object_id = t.id AND (x.unit_id = b.new_id OR x.id < t.id AND x.id IN (
        SELECT c.object_id FROM batch c WHERE c.new_id = b.new_id
    ))
)
"""


# What the grid could take back named the old units.
FORGET_CHANGES: Final = """
DELETE FROM assignments_linechange
WHERE decision_id IN (SELECT a.decision_id FROM batch b JOIN assignments_assignment a ON a.id = b.object_id)
"""


def following(what: str, title: str, *, where: str, of_list: str) -> Thing:
    """Lines that have not begun: they are re-pointed. Which stand beside each other says `of_list` (`x` and `t`)."""
    twice = TWICE.format(of_list=of_list)
    return Thing(
        what,
        title,
        "SELECT t.id, t.unit_id AS old_id, o.full_name AS label, NULL::date AS ended_on"  # noqa: S608 our own names, no input
        f" FROM assignments_assignment t JOIN roster_official o ON o.id = t.official_id WHERE {where}",
        (
            FORGET_CHANGES,
            keep("assignments_assignment", twice),
            f"DELETE FROM assignments_assignment t WHERE {twice}",  # noqa: S608 our own names, no input
            keep(
                "assignments_assignment",
                "t.id IN (SELECT object_id FROM batch)",
                "unit_id",
                "role",
            ),
            FOLLOW.format(of_list=of_list),
        ),
        (
            put_back(
                "assignments_assignment",
                "unit_id",
                "role",
                rows="t.id IN (SELECT object_id FROM batch)",
            ),
            bring_back("assignments_assignment"),
        ),
    )


IN_DRAFTS: Final = (
    "t.decision_id IN (SELECT id FROM assignments_decision WHERE status IN ('draft', 'proposed'))"
)
THINGS: Final = (
    IN_FORCE,
    following(
        "assignment_ahead",
        "Phân công chưa bắt đầu tại đơn vị cũ",
        where="t.in_force AND t.starts_on > %(eve)s",
        of_list="x.in_force AND daterange(x.starts_on, x.ends_on, '[]') && daterange(t.starts_on, t.ends_on, '[]')",
    ),
    following(
        "draft_line",
        "Dòng trong dự thảo phân công",
        where=f"NOT t.in_force AND {IN_DRAFTS}",
        of_list="x.decision_id = t.decision_id",
    ),
    repointed(
        "decision",
        "Dự thảo quyết định của đơn vị cũ",
        table="assignments_decision",
        column="issuer_id",
        label="t.subject",
        where="t.status IN ('draft', 'proposed')",
    ),
)


def preview(reorganisation: Reorganisation) -> tuple[Thing, ...]:
    find(reorganisation, THINGS)
    return THINGS


def apply(reorganisation: Reorganisation) -> int:
    return do_all(reorganisation, THINGS)


def undo(reorganisation: Reorganisation) -> int:
    return do_all(reorganisation, THINGS, undo=True)
