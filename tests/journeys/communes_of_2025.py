"""The three provinces before July 2025: 398 communes, their branches, three years of meetings behind them."""

import csv
from datetime import date
from pathlib import Path

from django.db import connection

from roster.actions.shipped_units import DATA, load_shipped_units
from roster.models import UnitParent
from roster.states import UnitKind

CHANGES = DATA / "commune_changes_2025_07.csv"
FIRST, DAY, EVE = date(2025, 1, 1), date(2025, 7, 1), date(2025, 6, 30)

BRANCHES = """
WITH made AS (
    INSERT INTO roster_unit (kind, code, name, name_key, search, branch_type, note, path, starts_on, ends_on)
    SELECT 'branch', 'CB' || c.id || '-' || n, 'Chi bộ xóm ' || n, 'chi bo xom ' || lpad(n::text, 6, '0'),
        'chi bo xom ' || n, 'residential', '', c.path, '2020-01-01', NULL
    FROM roster_unit c CROSS JOIN generate_series(13, 12 + %(each)s) n
    WHERE c.kind = 'commune' AND c.ends_on IN ('2024-12-31', '2025-06-30') RETURNING id, code, path
), placed AS (
    INSERT INTO roster_unitparent (unit_id, parent_id, starts_on, ends_on)
    SELECT made.id, c.id, '2020-01-01', NULL FROM made
    JOIN roster_unit c ON c.kind = 'commune' AND split_part(substr(made.code, 3), '-', 1)::bigint = c.id RETURNING unit_id
)
SELECT count(*) FROM placed
"""
PATHS = "UPDATE roster_unit SET path = path || id || '/' WHERE kind = 'branch'"
MEETINGS = """
INSERT INTO meetings_meeting (unit_id, month, kind, starts_at, held_on, place, status, reason, sequence,
    report_due_on, late_after, locked_on, commune_id, district_id, province_id)
SELECT p.unit_id, m::date, 'regular', m + interval '2 days 19 hours', m::date + 2, '',
    CASE WHEN m < %(day)s THEN 'held' ELSE 'planned' END, '', 0, m::date + 7,
    m::date + 7, m::date + 30, p.parent_id, d.parent_id, q.parent_id
FROM roster_unitparent p JOIN roster_unit u ON u.id = p.unit_id AND u.kind = 'branch'
LEFT JOIN roster_unitparent d ON d.unit_id = p.parent_id
LEFT JOIN roster_unitparent q ON q.unit_id = d.parent_id
CROSS JOIN generate_series('2022-07-01'::date, %(until)s, interval '1 month') m
"""


def three_years(each: int = 1, until: date = EVE) -> None:
    load_shipped_units()
    with connection.cursor() as cursor:
        cursor.execute(BRANCHES, {"each": each})
        cursor.execute(PATHS)
        cursor.execute(MEETINGS, {"day": DAY, "until": until})


def mapping_of_splits(path: Path) -> int:
    """Each branch of a split commune goes to the part with the smallest code."""
    with CHANGES.open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["change"].startswith("divided")]
    parts: dict[str, str] = {}
    for row in rows:
        parts[row["old_code"]] = min(parts.get(row["old_code"], "99999"), row["new_code"])
    parents = UnitParent.objects.on(EVE).filter(
        unit__kind=UnitKind.BRANCH, parent__code__in=parts, parent__kind=UnitKind.COMMUNE
    )
    lines = [
        f"{code},{parts[old]}" for code, old in parents.values_list("unit__code", "parent__code")
    ]
    path.write_text("\n".join(["branch_code,new_code", *lines]))
    return len(lines)
