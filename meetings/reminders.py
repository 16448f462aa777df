"""What is owed around a meeting, as a function of the moment. Told are those who go: substitutes, not the absent."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from meetings.models import Meeting
from meetings.telling import facts_of, occasion, told_of
from notices import actions as notices
from notices import ladder, quiet
from notices.actions import Due
from notices.models import LadderStep
from roster.models import User

KINDS: Final = ("meetings.t3", "meetings.t1", "meetings.evening")
HELPS_FOR: Final = timedelta(hours=18)  # after the meeting: until the next noon or so


def owe_before_meetings(now: datetime) -> None:
    """Owe the reminders whose day has come: at the hour of the step, or at once when it was missed.

    Safe at any time and any number of times: each (person, step, date of the meeting) is told
    once. A T-3 that was missed is caught up on T-2, a T-1 on the day itself until the meeting
    begins; later they would help nobody and are not sent. The reminder of the evening is owed
    before the meeting begins and due some hours after; the report takes it back when it is in.
    """
    today = timezone.localdate(now)
    for step in ladder.steps_on(today, KINDS).values():
        if days := ladder.anchors(step, today):
            meetings = Meeting.objects.to_come(now).filter(held_on__range=days)
            owe_step(step, list(meetings.select_related("unit", "commune")))


def owe_step(step: LadderStep, meetings: Collection[Meeting]) -> None:
    """Exactly those who go now are told: a substitute found meanwhile, and no more the one who is away."""
    people = told_of(meetings)
    names = {meeting.pk: occasion(meeting, name_of(step)) for meeting in meetings}
    meant = [(user.pk, names[pk]) for pk, users in people.items() for user in users]
    missing = notices.still_to_owe(step.kind, meant, names.values())
    dues = (
        due
        for meeting in meetings
        if any((user.pk, names[meeting.pk]) in missing for user in people[meeting.pk])
        for due in reminders(step, meeting, names[meeting.pk], people[meeting.pk])
    )
    notices.owe_many(step.kind, dues)


def reminders(step: LadderStep, meeting: Meeting, name: str, people: Collection[User]) -> list[Due]:
    facts = facts_of(meeting)
    due_at, expires_at = due(step, meeting), expiry(step, meeting)
    return [Due(user, name, facts, due_at, expires_at) for user in people]


def name_of(step: LadderStep) -> str:
    return step.kind.rpartition(".")[2]


def due(step: LadderStep, meeting: Meeting) -> datetime:
    if step.hours_after is not None:
        return meeting.starts_at + timedelta(hours=step.hours_after)
    return quiet.at(ladder.day_of(step, meeting.held_on), step.at)


def expiry(step: LadderStep, meeting: Meeting) -> datetime:
    """A step gives way to the next; the last one before the meeting ends when it begins."""
    if step.hours_after is not None:
        return meeting.starts_at + HELPS_FOR
    after = ladder.day_of(step, meeting.held_on) + timedelta(days=step.grace + 1)
    return min(quiet.at(after, step.at), meeting.starts_at)
