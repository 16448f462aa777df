"""Where one official would have to be at two meetings at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from assignments.states import SubstitutionStatus
from meetings.models import Meeting
from meetings.states import AttendanceStatus, MeetingStatus
from meetings.telling import attendees_of, moment
from roster.models import Official, User

APART: Final = timedelta(hours=3)  # a meeting of 90 minutes, a word afterwards, and the way
SHOWN: Final = 200

# Who goes to what lies ahead in a month, substitutions resolved, without those who have said no.
GOING: Final = """
    SELECT m.id, m.starts_at, u.path, COALESCE(s.substitute_id, a.official_id) AS official_id
    FROM meetings_meeting m
    JOIN roster_unit u ON u.id = m.unit_id
    JOIN assignments_assignment a ON a.unit_id = m.unit_id AND a.in_force
      AND a.starts_on <= m.held_on AND COALESCE(a.ends_on, 'infinity') >= m.held_on
    LEFT JOIN assignments_substitution s ON s.assignment_id = a.id AND s.status = %(accepted)s
      AND s.starts_on <= m.held_on AND COALESCE(s.ends_on, 'infinity') >= m.held_on
    WHERE m.month = %(month)s AND m.status = %(planned)s AND m.starts_at > %(now)s
      AND NOT EXISTS (
        SELECT FROM meetings_attendance t
        WHERE t.meeting_id = m.id AND t.official_id = COALESCE(s.substitute_id, a.official_id)
          AND t.status = %(excused)s)
"""
PAIRS: Final = f"""
WITH going AS MATERIALIZED ({GOING})
SELECT one.official_id, one.id, other.id
FROM going one
JOIN going other ON other.official_id = one.official_id AND other.id > one.id
  AND other.starts_at - one.starts_at > -%(apart)s::interval
  AND other.starts_at - one.starts_at < %(apart)s::interval
WHERE one.path COLLATE "C" LIKE %(under)s OR other.path COLLATE "C" LIKE %(under)s
ORDER BY one.starts_at, one.id, other.id
LIMIT %(shown)s
"""  # noqa: S608 - only constants of this module are joined


@dataclass(frozen=True)
class Clash:
    """`official` is expected at both meetings."""

    official: Official
    one: Meeting
    other: Meeting

    @property
    def pair(self) -> tuple[Meeting, Meeting]:
        """The earlier one first."""
        first, second = sorted((self.one, self.other), key=attrgetter("starts_at", "pk"))
        return first, second

    @property
    def sentence(self) -> str:
        return (
            f"Đồng chí {self.official.full_name} còn dự {self.other.unit.committee_name} "
            f"lúc {moment(self.other.starts_at)}."
        )


def clashes_in(month: date, user: User, *, now: datetime) -> list[Clash]:
    """Those in which a meeting of the user's subtree takes part; three queries."""
    path = user.unit.path if user.unit and not user.is_superuser else ""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {**fixed(month, now), "under": f"{path}%"})
        found = cursor.fetchall()
    officials = Official.objects.in_bulk({row[0] for row in found})
    rows = Meeting.objects.select_related("unit", "commune")
    meetings = rows.in_bulk({pk for row in found for pk in row[1:]})
    return [Clash(officials[who], meetings[one], meetings[other]) for who, one, other in found]


def fixed(month: date, now: datetime) -> dict[str, Any]:
    return {
        "month": month,
        "now": now,
        "accepted": SubstitutionStatus.ACCEPTED.value,
        "planned": MeetingStatus.PLANNED.value,
        "excused": AttendanceStatus.EXCUSED.value,
        "apart": APART,
        "shown": SHOWN,
    }


def clashes_at(meeting: Meeting, starts_at: datetime) -> list[Clash]:
    """What those who go to the meeting would miss if it began at `starts_at`."""
    there = Meeting(pk=meeting.pk, unit=meeting.unit, held_on=timezone.localdate(starts_at))
    goers = [row.official for row in attendees_of([there])[meeting.pk]]
    return [
        Clash(official, meeting, other)
        for official in goers
        for other in at_the_same_time(official, meeting, starts_at)
    ]


def at_the_same_time(
    official: Official, meeting: Meeting, starts_at: datetime
) -> Sequence[Meeting]:
    near = Meeting.objects.attended_by(official.pk).filter(
        status=MeetingStatus.PLANNED,
        starts_at__gt=starts_at - APART,
        starts_at__lt=starts_at + APART,
    )
    rows = list(near.exclude(pk=meeting.pk).for_list())
    going = attendees_of(rows)
    return [row for row in rows if any(one.official == official for one in going[row.pk])]
