"""The month's meetings as SQL: one statement for any number of branches (DESIGN.md §5)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

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
    WHERE ((r.kind = %(enlarged)s AND u.kind IN (%(commune)s, %(grassroots)s)) OR (u.kind = %(branch)s
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

# The tree changes on few days of a month: each day, and the last day up to it on which anything changed.
STANDING: Final = """
    SELECT day, MAX(turn.since) AS since
    FROM unnest(%(days)s::date[]) AS every (day) JOIN (
        SELECT %(month)s::date AS since
        UNION SELECT starts_on FROM roster_unitparent WHERE starts_on > %(month)s AND starts_on <= %(last)s
        UNION SELECT ends_on + 1 FROM roster_unitparent WHERE ends_on >= %(month)s AND ends_on < %(last)s
    ) turn ON turn.since <= day
    GROUP BY day
"""

# The tree is climbed once for each superior unit and each time between its changes, not once for each branch.
INSERT: Final = f"""
WITH RECURSIVE deadline AS MATERIALIZED (
    SELECT * FROM ({DEADLINE}) dates JOIN ({STANDING}) standing USING (day)
),
placed AS (
    SELECT c.*, d.due_on, d.late_after, d.locked_on, d.since, p.parent_id
    FROM ({CANDIDATES}) c
    JOIN deadline d ON d.day = c.day
    LEFT JOIN roster_unitparent p ON p.unit_id = c.unit_id
      AND p.starts_on <= d.since AND COALESCE(p.ends_on, 'infinity') >= d.since
),
climb (parent_id, since, unit_id) AS (
    SELECT parent_id, since, parent_id
    FROM (SELECT DISTINCT parent_id FROM roster_unitparent) superior CROSS JOIN (SELECT DISTINCT since FROM deadline) turn
    UNION
    SELECT climb.parent_id, climb.since, p.parent_id
    FROM climb
    JOIN roster_unitparent p ON p.unit_id = climb.unit_id
      AND p.starts_on <= climb.since AND COALESCE(p.ends_on, 'infinity') >= climb.since
),
above AS (
    SELECT climb.parent_id, climb.since,
           MAX(u.id) FILTER (WHERE u.kind = %(commune)s) AS commune_id,
           MAX(u.id) FILTER (WHERE u.kind = %(district)s) AS district_id,
           MAX(u.id) FILTER (WHERE u.kind = %(provincial)s) AS province_id
    FROM climb JOIN roster_unit u ON u.id = climb.unit_id
    GROUP BY climb.parent_id, climb.since
),
inserted AS (
    INSERT INTO meetings_meeting (
        unit_id, month, kind, starts_at, held_on, place, status, reason, sequence,
        report_due_on, late_after, locked_on, commune_id, district_id, province_id,
        shifted_from, asks_day)
    SELECT c.unit_id, %(month)s, c.kind, (c.day + c.hour) AT TIME ZONE %(zone)s, c.day, c.place, %(planned)s, '', 0,
           c.due_on, c.late_after, c.locked_on,
           CASE c.unit_kind WHEN %(commune)s THEN c.unit_id ELSE above.commune_id END,
           above.district_id, above.province_id, c.shifted_from, c.asks
    FROM placed c
    LEFT JOIN above ON above.parent_id = c.parent_id AND above.since = c.since
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


# The database expects a handful of rules to name a day of the month and would look up each branch by itself:
# for a whole country it is told to join whole tables, in memory.
FOR_MANY: Final = {"enable_nestloop": "off", "jit": "off", "work_mem": "64MB"}


def insert_meetings(month: date, unit: Unit | None) -> list[tuple[int | None, int | None, int]]:
    """Write the meetings that are missing; (where they count, province, how many) of what was written."""
    return fetch(INSERT, parameters(month, unit), for_many=unit is None)


def follow_rules(month: date, unit: Unit | None, now: datetime) -> dict[int, datetime]:
    """Put meetings where their units' rules have them by now; meeting → the moment it had."""
    values = {**parameters(month, unit), "now": now}
    return dict(fetch(FOLLOW, values, for_many=unit is None))


def fetch(statement: str, values: Mapping[str, Any], *, for_many: bool) -> list[Any]:
    with connection.cursor() as cursor:
        before = {}
        for name, value in FOR_MANY.items() if for_many else ():
            before[name] = set_for_transaction(cursor, name, value)
        cursor.execute(statement, values)
        rows = list(cursor.fetchall())
        for name, value in before.items():
            set_for_transaction(cursor, name, value)
        return rows


def set_for_transaction(cursor: CursorWrapper, name: str, value: str) -> str:
    """Until its end; what it was. After an error the rollback undoes it."""
    cursor.execute("SELECT current_setting(%s), set_config(%s, %s, TRUE)", [name, name, value])
    return str(cursor.fetchone()[0])


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
