"""The three dates of a report: from dated policies, in calendar or working days, moved along with the meeting."""

from datetime import date, datetime
from typing import Any

import pytest

from meetings.actions import calendar, planning
from meetings.models import Meeting
from meetings.planning.deadlines import Deadlines, deadlines_of
from roster.models import Policy
from tests import factories
from tests.meetings.scenes import moment, scene

pytestmark = pytest.mark.django_db


def policies(since: date, **values: int) -> None:
    for key, value in values.items():
        Policy.objects.filter(key=key).update(ends_on=since.replace(day=since.day - 1))
        Policy.objects.create(key=key, value=value, starts_on=since)


@pytest.mark.parametrize(
    ("held_on", "numbers", "dates"),
    [
        # 5 days, late at once, locked after 30: the defaults
        (date(2026, 11, 3), {}, ("2026-11-08", "2026-11-08", "2026-12-03")),
        (date(2026, 11, 3), {"report_late_days": 2}, ("2026-11-08", "2026-11-10", "2026-12-03")),
        # a weekend between; Tết of 2027 is off from 5/2 to 10/2
        (date(2026, 11, 3), {"in": 1}, ("2026-11-10", "2026-11-10", "2026-12-16")),
        (date(2027, 2, 4), {"in": 1, "report_lock_days": 10}, ("2027-02-17", "2027-02-17", "2027-02-24")),
        # 2/9/2027 and 3/9/2027 are off
        (date(2027, 9, 1), {"in": 1, "report_due_days": 2}, ("2027-09-07", "2027-09-07", "2027-10-15")),
        # a lock that would come before "late" comes the day after it
        (date(2026, 11, 3), {"report_lock_days": 3}, ("2026-11-08", "2026-11-08", "2026-11-09")),
    ],
)  # fmt: skip
def test_dates_follow_the_policies_of_the_day(
    held_on: date, numbers: dict[str, int], dates: tuple[str, str, str]
) -> None:
    named = {"report_in_working_days" if key == "in" else key: n for key, n in numbers.items()}
    policies(date(2026, 10, 2), **named)

    assert deadlines_of([held_on]) == {held_on: Deadlines(*map(date.fromisoformat, dates))}


def test_planned_meeting_gets_them() -> None:
    branch = factories.branch(factories.commune(factories.province()))
    factories.MeetingRuleFactory(unit=branch, day=3)
    policies(date(2026, 11, 2), report_in_working_days=1, report_late_days=1)

    planning.plan_month(date(2026, 11, 1), now=datetime(2026, 10, 20, 8, tzinfo=factories.ZONE))

    meeting = Meeting.objects.get()
    assert (meeting.report_due_on, meeting.late_after) == (date(2026, 11, 10), date(2026, 11, 11))


def test_move_counts_working_days_from_the_new_day(time_machine: Any) -> None:
    time_machine.move_to(moment(30, month=11), tick=False)
    policies(date(2026, 11, 2), report_in_working_days=1)
    place = scene()
    before = deadlines_of([place.meeting.held_on])[place.meeting.held_on]
    Meeting.objects.update(report_due_on=before.due_on, late_after=before.late_after, locked_on=before.locked_on)  # fmt: skip
    place.meeting.refresh_from_db()

    calendar.move_meeting(
        place.meeting, starts_at=moment(5, 19, 30), reason="Bão", by=place.officer
    )

    assert Meeting.objects.get().report_due_on == date(2026, 12, 11)
