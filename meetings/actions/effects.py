"""Telling the rooms above that the calendar of a place and month changed, without knowing them."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from meetings.models import Meeting


def calendar_changed(places: Iterable[tuple[int, date]]) -> None:
    """Call each of MEETING_EFFECTS with the (unit's primary key, month) that changed, in this transaction."""
    changed = sorted(set(places))
    for path in settings.MEETING_EFFECTS:
        import_string(path)(changed)


def meetings_changed(meetings: Iterable[Meeting]) -> None:
    """A meeting counts in the commune of its day, or in the body right above where there is none."""
    rows = [(row.commune_id or row.district_id or row.province_id, row.month) for row in meetings]
    calendar_changed((place, month) for place, month in rows if place)
