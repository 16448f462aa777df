"""How punctual each attendee's reports of a month are: counts of meetings, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db import connection
from django.utils import timezone

from reports.rollups.counting import COUNTS_BELOW
from reports.work import links
from roster.models import Official, Unit, User
from roster.states import Units

# Who goes is who is assigned on the day, unless somebody stands in; a meeting's one report counts for all who go.
COUNT: Final = """
WITH seen AS MATERIALIZED (
    SELECT m.id, m.unit_id, m.held_on, m.late_after,
           r.first_submitted_at IS NOT NULL AS is_filed, COALESCE(r.is_on_time, FALSE) AS is_on_time
    FROM meetings_meeting m
    LEFT JOIN roster_home h ON h.unit_id = m.unit_id
    LEFT JOIN reports_meetingreport r ON r.meeting_id = m.id
    WHERE m.month = %(month)s AND {below}
      AND (%(commune)s IS NULL OR CASE WHEN %(is_now)s THEN h.place_id ELSE m.commune_id END = %(commune)s) AND m.status <> 'cancelled'
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
SELECT going.official,
       count(*),
       count(*) FILTER (WHERE is_filed AND is_on_time) AS on_time,
       count(*) FILTER (WHERE is_filed AND NOT is_on_time) AS late,
       count(*) FILTER (WHERE NOT is_filed AND late_after < %(today)s) AS missing
FROM going JOIN roster_official o ON o.id = going.official
GROUP BY going.official, o.name_key
ORDER BY missing DESC, late DESC, o.name_key, going.official
"""


class Counted(NamedTuple):
    """The key of one attendee, and how many reports of each kind."""

    official: int
    expected: int
    on_time: int
    late: int
    missing: int


@dataclass(frozen=True)
class Punctuality:
    """One attendee's month; expected = on_time + late + missing + not_due, so that no share exceeds 100 %."""

    official: Official
    month: date
    expected: int
    on_time: int
    late: int
    missing: int
    commune: Unit | None = None
    units: Units = Units.THEN

    @property
    def place(self) -> dict[str, Any]:
        return {
            "month": self.month,
            "commune": self.commune,
            "units": self.units,
            "official": self.official.pk,
        }

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
    def expected_url(self) -> str:
        return links.reports("expected", **self.place)

    @property
    def received_url(self) -> str:
        return links.reports("filed", **self.place)

    @property
    def on_time_url(self) -> str:
        return links.reports("on_time", **self.place)

    @property
    def late_url(self) -> str:
        return links.reports("filed_late", **self.place)

    @property
    def missing_url(self) -> str:
        return links.reports("missing", **self.place)

    @property
    def not_due_url(self) -> str:
        return links.reports("due", **self.place)


def count(
    user: User,
    month: date,
    now: datetime,
    *,
    commune: Unit | None = None,
    units: Units = Units.THEN,
) -> list[Counted]:
    """Those who went to meetings in the user's unit (in one commune of it); most missing first, then most late, then
    by name.
    """
    if user.unit is None and not user.is_superuser:
        return []
    facts: dict[str, Any] = {
        "month": month,
        "below": f"{user.unit.path}%" if user.unit else None,
        "commune": commune.pk if commune else None,
        "is_now": units == Units.NOW,
        "now": now,
        "today": timezone.localdate(now),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(below="TRUE" if user.is_superuser else COUNTS_BELOW), facts)
        return [Counted(*row) for row in cursor.fetchall()]


def named(
    counted: Sequence[Counted],
    month: date,
    *,
    commune: Unit | None = None,
    units: Units = Units.THEN,
) -> list[Punctuality]:
    """The same with the officials, in the same order; one query."""
    keys = [row.official for row in counted]
    officials = Official.objects.select_related("agency").in_bulk(keys)
    return [
        Punctuality(officials[row.official], month, *row[1:], commune=commune, units=units)
        for row in counted
    ]
