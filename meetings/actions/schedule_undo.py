"""Undoing a schedule import as one act, as far as its meetings are as it left them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from config.lib.errors import Refused, refuse_if
from config.lib.status import change_status
from meetings import rules
from meetings.actions import calendar
from meetings.actions.effects import meetings_changed
from meetings.actions.schedules import put_place, snapshot
from meetings.models import Meeting, ScheduleImport
from meetings.states import MeetingStatus, ScheduleStatus
from meetings.telling import was_told, withdraw_reminders
from roster import audit
from roster.models import User

REASON: Final = "Hoàn tác lần nhập lịch nhầm."


@transaction.atomic
def undo_schedule(found: ScheduleImport, *, by: User) -> int:
    """Put each meeting back where it was (who was told of the move is told again); how many stay as they are.

    Those that somebody has changed, answered or been reminded of since then are left alone, past ones too.
    """
    refuse_if(rules.why_not_undo_schedule(found, by))
    change_status(found, ScheduleStatus.UNDONE, undone_at=timezone.now())
    kept = 0
    meetings = Meeting.objects.select_related("unit", "commune").in_bulk(
        [one["meeting"] for one in found.done]
    )
    for one in found.done:
        meeting = meetings.get(one["meeting"])
        kept += meeting is None or not put_back(meeting, one["before"], one["after"], by=by)
    audit.record("schedule_undone", found, by=by, undone=len(found.done) - kept, kept=kept)
    return kept


def put_back(
    meeting: Meeting, before: Mapping[str, Any] | None, after: Mapping[str, Any], *, by: User
) -> bool:
    """Whether it could be."""
    if snapshot(meeting) != after or meeting.starts_at <= timezone.now():
        return False
    try:
        with transaction.atomic():
            if before is None:
                take_away(meeting, by=by)
            else:
                restore(meeting, before, by=by)
    except (Refused, ProtectedError):
        return False
    return True


def take_away(meeting: Meeting, *, by: User) -> None:
    """A meeting that the import made and nobody has heard of."""
    if was_told(meeting) or meeting.attendances.exists():
        raise Refused("Đã có người được nhắc hoặc đã trả lời về cuộc họp này.")
    withdraw_reminders([meeting])
    audit.record("deleted", meeting, by=by, reason=REASON)
    meeting.delete()
    meetings_changed([meeting])


def restore(meeting: Meeting, before: Mapping[str, Any], *, by: User) -> None:
    starts_at = datetime.fromisoformat(before["starts_at"])
    if meeting.status == MeetingStatus.CANCELLED != before["status"]:
        calendar.reinstate_meeting(meeting, by=by)
    if meeting.starts_at != starts_at:
        calendar.move_meeting(meeting, starts_at=starts_at, reason=REASON, by=by)
    put_place(meeting, before["place"])
    if meeting.confirmed_at and not before["is_confirmed"]:
        Meeting.objects.filter(pk=meeting.pk).update(confirmed_at=None, confirmed_by=None)
