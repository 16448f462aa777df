"""The month's meetings as SQL: one statement for any number of branches (DESIGN.md §5)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection

from config.lib.months import QUARTER, days_of, last_day
from meetings.planning.dates import (
    DEFAULT_HOUR,
    DEFAULT_OFFICE_HOUR,
    default_enlarged_day,
    shifts_of,
)
from meetings.planning.deadlines import deadlines_of
from meetings.states import MeetingStatus
from roster.models import Unit
from roster.states import MeetingKind, UnitKind

# Day 31 means the last day of a shorter month; week -1 the last such weekday. Where Tết, a holiday or a
# weekend lies on that day, `shift` says where the meeting goes: what is a holiday is known to Python, not to SQL.
BY_RULE: Final = """
    SELECT u.id AS unit_id, u.kind AS unit_kind, r.kind, s.day, r.place,
           NULLIF(d.day, s.day) AS shifted_from, s.asks,
           COALESCE(r.time, CASE r.kind WHEN %(enlarged)s THEN %(office_hour)s ELSE %(hour)s END::time) AS hour
    FROM roster_meetingrule r
    JOIN roster_unit u ON u.id = r.unit_id
    CROSS JOIN LATERAL (SELECT CASE
        WHEN r.day IS NOT NULL THEN LEAST(%(month)s::date + (r.day - 1), %(last)s::date)
        WHEN r.week = -1 THEN %(last)s::date - (EXTRACT(isodow FROM %(last)s::date)::int + 6 - r.weekday) %% 7
        ELSE %(month)s::date + (r.weekday + 8 - EXTRACT(isodow FROM %(month)s::date)::int) %% 7 + (r.week - 1) * 7
    END AS day) d
    JOIN unnest(%(rule_days)s::date[], %(shifted_days)s::date[], %(asked)s::boolean[]) s (rule_day, day, asks)
      ON s.rule_day = d.day
    WHERE ((r.kind = %(enlarged)s AND u.kind = %(commune)s) OR (u.kind = %(branch)s
        AND (r.kind = %(regular)s OR (r.kind = %(thematic)s AND r.quarter_month = %(quarter_month)s))))
      AND u.path COLLATE "C" LIKE %(under)s
      AND r.starts_on <= d.day AND COALESCE(r.ends_on, 'infinity') >= d.day
      AND u.starts_on <= s.day AND COALESCE(u.ends_on, 'infinity') >= s.day
"""

# A commune to which somebody is sent, although nobody has said when its committee meets.
BY_DEFAULT: Final = """
    SELECT u.id, u.kind, %(enlarged)s, %(default_day)s::date, '', NULL, FALSE, %(office_hour)s::time
    FROM roster_unit u
    WHERE u.kind = %(commune)s
      AND u.path COLLATE "C" LIKE %(under)s
      AND u.starts_on <= %(default_day)s AND COALESCE(u.ends_on, 'infinity') >= %(default_day)s
      AND EXISTS (
        SELECT FROM assignments_assignment a
        WHERE a.unit_id = u.id AND a.in_force
          AND a.starts_on <= %(default_day)s AND COALESCE(a.ends_on, 'infinity') >= %(default_day)s)
      AND NOT EXISTS (
        SELECT FROM roster_meetingrule r
        WHERE r.unit_id = u.id AND r.kind = %(enlarged)s
          AND r.starts_on <= %(last)s AND COALESCE(r.ends_on, 'infinity') >= %(month)s)
"""

# A rule that changes within the month can name two days: the earlier one counts.
CANDIDATES: Final = f"""
    SELECT DISTINCT ON (unit_id, kind) *
    FROM ({BY_RULE} UNION ALL {BY_DEFAULT}) every
    ORDER BY unit_id, kind, day
"""  # noqa: S608 - only constants of this module are joined

# The three dates of each day's report; what counts as a working day is known to Python, not to SQL.
DEADLINE: Final = """
    SELECT * FROM unnest(%(days)s::date[], %(due_on)s::date[], %(late_after)s::date[], %(locked_on)s::date[])
        AS deadline (day, due_on, late_after, locked_on)
"""

# The tree is climbed once for each (superior unit, day), not once for each branch.
INSERT: Final = f"""
WITH RECURSIVE candidate AS MATERIALIZED ({CANDIDATES}),
deadline AS MATERIALIZED ({DEADLINE}),
placed AS MATERIALIZED (
    SELECT c.*, p.parent_id
    FROM candidate c
    LEFT JOIN roster_unitparent p ON p.unit_id = c.unit_id
      AND p.starts_on <= c.day AND COALESCE(p.ends_on, 'infinity') >= c.day
),
climb (parent_id, day, unit_id) AS (
    SELECT DISTINCT parent_id, day, parent_id FROM placed WHERE parent_id IS NOT NULL
    UNION
    SELECT climb.parent_id, climb.day, p.parent_id
    FROM climb
    JOIN roster_unitparent p ON p.unit_id = climb.unit_id
      AND p.starts_on <= climb.day AND COALESCE(p.ends_on, 'infinity') >= climb.day
),
above AS (
    SELECT climb.parent_id, climb.day,
           MAX(u.id) FILTER (WHERE u.kind = %(commune)s) AS commune_id,
           MAX(u.id) FILTER (WHERE u.kind = %(district)s) AS district_id,
           MAX(u.id) FILTER (WHERE u.kind = %(provincial)s) AS province_id
    FROM climb JOIN roster_unit u ON u.id = climb.unit_id
    GROUP BY climb.parent_id, climb.day
),
housed AS MATERIALIZED (
    SELECT c.*, CASE c.unit_kind WHEN %(commune)s THEN c.unit_id ELSE above.commune_id END AS commune_id,
           above.district_id, above.province_id
    FROM placed c
    LEFT JOIN above ON above.parent_id = c.parent_id AND above.day = c.day
),
inserted AS (
    INSERT INTO meetings_meeting (
        unit_id, month, kind, starts_at, held_on, place, status, reason, sequence,
        report_due_on, late_after, locked_on, commune_id, district_id, province_id,
        shifted_from, asks_day)
    SELECT c.unit_id, %(month)s, c.kind, (c.day + c.hour) AT TIME ZONE %(zone)s, c.day, c.place, %(planned)s, '', 0,
           d.due_on, d.late_after, d.locked_on, c.commune_id, c.district_id, c.province_id,
           c.shifted_from, c.asks
    FROM housed c
    JOIN deadline d ON d.day = c.day
    ORDER BY c.unit_id
    ON CONFLICT (unit_id, month, kind) DO NOTHING
    RETURNING COALESCE(commune_id, district_id, province_id) AS place_id, province_id
)
SELECT place_id, province_id, COUNT(*) FROM inserted GROUP BY 1, 2
"""  # noqa: S608

# Meetings ahead that nobody has moved, cancelled or confirmed, and that no longer agree with their unit's rule.
FOLLOW: Final = f"""
WITH candidate AS MATERIALIZED ({CANDIDATES}),
deadline AS MATERIALIZED ({DEADLINE}),
strayed AS MATERIALIZED (
    SELECT m.id, m.starts_at AS was_at, c.day, c.place, c.shifted_from, c.asks, (c.day + c.hour) AT TIME ZONE %(zone)s AS starts_at
    FROM candidate c
    JOIN meetings_meeting m ON m.unit_id = c.unit_id AND m.month = %(month)s AND m.kind = c.kind
    WHERE m.status = %(planned)s AND m.moved_from IS NULL AND m.confirmed_at IS NULL
      AND m.starts_at > %(now)s AND (c.day + c.hour) AT TIME ZONE %(zone)s > %(now)s
      AND (m.starts_at, m.place, m.asks_day)
        IS DISTINCT FROM ((c.day + c.hour) AT TIME ZONE %(zone)s, c.place, c.asks)
    ORDER BY m.id
    FOR UPDATE OF m
)
UPDATE meetings_meeting m
SET starts_at = s.starts_at, place = s.place, held_on = s.day, shifted_from = s.shifted_from, asks_day = s.asks,
    report_due_on = d.due_on, late_after = d.late_after, locked_on = d.locked_on,
    sequence = m.sequence + (s.was_at <> s.starts_at)::int
FROM strayed s JOIN deadline d ON d.day = s.day
WHERE s.id = m.id
RETURNING m.id, s.was_at
"""  # noqa: S608


def insert_meetings(month: date, unit: Unit | None) -> list[tuple[int | None, int | None, int]]:
    """Write the meetings that are missing; (where they count, province, how many) of what was written."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, parameters(month, unit))
        return list(cursor.fetchall())


def follow_rules(month: date, unit: Unit | None, now: datetime) -> dict[int, datetime]:
    """Put meetings where their units' rules have them by now; meeting → the moment it had."""
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, {**parameters(month, unit), "now": now})
        return dict(cursor.fetchall())


def parameters(month: date, unit: Unit | None) -> Mapping[str, Any]:
    kinds = {kind.value: kind.value for kind in (*UnitKind, *MeetingKind)}
    return {
        **kinds,
        "month": month,
        "last": last_day(month),
        "default_day": default_enlarged_day(month),
        "hour": DEFAULT_HOUR,
        "office_hour": DEFAULT_OFFICE_HOUR,
        "under": f"{unit.path if unit else ''}%",
        "zone": settings.TIME_ZONE,
        "planned": MeetingStatus.PLANNED.value,
        "quarter_month": (month.month - 1) % QUARTER + 1,
        **shift_columns(month),
        **deadline_columns(month),
    }


def shift_columns(month: date) -> Mapping[str, list[Any]]:
    """Day by day of the month, as columns."""
    shifts = shifts_of(month)
    return {
        "rule_days": list(shifts),
        "shifted_days": [one.to for one in shifts.values()],
        "asked": [one.asks for one in shifts.values()],
    }


def deadline_columns(month: date) -> Mapping[str, list[date]]:
    """Day by day of the month, as columns; a day without its policies is left out."""
    dated = deadlines_of(days_of(month))
    return {
        "days": list(dated),
        "due_on": [dates.due_on for dates in dated.values()],
        "late_after": [dates.late_after for dates in dated.values()],
        "locked_on": [dates.locked_on for dates in dated.values()],
    }
