"""`plan_month` beside the bare INSERT … SELECT of the same rows, for 6,000 and 250,000 branches.

Same table, same indexes, same foreign keys, rows in the same order. The memory is this process's
highest so far: after 250,000 branches beside after 6,000.
"""

import resource
from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.db import connection

from meetings.actions.planning import plan_month
from roster.models import Unit
from roster.states import UnitKind
from tests.bench.measure import Figure, beside_floor

MONTH = date(2026, 12, 1)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
COMMUNE_SIZE = 60
KILOBYTE = 1024

PLANT = """
WITH top AS (SELECT id FROM roster_unit WHERE kind = 'provincial'),
commune AS (
    INSERT INTO roster_unit (kind, code, name, name_key, search, branch_type, note, starts_on, path)
    SELECT 'commune', 'C' || n, 'Xã ' || n, 'xa ' || n, 'xa ' || n, '', '', '2025-07-01', ''
    FROM generate_series(1, %(communes)s) n RETURNING id),
branch AS (
    INSERT INTO roster_unit (kind, code, name, name_key, search, branch_type, note, starts_on, path)
    SELECT 'branch', '', 'Chi bộ xóm ' || n, 'x' || n, 'chi bo xom ' || n, 'residential', '', '2025-07-01', ''
    FROM generate_series(1, %(branches)s) n RETURNING id),
under AS (
    INSERT INTO roster_unitparent (unit_id, parent_id, starts_on)
    SELECT commune.id, top.id, '2025-07-01'::date FROM commune, top
    UNION ALL
    SELECT b.id, c.id, '2025-07-01'::date
    FROM (SELECT id, (row_number() OVER () - 1) / %(size)s AS place FROM branch) b
    JOIN (SELECT id, row_number() OVER () - 1 AS place FROM commune) c USING (place)
    RETURNING unit_id)
INSERT INTO roster_meetingrule (unit_id, kind, day, time, place, starts_on)
SELECT id, 'regular', 1 + id %% 28, '19:30', 'Nhà văn hóa', '2025-07-01' FROM branch
"""
PATHS = """
UPDATE roster_unit u SET path = above.path || u.id || '/'
FROM roster_unitparent p JOIN roster_unit above ON above.id = p.parent_id
WHERE p.unit_id = u.id AND u.kind = %s
"""
SAME_ROWS = """
CREATE TABLE bench_same AS SELECT * FROM meetings_meeting
"""
FLOOR = "INSERT INTO meetings_meeting SELECT * FROM bench_same"


def figures() -> Iterator[Figure]:
    """`plan_month_6000`, `plan_month_250000`, `plan_month_memory_mb`."""
    highest = {}
    for branches in (6_000, 250_000):
        plant(branches)
        plan_month(MONTH, now=NOW)
        run(SAME_ROWS)
        yield beside_floor(
            f"plan_month_{branches}",
            lambda: plan_month(MONTH, now=NOW),
            lambda: run(FLOOR),
            between=clear,
            rounds=5,
        )
        highest[branches] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE
        uproot()
    yield Figure("plan_month_memory_mb", highest[250_000], highest[6_000], "MB")


def plant(branches: int) -> None:
    top = Unit.objects.create(kind=UnitKind.PROVINCIAL, name="Tỉnh", starts_on=date(2025, 7, 1))
    Unit.objects.filter(pk=top.pk).update(path=f"/{top.pk}/")
    with connection.cursor() as cursor:
        communes = -(-branches // COMMUNE_SIZE)
        cursor.execute(PLANT, {"communes": communes, "branches": branches, "size": COMMUNE_SIZE})
        for kind in (UnitKind.COMMUNE, UnitKind.BRANCH):
            cursor.execute(PATHS, [kind])
    run("ANALYZE")


def clear() -> None:
    run("TRUNCATE meetings_meeting, reports_dirtymark CASCADE")


def uproot() -> None:
    clear()
    run("DROP TABLE bench_same")
    run("SET session_replication_role = replica")
    run("TRUNCATE roster_unit CASCADE")
    run("SET session_replication_role = DEFAULT")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
