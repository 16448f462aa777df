"""On which days units meet, moves and cancellations counted: what those who send people must know of the calendar."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from meetings.models import Meeting
from meetings.states import MeetingStatus

PlannedDays = Mapping[tuple[int, date], frozenset[date]]


def planned_days(units: Collection[int], first: date, last: date) -> PlannedDays:
    """For each (unit, month) that is planned: the days on which it really meets, none when cancelled. One query."""
    rows = Meeting.objects.filter(
        unit__in=units, month__gte=first.replace(day=1), month__lte=last
    ).values_list("unit", "month", "held_on", "status")
    found: dict[tuple[int, date], set[date]] = defaultdict(set)
    for unit, month, held_on, status in rows:
        found[unit, month] |= {held_on} if status != MeetingStatus.CANCELLED else set()
    return {key: frozenset(days) for key, days in found.items()}
