"""The counts of meetings, in one statement: the same for roll-ups, summaries and the nightly check."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast

from django.db import connection
from django.utils import timezone

from reports.facts import COUNTS, Counts

NOTHING: Final = cast("Counts", dict.fromkeys(COUNTS, 0))

# By itself and not after "OR …": only so is it the beginning of the search, and not a look at every meeting there is.
COUNTS_BELOW: Final = """m.unit_id IN (
    SELECT s.unit_id FROM roster_home s JOIN roster_unit p ON p.id = s.place_id WHERE p.path COLLATE "C" LIKE %(below)s)"""
# MATERIALIZED: each look-up is made once a row, not once a figure (0.2 s instead of 3 s for 5,000 meetings).
COUNT: Final = """
WITH seen AS MATERIALIZED (
    SELECT
        CASE WHEN %(by_unit)s THEN m.unit_id ELSE COALESCE(m.commune_id, m.district_id, m.province_id) END AS place,
        CASE WHEN %(by_unit)s THEN m.unit_id ELSE h.place_id END AS home,
        m.month,
        m.kind,
        m.status,
        m.late_after,
        r.first_submitted_at IS NOT NULL AS is_filed,
        COALESCE(r.is_on_time, FALSE) AS is_on_time,
        r.first_submitted_at IS NOT NULL OR EXISTS (
            SELECT FROM assignments_assignment a
            WHERE a.unit_id = m.unit_id AND a.in_force AND a.starts_on <= m.held_on
                AND (a.ends_on IS NULL OR a.ends_on >= m.held_on)
        ) AS is_assigned,
        m.status <> 'cancelled' AND (
            m.status = 'held' OR r.first_submitted_at IS NOT NULL OR m.starts_at <= %(now)s
        ) AS is_expected,
        EXISTS (
            SELECT FROM meetings_attendance t WHERE t.meeting_id = m.id AND t.status = 'attended'
        ) AS is_attended,
        CASE WHEN r.first_submitted_at IS NULL THEN 0 ELSE (
            SELECT count(*) FROM reports_recommendation k WHERE k.report_id = r.id
        ) END AS recommendations
    FROM meetings_meeting m
    LEFT JOIN reports_meetingreport r ON r.meeting_id = m.id
    LEFT JOIN roster_home h ON h.unit_id = m.unit_id
    WHERE m.month BETWEEN %(first)s AND %(last)s
        AND (%(within)s IS NULL OR %(within)s IN (m.commune_id, m.district_id, m.province_id))
        AND {below}
        AND (%(places)s IS NULL OR COALESCE(m.commune_id, m.district_id, m.province_id) = ANY(%(places)s::bigint[]))
), live AS (
    SELECT *, is_assigned AND is_expected AS counts, status = 'held' OR is_filed AS is_held FROM seen
)
SELECT
    place,
    home,
    month,
    kind,
    count(*) FILTER (WHERE is_assigned),
    count(*) FILTER (WHERE NOT is_assigned AND status <> 'cancelled'),
    count(*) FILTER (WHERE is_assigned AND status = 'cancelled'),
    count(*) FILTER (WHERE is_assigned AND status <> 'cancelled' AND NOT is_expected),
    count(*) FILTER (WHERE counts),
    count(*) FILTER (WHERE counts AND is_held),
    count(*) FILTER (WHERE counts AND is_held AND is_attended),
    count(*) FILTER (WHERE counts AND (is_filed OR late_after < %(today)s)),
    count(*) FILTER (WHERE counts AND is_filed),
    count(*) FILTER (WHERE counts AND is_filed AND is_on_time),
    count(*) FILTER (WHERE counts AND is_filed AND NOT is_on_time),
    count(*) FILTER (WHERE counts AND NOT is_filed AND late_after < %(today)s),
    COALESCE(sum(recommendations), 0)
FROM live
GROUP BY place, home, month, kind
ORDER BY place, home, month, kind
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of one place of the day, where that is today (primary keys; None: nowhere), month and kind."""

    place: int | None
    home: int | None
    month: date
    kind: str
    counts: Counts


def count(
    first: date,
    last: date,
    *,
    now: datetime,
    within: int | None = None,
    below: str | None = None,
    places: list[int] | None = None,
    by_unit: bool = False,
) -> list[Counted]:
    """Count the meetings of the months `first`–`last` as of `now`.

    `within` keeps those of one commune, district or province (of the meeting's day), `below` those that count
    today at or below this path, `places` those of several communes of the day. Place and home are communes, or
    with `by_unit` the branch itself.
    """
    facts = {
        "by_unit": by_unit,
        "now": now,
        "today": timezone.localdate(now),
        "first": first,
        "last": last,
        "within": within,
        "below": f"{below}%" if below else None,
        "places": places,
    }
    return list(counted(facts))


def counted(facts: dict[str, Any]) -> Iterator[Counted]:
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(below=COUNTS_BELOW if facts["below"] else "TRUE"), facts)
        for place, home, month, kind, *numbers in cursor.fetchall():
            values = dict(zip(COUNTS, map(int, numbers), strict=True))
            yield Counted(place, home, month, kind, cast("Counts", values))


def total(rows: list[Counted]) -> Counts:
    """The sum of several counts."""
    added = dict(NOTHING)
    for row in rows:
        for name in COUNTS:
            added[name] += row.counts[name]  # type: ignore[literal-required]
    return cast("Counts", added)
