"""What is owed about reports that are not filed, as a function of the moment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from meetings.models import Meeting
from meetings.telling import facts_of, told_of
from notices import actions as notices
from notices import ladder, quiet
from notices.actions import Due
from notices.models import LadderStep
from reports import late_lists
from reports.models import MeetingReport
from reports.occasions import deadline_occasion
from reports.states import ReportStatus
from roster.models import User


@dataclass(frozen=True)
class Waiting:
    """A meeting whose report is due: the first time, or again after a return."""

    meeting: Meeting
    due_on: date


# kind → the name of its occasion
LADDER: Final = {
    "reports.due": "report_due",
    "reports.late": "report_late",
    "reports.later": "report_later",
}


def owe_deadlines(now: datetime) -> None:
    """Remind of reports due today, and of those that are one and three working days late.

    Safe at any time and any number of times: one message for each deadline, step and person. A
    day that was missed is caught up for the days that the ladder says.
    """
    today = timezone.localdate(now)
    for step in ladder.steps_on(today, tuple(LADDER)).values():
        if days := ladder.anchors(step, today):
            owe_step(step, waiting(*days, now))
    late_lists.owe_late_lists(now)


def owe_step(step: LadderStep, rows: Collection[Waiting]) -> None:
    people = told_of([row.meeting for row in rows])
    names = {row: deadline_occasion(row.meeting, LADDER[step.kind], row.due_on) for row in rows}
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


def reminders(step: LadderStep, row: Waiting, name: str, people: Collection[User]) -> list[Due]:
    facts = {
        **facts_of(row.meeting),
        "due_on": f"{row.due_on:%d/%m/%Y}",
        "locked_on": f"{row.meeting.locked_on:%d/%m/%Y}",
        "url": reverse("reports:report_edit", args=[row.meeting.pk]),
    }
    day = ladder.day_of(step, row.due_on)
    due_at = quiet.at(day, step.at)
    expires_at = quiet.at(day + timedelta(days=step.grace + 1), time.min)
    return [Due(user, name, facts, due_at, expires_at) for user in people]
