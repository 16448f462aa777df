"""Whom a meeting concerns, and what they are told of it: date, place, link, never report content."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.urls import reverse

from assignments.attendees import Attendee, attendees_on
from meetings.models import Attendance, Meeting
from meetings.states import AttendanceStatus
from meetings.superseding import occasion_of, overtake
from notices import actions as notices
from notices.actions import Due
from notices.models import Notice
from notices.states import NoticeStatus
from roster.models import User
from roster.states import Role
from roster.templatetags.vn import vn_time, weekday_date

# What is owed for one date of a meeting; the rooms above owe the last three.
LADDER: Final = ("t3", "t1", "evening", "report_due", "report_late", "report_later")


def moment(of: Any) -> str:
    """19:30 thứ Ba, 03/11/2026"""
    return f"{vn_time(of)} {weekday_date(of)}"


def facts_of(meeting: Meeting) -> dict[str, Any]:
    """What each text may use. Needs `unit` and `commune`."""
    return {
        "unit": meeting.unit.committee_name,
        "commune": meeting.commune.name if meeting.commune else "",
        "kind": meeting.get_kind_display(),
        "when": moment(meeting.starts_at),
        "place": meeting.place,
        "reason": meeting.reason,
        "url": reverse("reports:meeting_brief", args=[meeting.pk]),
    }


def occasion(meeting: Meeting, step: str, sequence: int | None = None) -> str:
    """One for each step and each date the meeting ever had: after a move people are reminded anew (R10)."""
    return occasion_of(meeting, step, meeting.sequence if sequence is None else sequence)


def attendees_of(meetings: Collection[Meeting]) -> Mapping[int, list[Attendee]]:
    """By meeting: who goes on its day, in two queries."""
    found = attendees_on((row.unit_id, row.held_on) for row in meetings)
    return {row.pk: found[row.unit_id, row.held_on] for row in meetings}


def accounts_of(attendees: Iterable[Attendee]) -> list[User]:
    """The accounts of those who go; who has none cannot be told."""
    return [row.official.user for row in attendees if hasattr(row.official, "user")]


def told_of(meetings: Collection[Meeting]) -> Mapping[int, list[User]]:
    """By meeting: the accounts of those who go and have not said that they cannot."""
    excused = set(
        Attendance.objects.filter(
            meeting__in=meetings, status=AttendanceStatus.EXCUSED
        ).values_list("meeting", "official")
    )
    return {
        meeting: accounts_of(row for row in going if (meeting, row.official.pk) not in excused)
        for meeting, going in attendees_of(meetings).items()
    }


def secretaries_of(meetings: Collection[Meeting]) -> Mapping[int, list[User]]:
    """By unit."""
    users = User.objects.filter(
        role=Role.BRANCH_SECRETARY, unit__in={row.unit_id for row in meetings}, is_active=True
    )
    found = defaultdict(list)
    for user in users:
        found[user.unit_id or 0].append(user)
    return found


def tell_about_change(
    kind: str,
    meetings: Collection[Meeting],
    facts: Mapping[int, Mapping[str, Any]],
    *,
    by: User | None,
) -> None:
    """One notice for each change of each meeting to everybody who would come, except to `by`, who made it."""
    attendees, secretaries = attendees_of(meetings), secretaries_of(meetings)
    people = {
        meeting.pk: {*accounts_of(attendees[meeting.pk]), *secretaries.get(meeting.unit_id, ())}
        for meeting in meetings
    }
    tell(kind, meetings, people, facts, by=by)
    overtake(kind.rpartition(".")[2], meetings, by=by)


def tell(
    kind: str,
    meetings: Collection[Meeting],
    people: Mapping[int, Collection[User]],
    facts: Mapping[int, Mapping[str, Any]],
    *,
    by: User | None,
) -> None:
    """The same to these people of each meeting."""
    step = kind.rpartition(".")[2]
    dues = (
        Due(
            user,
            occasion(meeting, step),
            {**facts_of(meeting), **facts.get(meeting.pk, {})},
            expires_at=meeting.starts_at,
        )
        for meeting in meetings
        for user in people[meeting.pk]
        if user != by
    )
    notices.owe_many(kind, dues)


def was_told(meeting: Meeting) -> bool:
    """Whether a reminder of the meeting's present date has gone out."""
    occasions = [occasion(meeting, step) for step in LADDER]
    return Notice.objects.filter(occasion__in=occasions, status=NoticeStatus.SENT).exists()


def withdraw_reminders(meetings: Iterable[Meeting]) -> None:
    """Take back what was owed about the meetings' present date; call it before the sequence changes."""
    notices.withdraw(occasion(meeting, step) for meeting in meetings for step in LADDER)
