"""What is owed before a meeting, as a function of the moment. Told are those who go: substitutes, not the absent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from meetings.models import Meeting
from meetings.telling import facts_of, occasion, told_of
from notices import actions as notices
from notices.actions import Due
from roster.models import User

MORNING: Final = time(9, 0)


@dataclass(frozen=True)
class Step:
    """Owed `first` days before the meeting, caught up until `last` days before it."""

    name: str
    first: int
    last: int

    @property
    def kind(self) -> str:
        return f"meetings.{self.name}"

    def days(self, today: date) -> tuple[date, date]:
        return today + timedelta(days=self.last), today + timedelta(days=self.first)

    def due_at(self, meeting: Meeting) -> datetime:
        return morning_of(meeting.held_on - timedelta(days=self.first))

    def expires_at(self, meeting: Meeting) -> datetime:
        """A step gives way to the next; the last one ends when the meeting begins."""
        if self.last == 0:
            return meeting.starts_at
        return morning_of(meeting.held_on - timedelta(days=self.last - 1))


STEPS: Final = (Step("t3", first=3, last=2), Step("t1", first=1, last=0))


def owe_before_meetings(now: datetime) -> None:
    """Owe the reminders whose day has come: at 9:00 of that day, or at once when the day was missed.

    Safe at any time and any number of times: each (person, step, date of the meeting) is told
    once. A T-3 that was missed is caught up on T-2, a T-1 on the day itself until the meeting
    begins; later they would help nobody and are not sent.
    """
    for step in STEPS:
        days = step.days(timezone.localdate(now))
        meetings = Meeting.objects.to_come(now).filter(held_on__range=days)
        owe_step(step, list(meetings.select_related("unit", "commune")))


def owe_step(step: Step, meetings: Collection[Meeting]) -> None:
    """Exactly those who go now are told: a substitute found meanwhile, and no more the one who is away."""
    people = told_of(meetings)
    names = {meeting.pk: occasion(meeting, step.name) for meeting in meetings}
    meant = [(user.pk, names[pk]) for pk, users in people.items() for user in users]
    missing = notices.still_to_owe(step.kind, meant, names.values())
    dues = (
        due
        for meeting in meetings
        if any((user.pk, names[meeting.pk]) in missing for user in people[meeting.pk])
        for due in reminders(step, meeting, names[meeting.pk], people[meeting.pk])
    )
    notices.owe_many(step.kind, dues)


def reminders(step: Step, meeting: Meeting, name: str, people: Collection[User]) -> list[Due]:
    facts = facts_of(meeting)
    due_at, expires_at = step.due_at(meeting), step.expires_at(meeting)
    return [Due(user, name, facts, due_at, expires_at) for user in people]


def morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))
