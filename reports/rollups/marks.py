"""Marks that a commune's month must be counted anew; appended in the act's own transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from config.lib.appending import Appender
from meetings.models import Meeting
from reports.models import DirtyMark

MARKS: Final = Appender(DirtyMark)


def mark_dirty(meeting: Meeting) -> None:
    """The act changed a figure of this meeting's month. Two acts never wait for each other here."""
    place = place_of(meeting)
    if place is not None:
        MARKS.add(DirtyMark(unit_id=place, month=meeting.month))


def mark_places_dirty(places: Iterable[tuple[int, date]]) -> None:
    """The same for bulk acts: once for each (commune, month) they touched."""
    MARKS.add(*(DirtyMark(unit_id=place, month=month) for place, month in places))


def place_of(meeting: Meeting) -> int | None:
    """Where the meeting counts: the commune of its day, or the body right above where there is none."""
    return meeting.commune_id or meeting.district_id or meeting.province_id
