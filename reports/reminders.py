"""What is owed about reports that are not filed, as a function of the moment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from meetings.models import Meeting
from meetings.reminders import morning_of
from meetings.telling import facts_of, told_of
from notices import actions as notices
from notices.actions import Due
from reports.models import MeetingReport
from reports.occasions import deadline_occasion
from reports.states import ReportStatus
from roster.models import User


@dataclass(frozen=True)
class Step:
    """`kind` is owed `days` after the deadline (before it: negative) and caught up for `grace` days more."""

    kind: str
    name: str
    days: int
    grace: int


@dataclass(frozen=True)
class Waiting:
    """A meeting whose report is due: the first time, or again after a return."""

    meeting: Meeting
    due_on: date


LADDER: Final = (
    Step("reports.due", "report_due", days=-1, grace=1),
    Step("reports.late", "report_late", days=1, grace=3),
)


def owe_deadlines(now: datetime) -> None:
    """Remind of reports due tomorrow, and of those that became late yesterday; at 9:00 of the day.

    Safe at any time and any number of times: one message for each deadline, step and person. A
    day that was missed is caught up: on the due day itself, and for three days after it.
    """
    today = timezone.localdate(now)
    for step in LADDER:
        last = today - timedelta(days=step.days)
        owe_step(step, waiting(last - timedelta(days=step.grace), last, now))


def owe_step(step: Step, rows: Collection[Waiting]) -> None:
    people = told_of([row.meeting for row in rows])
    names = {row: deadline_occasion(row.meeting, step.name, row.due_on) for row in rows}
    meant = [(user.pk, names[row]) for row in rows for user in people[row.meeting.pk]]
    missing = notices.still_to_owe(step.kind, meant, names.values())
    dues = (
        due
        for row in rows
        if any((user.pk, names[row]) in missing for user in people[row.meeting.pk])
        for due in reminders(step, row, names[row], people[row.meeting.pk])
    )
    notices.owe_many(step.kind, dues)


def waiting(first: date, last: date, now: datetime) -> list[Waiting]:
    """Meetings that have begun, with a deadline between the two days, whose report is not filed."""
    begun = Meeting.objects.begun(now).select_related("unit", "commune")
    never_filed = begun.filter(
        Q(report=None) | Q(report__status=ReportStatus.DRAFT), report_due_on__range=(first, last)
    )
    returned = MeetingReport.objects.filter(
        status=ReportStatus.RETURNED, due_on__range=(first, last)
    ).select_related("meeting__unit", "meeting__commune")
    return [Waiting(row, row.report_due_on) for row in never_filed] + [
        Waiting(report.meeting, report.due_on) for report in returned
    ]


def reminders(step: Step, row: Waiting, name: str, people: Collection[User]) -> list[Due]:
    facts = {
        **facts_of(row.meeting),
        "due_on": f"{row.due_on:%d/%m/%Y}",
        "locked_on": f"{row.meeting.locked_on:%d/%m/%Y}",
        "url": reverse("reports:report_edit", args=[row.meeting.pk]),
    }
    due_at = morning_of(row.due_on + timedelta(days=step.days))
    expires_at = start_of(row.due_on + timedelta(days=step.days + step.grace + 1))
    return [Due(user, name, facts, due_at, expires_at) for user in people]


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
