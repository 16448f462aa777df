"""Other dates for one meeting's report than the policies give; why and for whom is known to the room above."""

from datetime import date

from config.lib.errors import Conflict
from meetings.models import Meeting
from meetings.planning.deadlines import Deadlines


def set_deadlines(meeting: Meeting, dates: Deadlines, *, extended_from: date | None) -> None:
    """Write `dates` (due, late after, locked) if the meeting still has those it was loaded with; Conflict otherwise."""
    changes = {
        "report_due_on": dates.due_on,
        "late_after": dates.late_after,
        "locked_on": dates.locked_on,
        "extended_from": extended_from,
    }
    rows = Meeting.objects.filter(pk=meeting.pk, sequence=meeting.sequence)
    same = {name: getattr(meeting, name) for name in changes}
    if not rows.filter(**same).update(**changes):
        raise Conflict
    for name, value in changes.items():
        setattr(meeting, name, value)
