"""Statements that find what hangs on old units, give it a new home, and take it back: a set each, never a loop."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from roster.models import Reorganisation

BATCH: Final = 3_000
# Within one transaction thousands of rows are written and read again: without this the plans are for empty tables.
STATISTICS: Final = "ANALYZE roster_operation, roster_rehoming, roster_keptrow"
MANY: Final = 500
# The run has time; the other processors are for those who read pages meanwhile.
MODEST: Final = "SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off"

# A thing follows the one successor; of a split or dissolved unit it waits for a person's word (R2), unless
# nobody need be asked (it goes to the main part) or it ends with its unit (its new home is then the old one).
FIND: Final = """
WITH homes AS (
    SELECT old_id, CASE
        WHEN bool_and(kind = 'move') OR bool_and(kind = 'dissolve') AND %(ends)s THEN old_id
        WHEN count(*) = 1 AND NOT bool_or(kind LIKE 'split%%') THEN min(new_id)
        WHEN NOT %(asked)s THEN COALESCE(min(new_id) FILTER (WHERE kind = 'split_main'), min(new_id))
    END AS new_id
    FROM roster_operation
    WHERE reorganisation_id = %(pk)s AND old_id IS NOT NULL AND (kind <> 'move' OR %(moves)s)
    GROUP BY old_id
    HAVING NOT bool_or(new_id IS NOT DISTINCT FROM old_id AND kind NOT LIKE 'split%%')
)
INSERT INTO roster_rehoming
    (reorganisation_id, what, object_id, old_id, new_id, label, new_label, ended_on, is_applied)
SELECT %(pk)s, %(what)s, found.id, found.old_id, homes.new_id, left(found.label, 200), '', found.ended_on, FALSE
FROM ({source}) AS found JOIN homes ON homes.old_id = found.old_id
ON CONFLICT (reorganisation_id, what, object_id) DO NOTHING
"""

# `leaves`: the thing does not stay with a living unit.
BATCH_OF: Final = """
SELECT id, object_id, old_id, new_id, label, new_label, ended_on, new_id <> old_id OR old_id IN (
    SELECT old_id FROM roster_operation WHERE reorganisation_id = %(pk)s AND kind = 'dissolve'
) AS leaves
FROM roster_rehoming
WHERE reorganisation_id = %(pk)s AND what = %(what)s AND is_applied = {state} AND new_id IS NOT NULL
ORDER BY id LIMIT %(batch)s
"""


# Two workers at one reorganisation take turns, and the second finds what the first has left.
ONE_AT_A_TIME: Final = "SELECT FROM roster_reorganisation WHERE id = %(pk)s FOR NO KEY UPDATE"


@dataclass(frozen=True)
class Thing:
    """What may hang on a unit.

    `source` selects `id, old_id, label, ended_on` (parameters: `pk`, `day`, `eve`); `apply` and `undo` are
    statements that read the rows of `batch` (id, object_id, old_id, new_id, label, new_label, ended_on, leaves).
    `late` takes back what was made for a new unit since the run. A thing that `is_asked` of a split or
    dissolved unit needs a person's word; one that `ends` may end with a dissolved unit.
    """

    what: str
    title: str
    source: str
    apply: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    is_asked: bool = True
    ends: bool = False
    moves: bool = False


# What a new unit came from: what was made for it since the run goes there when the run is taken back.
CAME_FROM: Final = """(
    SELECT DISTINCT ON (new_id) new_id, old_id FROM roster_operation
    WHERE reorganisation_id = %(pk)s AND new_id = ANY (%(made)s) AND old_id IS NOT NULL
    ORDER BY new_id, kind IN ('rename', 'split_main') DESC, id
)"""


def repointed(
    what: str, title: str, *, table: str, column: str, label: str, where: str = "TRUE"
) -> Thing:
    """A thing that knows its unit by one column: the column is pointed to the new unit, and back."""
    move = f"UPDATE {table} t SET {column} = b.{{to}} FROM batch b WHERE t.id = b.object_id AND t.{column} = b.{{back}}"  # noqa: S608 our own names, no input
    late = (
        f"UPDATE {table} t SET {column} = c.old_id FROM {CAME_FROM} c WHERE t.{column} = c.new_id"  # noqa: S608 our own names, no input
    )
    return Thing(
        what,
        title,
        f"SELECT t.id, t.{column} AS old_id, {label} AS label, NULL::date AS ended_on FROM {table} t WHERE {where}",  # noqa: S608 our own names, no input
        (move.format(to="new_id", back="old_id"),),
        (move.format(to="old_id", back="new_id"),),
        (late,),
    )


def keep(table: str, rows: str, *columns: str) -> str:
    """Note what `columns` (none: all) of these rows `t` say, unless that is noted already."""
    pairs = ", ".join(f"'{name}', t.{name}" for name in columns)
    was = f"jsonb_build_object({pairs})" if columns else "to_jsonb(t)"
    return (
        "INSERT INTO roster_keptrow (reorganisation_id, table_name, row_id, was)"  # noqa: S608 our own names, no input
        f" SELECT %(pk)s, '{table}', t.id, {was} FROM {table} t WHERE {rows}"
        " ON CONFLICT (reorganisation_id, table_name, row_id) DO NOTHING"
    )


def made(table: str, insert: str) -> str:
    """Insert rows, and note that they were not there before."""
    return (
        f"WITH made AS ({insert} RETURNING id)"  # noqa: S608 our own names, no input
        " INSERT INTO roster_keptrow (reorganisation_id, table_name, row_id, was)"
        f" SELECT %(pk)s, '{table}', id, '{{}}' FROM made"
    )


def kept_of(table: str, state: str) -> str:
    return (
        f"k.reorganisation_id = %(pk)s AND k.table_name = '{table}' AND k.row_id = t.id"
        f" AND k.was {state} '{{}}'"
    )


def put_back(table: str, *columns: str, rows: str = "TRUE") -> str:
    """These columns as they were kept."""
    sets = ", ".join(f"{name} = was.{name}" for name in columns)
    return (
        f"UPDATE {table} t SET {sets} FROM roster_keptrow k,"  # noqa: S608 our own names, no input
        f" jsonb_populate_record(NULL::{table}, k.was) AS was"
        f" WHERE {kept_of(table, '<>')} AND {rows}"
    )


def take_away(table: str, rows: str = "TRUE") -> str:
    """What the reorganisation itself made."""
    return f"DELETE FROM {table} t USING roster_keptrow k WHERE {kept_of(table, '=')} AND {rows}"  # noqa: S608 our own names, no input


def bring_back(table: str) -> str:
    """Rows that were kept whole and are gone."""
    return (
        f"INSERT INTO {table} SELECT was.* FROM roster_keptrow k,"  # noqa: S608 our own names, no input
        f" jsonb_populate_record(NULL::{table}, k.was) AS was"
        f" WHERE k.reorganisation_id = %(pk)s AND k.table_name = '{table}' AND k.was ? 'id'"
        " ON CONFLICT (id) DO NOTHING"
    )


def facts_of(reorganisation: Reorganisation) -> dict[str, Any]:
    """The parameters that every statement may use."""
    return {
        "pk": reorganisation.pk,
        "day": reorganisation.effective_on,
        "eve": reorganisation.eve,
        "decision": reorganisation.decision,
        "because": f"Sắp xếp tổ chức: {reorganisation.decision}"[:200],
        "made": reorganisation.facts.get("made", []),
        "batch": BATCH,
    }


def carry_out(reorganisation: Reorganisation, statements: Iterable[str], **more: Any) -> None:
    facts = {**facts_of(reorganisation), **more}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MODEST)
        for statement in statements:
            cursor.execute(statement, facts)


def know_sizes() -> None:
    with connection.cursor() as cursor:
        cursor.execute(STATISTICS)


def find(reorganisation: Reorganisation, things: Iterable[Thing]) -> None:
    """Note the things that are not noted yet; what a person chose stays."""
    for thing in things:
        facts = {
            **facts_of(reorganisation),
            "what": thing.what,
            "asked": thing.is_asked,
            "ends": thing.ends or not thing.is_asked,
            "moves": thing.moves,
        }
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(MODEST)
            cursor.execute(FIND.format(source=thing.source), facts)
            if cursor.rowcount > MANY:
                cursor.execute(STATISTICS)


def do_batch(reorganisation: Reorganisation, thing: Thing, *, undo: bool = False) -> int:
    """Re-home one batch of things (or take one back) in a transaction; 0 when none is left."""
    facts = {**facts_of(reorganisation), "what": thing.what}
    batch = BATCH_OF.format(state="TRUE" if undo else "FALSE")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MODEST)
        cursor.execute(ONE_AT_A_TIME, facts)
        cursor.execute(f"CREATE TEMP TABLE batch ON COMMIT DROP AS {batch}", facts)
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
    if undo:
        carry_out(reorganisation, [late for thing in things for late in thing.late])
    return 0
