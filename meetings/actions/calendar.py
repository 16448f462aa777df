"""What is done to one meeting of the calendar. Lock-free: of two racing changes one gets Conflict."""

from dataclasses import astuple
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from assignments.actions import substitutions
from config.lib.errors import Conflict, refuse_if
from config.lib.status import change_status
from meetings import rules
from meetings.actions.effects import meetings_changed
from meetings.models import Meeting
from meetings.planning.deadlines import Deadlines, deadlines_of
from meetings.states import MeetingStatus
from meetings.telling import moment, tell_about_change, withdraw_reminders
from roster import audit
from roster.models import User


@transaction.atomic
def move_meeting(meeting: Meeting, *, starts_at: datetime, reason: str, by: User) -> None:
    """Put the meeting on another moment of its month; the report's dates move along (R10).

    Attendees and the secretary get one notice "chuyển từ … sang …" unless the new moment has
    passed too (then it only corrects the record). Reminders of the old date are withdrawn.
    """
    now = timezone.now()
    refuse_if(rules.why_not_move(meeting, by, now))
    refuse_if(rules.why_not_move_to(meeting, starts_at))
    before, day = moment(meeting.starts_at), meeting.held_on
    withdraw_reminders([meeting])
    shift_to(meeting, starts_at, reason, by=by, now=now)
    substitutions.follow_move(meeting.unit, day, meeting.held_on, by=by)
    meeting.attendances.all().delete()  # they spoke of the old moment
    audit.record("moved", meeting, by=by, before=before, after=moment(starts_at), reason=reason)
    meetings_changed([meeting])
    if starts_at > now:
        tell_about_change("meetings.moved", [meeting], {meeting.pk: {"before": before}}, by=by)


def shift_to(
    meeting: Meeting, starts_at: datetime, reason: str, *, by: User, now: datetime
) -> None:
    """Write the new moment if the meeting is still as it was loaded; Conflict otherwise.

    Who sets a day has confirmed it.
    """
    held_on = timezone.localdate(starts_at)
    changes = {
        **dates_on(meeting, held_on),
        "starts_at": starts_at,
        "held_on": held_on,
        "moved_from": meeting.starts_at,
        "reason": reason,
        "sequence": meeting.sequence + 1,
        "asks_day": False,
        "confirmed_at": now,
        "confirmed_by": by,
    }
    unchanged = Meeting.objects.filter(
        pk=meeting.pk, status=MeetingStatus.PLANNED, sequence=meeting.sequence
    )
    if not unchanged.update(**changes):
        raise Conflict
    for name, value in changes.items():
        setattr(meeting, name, value)


def dates_on(meeting: Meeting, held_on: date) -> dict[str, date]:
    """The report's dates if the meeting is on `held_on`: those of the policies, or an extension moved along."""
    usual = deadlines_of([meeting.held_on, held_on])
    own = Deadlines(meeting.report_due_on, meeting.late_after, meeting.locked_on)
    if own == usual.get(meeting.held_on) and held_on in usual:
        due_on, late_after, locked_on = astuple(usual[held_on])
    else:
        due_on, late_after, locked_on = (day + (held_on - meeting.held_on) for day in astuple(own))
    return {"report_due_on": due_on, "late_after": late_after, "locked_on": locked_on}


@transaction.atomic
def confirm_date(meeting: Meeting, *, by: User) -> None:
    """The branch keeps the day that the calendar has; twice is once. A later rule leaves it alone."""
    if meeting.confirmed_at:
        return
    now = timezone.now()
    refuse_if(rules.why_not_confirm_date(meeting, by, now))
    unchanged = Meeting.objects.filter(
        pk=meeting.pk, status=MeetingStatus.PLANNED, sequence=meeting.sequence
    )
    if not unchanged.update(confirmed_at=now, confirmed_by=by, asks_day=False):
        raise Conflict
    audit.record("date_confirmed", meeting, by=by, day=meeting.held_on)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: User) -> None:
    """Note that the unit does not meet in this month, and why; tell those who would come."""
    now = timezone.now()
    refuse_if(rules.why_not_cancel(meeting, by, now))
    withdraw_reminders([meeting])
    change_status(meeting, MeetingStatus.CANCELLED, reason=reason, sequence=meeting.sequence + 1)
    audit.record("cancelled", meeting, by=by, reason=reason)
    meetings_changed([meeting])
    if meeting.starts_at > now:
        tell_about_change("meetings.cancelled", [meeting], {}, by=by)


@transaction.atomic
def reinstate_meeting(meeting: Meeting, *, by: User) -> None:
    """Take a cancellation back: the meeting is on again at its old moment."""
    now = timezone.now()
    refuse_if(rules.why_not_reinstate(meeting, by, now))
    change_status(meeting, MeetingStatus.PLANNED, reason="", sequence=meeting.sequence + 1)
    audit.record("reinstated", meeting, by=by)
    meetings_changed([meeting])
    if meeting.starts_at > now:
        tell_about_change("meetings.reinstated", [meeting], {}, by=by)


@transaction.atomic(savepoint=False)
def hold_meeting(meeting: Meeting, *, by: User, now: datetime | None = None) -> None:
    """Note that the meeting took place. Called when its report is filed, or by a desk; a second time it does nothing."""
    if meeting.status == MeetingStatus.HELD:
        return
    refuse_if(rules.why_not_hold(meeting, now or timezone.now()))
    change_status(meeting, MeetingStatus.HELD)
    audit.record("held", meeting, by=by)
    meetings_changed([meeting])


@transaction.atomic
def note_held(meeting: Meeting, *, by: User) -> None:
    """The desk or the secretary says that the unit met, report or not."""
    refuse_if(rules.why_not_note_held(meeting, by, timezone.now()))
    hold_meeting(meeting, by=by)
