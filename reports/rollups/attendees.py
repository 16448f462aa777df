"""How punctual each attendee's reports of a month are: counts of meetings, in one statement."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from reports.work import links
from roster.models import Official, User

# Who goes is who is assigned on the day, unless somebody stands in; a meeting's one report counts for all who go.
COUNT: Final = """
WITH seen AS MATERIALIZED (
    SELECT m.id, m.unit_id, m.held_on, m.late_after,
           r.first_submitted_at IS NOT NULL AS is_filed, COALESCE(r.is_on_time, FALSE) AS is_on_time
    FROM meetings_meeting m
    JOIN roster_unit u ON u.id = m.unit_id
    LEFT JOIN reports_meetingreport r ON r.meeting_id = m.id
    WHERE m.month = %(month)s AND u.path COLLATE "C" LIKE %(under)s AND m.status <> 'cancelled'
      AND (m.status = 'held' OR r.first_submitted_at IS NOT NULL OR m.starts_at <= %(now)s)
), going AS (
    SELECT DISTINCT seen.id, COALESCE(s.substitute_id, a.official_id) AS official,
           seen.is_filed, seen.is_on_time, seen.late_after
    FROM seen
    JOIN assignments_assignment a ON a.unit_id = seen.unit_id AND a.in_force
      AND a.starts_on <= seen.held_on AND COALESCE(a.ends_on, 'infinity') >= seen.held_on
    LEFT JOIN assignments_substitution s ON s.assignment_id = a.id AND s.status = 'accepted'
      AND s.starts_on <= seen.held_on AND COALESCE(s.ends_on, 'infinity') >= seen.held_on
)
SELECT official,
       count(*),
       count(*) FILTER (WHERE is_filed AND is_on_time),
       count(*) FILTER (WHERE is_filed AND NOT is_on_time),
       count(*) FILTER (WHERE NOT is_filed AND late_after < %(today)s)
FROM going
GROUP BY official
"""


@dataclass(frozen=True)
class Punctuality:
    """One attendee's month; expected = on_time + late + missing + not_due, so that no share exceeds 100 %."""

    official: Official
    month: date
    expected: int
    on_time: int
    late: int
    missing: int

    @property
    def received(self) -> int:
        return self.on_time + self.late

    @property
    def report_due(self) -> int:
        return self.received + self.missing

    @property
    def not_due(self) -> int:
        return self.expected - self.report_due

    @property
    def received_url(self) -> str:
        return links.reports("filed", month=self.month, official=self.official.pk)

    @property
    def on_time_url(self) -> str:
        return links.reports("on_time", month=self.month, official=self.official.pk)

    @property
    def late_url(self) -> str:
        return links.reports("filed_late", month=self.month, official=self.official.pk)

    @property
    def missing_url(self) -> str:
        return links.reports("missing", month=self.month, official=self.official.pk)

    @property
    def not_due_url(self) -> str:
        return links.reports("due", month=self.month, official=self.official.pk)


def punctuality(user: User, month: date, now: datetime) -> list[Punctuality]:
    """Those who went to meetings below the user's unit; most missing first, then most late, then by name."""
    if user.unit is None and not user.is_superuser:
        return []
    facts: dict[str, Any] = {
        "month": month,
        "under": f"{user.unit.path if user.unit and not user.is_superuser else ''}%",
        "now": now,
        "today": timezone.localdate(now),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, facts)
        counted = {official: counts for official, *counts in cursor.fetchall()}
    officials = Official.objects.filter(pk__in=counted).select_related("agency")
    rows = [Punctuality(one, month, *counted[one.pk]) for one in officials]
    return sorted(rows, key=order)


def order(row: Punctuality) -> tuple[Any, ...]:
    return (-row.missing, -row.late, row.official.name_key, row.official.pk)
