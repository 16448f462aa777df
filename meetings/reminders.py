"""What is owed before a meeting, as a function of the moment. Told are those who go: substitutes, not the absent."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from meetings.models import Meeting
from meetings.telling import facts_of, occasion, told_of
from notices import actions as notices
from notices.actions import Due

MORNING: Final = time(9, 0)
# Step → how many days before the meeting it is owed, and until how many days before it may be caught up.
STEPS: Final = {"t3": (3, 2), "t1": (1, 0)}


def owe_before_meetings(now: datetime) -> None:
    """Owe the reminders whose day has come: at 9:00 of that day, or at once when the day was missed.

    Safe at any time and any number of times: each (person, step, date of the meeting) is told
    once. A T-3 that was missed is caught up on T-2, a T-1 on the day itself until the meeting
    begins; later they would help nobody and are not sent.
    """
    today = timezone.localdate(now)
    for step, (first, last) in STEPS.items():
        days = (today + timedelta(days=last), today + timedelta(days=first))
        meetings = Meeting.objects.to_come(now).filter(held_on__range=days)
        rows = list(meetings.select_related("unit", "commune"))
        notices.owe_many(f"meetings.{step}", reminders(rows, step, first))


def reminders(meetings: Collection[Meeting], step: str, days_before: int) -> Iterator[Due]:
    people = told_of(meetings)
    for meeting in meetings:
        due_at = morning_of(meeting.held_on - timedelta(days=days_before))
        facts = facts_of(meeting)
        for user in people[meeting.pk]:
            yield Due(user, occasion(meeting, step), facts, due_at, expires_at(meeting, step))


def expires_at(meeting: Meeting, step: str) -> datetime:
    """A T-3 gives way to the T-1 of the morning before; a T-1 ends when the meeting begins."""
    if step == "t3":
        return morning_of(meeting.held_on - timedelta(days=1))
    return meeting.starts_at


def morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))
