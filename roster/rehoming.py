"""Statements that find what hangs on old units, give it a new home, and take it back: a set each, never a loop."""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from roster.models import Reorganisation

BATCH: Final = 3_000

# A thing follows the one successor; of a split or dissolved unit it waits for a person's word (R2).
FIND: Final = """
WITH homes AS (
    SELECT old_id, CASE WHEN count(*) = 1 AND NOT bool_or(kind LIKE 'split%%') THEN min(new_id) END AS new_id
    FROM roster_operation
    WHERE reorganisation_id = %(pk)s AND old_id IS NOT NULL AND kind <> 'move'
    GROUP BY old_id
    HAVING NOT bool_or(new_id = old_id AND kind NOT LIKE 'split%%')
)
INSERT INTO roster_rehoming
    (reorganisation_id, what, object_id, old_id, new_id, label, new_label, ended_on, is_applied)
SELECT %(pk)s, %(what)s, found.id, found.old_id, homes.new_id, left(found.label, 200), '', found.ended_on, FALSE
FROM ({source}) AS found JOIN homes ON homes.old_id = found.old_id
ON CONFLICT (reorganisation_id, what, object_id) DO NOTHING
"""

BATCH_OF: Final = """
SELECT id, object_id, old_id, new_id, label, new_label, ended_on FROM roster_rehoming
WHERE reorganisation_id = %(pk)s AND what = %(what)s AND is_applied = {state} AND new_id IS NOT NULL
ORDER BY id LIMIT %(batch)s FOR UPDATE
"""


@dataclass(frozen=True)
class Thing:
    """What may hang on a unit.

    `source` selects `id, old_id, label, ended_on` (parameters: `pk`, `day`, `eve`); `apply` and `undo` are
    statements that read the rows of `batch` (id, object_id, old_id, new_id, label, new_label, ended_on).
    """

    what: str
    title: str
    source: str
    apply: tuple[str, ...]
    undo: tuple[str, ...]


def repointed(
    what: str, title: str, *, table: str, column: str, label: str, where: str = "TRUE"
) -> Thing:
    """A thing that knows its unit by one column: the column is pointed to the new unit, and back."""
    move = f"UPDATE {table} t SET {column} = b.{{to}} FROM batch b WHERE t.id = b.object_id AND t.{column} = b.{{back}}"  # noqa: S608 our own names, no input
    return Thing(
        what,
        title,
        f"SELECT t.id, t.{column} AS old_id, {label} AS label, NULL::date AS ended_on FROM {table} t WHERE {where}",  # noqa: S608 our own names, no input
        (move.format(to="new_id", back="old_id"),),
        (move.format(to="old_id", back="new_id"),),
    )


def facts_of(reorganisation: Reorganisation, what: str) -> dict[str, Any]:
    return {
        "pk": reorganisation.pk,
        "what": what,
        "day": reorganisation.effective_on,
        "eve": reorganisation.eve,
        "decision": reorganisation.decision,
        "because": f"Sắp xếp tổ chức: {reorganisation.decision}"[:200],
        "batch": BATCH,
    }


def find(reorganisation: Reorganisation, thing: Thing) -> None:
    """Note the things that are not noted yet; what a person chose stays."""
    with connection.cursor() as cursor:
        cursor.execute(FIND.format(source=thing.source), facts_of(reorganisation, thing.what))


def do_batch(reorganisation: Reorganisation, thing: Thing, *, undo: bool = False) -> int:
    """Re-home one batch of things (or take one back) in a transaction; 0 when none is left."""
    facts = facts_of(reorganisation, thing.what)
    with transaction.atomic(), connection.cursor() as cursor:
        select = BATCH_OF.format(state="TRUE" if undo else "FALSE")
        cursor.execute(
            f"CREATE TEMP TABLE batch ON COMMIT DROP AS {select.replace('FOR UPDATE', '')}", facts
        )
        cursor.execute("ANALYZE batch")
        for statement in thing.undo if undo else thing.apply:
            cursor.execute(statement, facts)
        cursor.execute(
            "UPDATE roster_rehoming r SET is_applied = NOT is_applied FROM batch b WHERE r.id = b.id"
        )
        count: int = cursor.rowcount
        cursor.execute("DROP TABLE batch")
    return count


def do_all(reorganisation: Reorganisation, things: tuple[Thing, ...], *, undo: bool = False) -> int:
    """One batch of the first thing that has one; 0 when all is done."""
    for thing in reversed(things) if undo else things:
        if count := do_batch(reorganisation, thing, undo=undo):
            return count
    return 0
