"""What those who are sent say of a meeting: will come, cannot come, came."""

from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from assignments.actions import substitutions
from assignments.attendees import Attendee
from config.lib.errors import Refused, refuse_if
from config.lib.status import change_status
from meetings import rules
from meetings.actions.effects import meetings_changed
from meetings.models import Attendance, Meeting
from meetings.states import AttendanceStatus, BranchWord
from meetings.telling import attendees_of
from roster import audit
from roster.models import Official, User
from roster.states import AbsenceReason

# The first word in most cases, and the last in all: every status may follow with it.
CAME: Final = """
INSERT INTO meetings_attendance AS said (meeting_id, official_id, status, reason, changed_at)
VALUES (%s, %s, %s, '', %s)
ON CONFLICT (meeting_id, official_id) DO UPDATE SET status = excluded.status, reason = '', changed_at = excluded.changed_at
WHERE said.status <> excluded.status
"""


@transaction.atomic
def confirm_attendance(meeting: Meeting, official: Official, *, by: User) -> Attendance:
    """The official will come; `by` is the official or a desk that was told so. Twice is once."""
    attendee = attendee_of(meeting, official)
    refuse_if(rules.why_not_answer_attendance(meeting, attendee, by, timezone.now()))
    attendance = noted(meeting, official)
    if attendee and attendance.status == AttendanceStatus.EXCUSED:
        take_back_request(meeting, attendee, by=by)
    if attendance.status != AttendanceStatus.CONFIRMED:
        change_status(attendance, AttendanceStatus.CONFIRMED, reason="", changed_at=timezone.now())
        audit.record("confirmed", meeting, by=by, official=official.full_name)
        meetings_changed([meeting])
    return attendance


@transaction.atomic
def excuse_attendance(
    meeting: Meeting, official: Official, *, reason: AbsenceReason, note: str = "", by: User
) -> Attendance:
    """The official cannot come, for a typed reason; somebody else is asked for (R6, R7)."""
    attendee = attendee_of(meeting, official)
    refuse_if(rules.why_not_answer_attendance(meeting, attendee, by, timezone.now()))
    if attendee is None:  # the rule has refused it; said again for the type checker
        raise Refused("Đồng chí này không được phân công dự cuộc họp ấy.")
    attendance = noted(meeting, official)
    if attendance.status == AttendanceStatus.EXCUSED:
        raise Refused("Đồng chí đã báo không dự được cuộc họp này.")
    words = f"{reason.label}: {note}" if note else reason.label
    change_status(
        attendance,
        AttendanceStatus.EXCUSED,
        reason=words[:200],
        changed_at=timezone.now(),
    )
    ask_for_somebody_else(meeting, attendee, reason=reason, note=note, by=by)
    audit.record("excused", meeting, by=by, official=official.full_name, reason=words)
    meetings_changed([meeting])
    return attendance


def ask_for_somebody_else(
    meeting: Meeting, attendee: Attendee, *, reason: AbsenceReason, note: str, by: User
) -> None:
    """An excuse asks for a substitute: the assignee's, and in turn a substitute's (R7)."""
    days = {"starts_on": meeting.held_on, "ends_on": meeting.held_on}
    if attendee.in_place_of is None:
        substitutions.ask_for_substitute(
            attendee.assignment, **days, reason=reason, note=note, by=by
        )
        return
    standing_in = attendee.assignment.substitutions.accepted().on(meeting.held_on).get()
    substitutions.pass_on(standing_in, **days, reason=reason, note=note, by=by)


def take_back_request(meeting: Meeting, attendee: Attendee, *, by: User) -> None:
    """Who comes after all needs no substitute on that day."""
    day = meeting.held_on
    rows = attendee.assignment.substitutions.open().filter(starts_on=day, ends_on=day)
    if attendee.in_place_of:  # only what the substitute asked for, not the standing in itself
        rows = rows.exclude(instead_of=None).unanswered()
    for asked in rows:
        substitutions.withdraw_substitution(asked, by=by)


@transaction.atomic(savepoint=False)
def note_attended(meeting: Meeting, official: Official, *, by: User) -> None:
    """The official came: the report says so, whatever was said before. Twice is once."""
    if came(meeting, official):
        audit.record("attended", meeting, by=by, official=official.full_name)
        meetings_changed([meeting])


def came(meeting: Meeting, official: Official) -> bool:
    """Write it; whether that is news."""
    with connection.cursor() as cursor:
        cursor.execute(CAME, [meeting.pk, official.pk, AttendanceStatus.ATTENDED, timezone.now()])
        return bool(cursor.rowcount)


@transaction.atomic
def note_branch_word(meeting: Meeting, official: Official, *, came: bool, by: User) -> Attendance:
    """The branch says whether the official came. It stands beside the report's word and changes nothing there."""
    refuse_if(rules.why_not_note_branch_word(meeting, by, timezone.now()))
    if attendee_of(meeting, official) is None:
        raise Refused("Đồng chí này không được phân công dự cuộc họp ấy.")
    attendance = noted(meeting, official)
    word = BranchWord.CAME if came else BranchWord.MISSED
    if attendance.branch_says != word:
        attendance.branch_says, attendance.branch_said_at = word, timezone.now()
        attendance.branch_said_by = by
        attendance.save(update_fields=["branch_says", "branch_said_at", "branch_said_by"])
        audit.record(
            "branch_said", meeting, by=by, official=official.full_name, word=str(word.label)
        )
    return attendance


def attendee_of(meeting: Meeting, official: Official) -> Attendee | None:
    """How the official goes to the meeting: by assignment or in somebody's place; None: not at all."""
    attendees = attendees_of([meeting])[meeting.pk]
    return next((row for row in attendees if row.official == official), None)


def noted(meeting: Meeting, official: Official) -> Attendance:
    """The row, made if it is the first word about it; of two racing requests both get the same."""
    Attendance.objects.bulk_create(
        [Attendance(meeting=meeting, official=official)], ignore_conflicts=True
    )
    return Attendance.objects.get(meeting=meeting, official=official)
