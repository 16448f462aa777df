"""Report due, report late: for those who went, once for each deadline, until it is filed."""

from datetime import date
from typing import Any

import pytest

from meetings.actions import attendance, calendar
from meetings.models import Meeting
from notices.models import Notice
from notices.states import NoticeStatus
from reports.actions import reports as actions
from reports.models import MeetingReport
from reports.states import ReportStatus
from reports.tasks import owe_reminders
from roster.states import AbsenceReason
from tests.meetings.scenes import Scene, moment, scene

pytestmark = pytest.mark.django_db


def owed() -> list[tuple[str, Any, str]]:
    """(kind, due, deadline) of the e-mails owed and not withdrawn."""
    rows = Notice.objects.filter(
        channel="email", kind__in=["reports.due", "reports.late", "reports.later"]
    )
    rows = rows.exclude(status=NoticeStatus.WITHDRAWN).order_by("due_at")
    return [(row.kind, row.due_at, row.facts["due_on"]) for row in rows]


# due on Tuesday 8 December; one and three working days late
DUE = ("reports.due", moment(8, 9), "08/12/2026")
LATE = ("reports.late", moment(9, 9), "08/12/2026")
LATER = ("reports.later", moment(11, 9), "08/12/2026")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (moment(7, 21), []),
        (moment(8, 6), [DUE]),
        (moment(8, 20), [DUE]),
        (moment(9, 6), [LATE]),
        (moment(10, 20), [LATE]),
        (moment(11, 6), [LATER]),
        (moment(14, 20), [LATER]),
        (moment(15, 6), []),
    ],
)
def test_what_is_owed_at_a_moment(now: Any, expected: list[Any], time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(now, tick=False)

    owe_reminders()

    assert owed() == expected
    told = Notice.objects.exclude(kind="reports.late_list").values_list("user", flat=True)
    assert set(told) <= {place.attendee.pk}


def test_every_quarter_of_an_hour_for_a_week_is_once_each(time_machine: Any) -> None:
    scene()

    for day in range(6, 16):
        for hour in (6, 12, 21):
            time_machine.move_to(moment(day, hour), tick=False)
            owe_reminders()

    assert owed() == [DUE, LATE, LATER]


def test_reminder_is_dropped_when_the_report_is_filed(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(8, 6), tick=False)
    owe_reminders()
    report = actions.open_report(place.meeting, by=place.attendee)

    actions.withdraw_reminders(report)

    assert owed() == []


def test_filed_report_reminds_nobody(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(8, 6), tick=False)
    report = actions.open_report(place.meeting, by=place.attendee)
    MeetingReport.objects.filter(pk=report.pk).update(
        status=ReportStatus.SUBMITTED, submitted_at=moment(6)
    )

    owe_reminders()

    assert owed() == []


def test_draft_is_reminded_of(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(8, 6), tick=False)
    actions.open_report(place.meeting, by=place.attendee)

    owe_reminders()

    assert owed() == [DUE]


def test_returned_report_has_a_deadline_of_its_own(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(8, 6), tick=False)
    owe_reminders()
    report = actions.open_report(place.meeting, by=place.attendee)
    MeetingReport.objects.filter(pk=report.pk).update(
        status=ReportStatus.RETURNED, submitted_at=moment(8), due_on=date(2026, 12, 15)
    )
    Meeting.objects.update(status="held")
    time_machine.move_to(moment(15, 6), tick=False)

    owe_reminders()

    assert owed()[-1] == ("reports.due", moment(15, 9), "15/12/2026")


def test_moved_meeting_has_its_deadline_moved(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(8, 6), tick=False)
    owe_reminders()

    calendar.move_meeting(
        place.meeting, starts_at=moment(6, 19, 30), reason="Bão", by=place.officer
    )
    owe_reminders()
    time_machine.move_to(moment(11, 6), tick=False)
    owe_reminders()

    assert owed() == [("reports.due", moment(11, 9), "11/12/2026")]


def no_meeting(place: Scene) -> None:
    calendar.cancel_meeting(place.meeting, reason="Nghỉ Tết", by=place.officer)


def excused(place: Scene) -> None:
    attendance.excuse_attendance(
        place.meeting, place.official, reason=AbsenceReason.ILLNESS, by=place.attendee
    )


@pytest.mark.parametrize("happened", [no_meeting, excused])
def test_nobody_is_reminded_of_a_report_that_nobody_can_write(
    happened: Any, time_machine: Any
) -> None:
    place = scene()
    time_machine.move_to(moment(1), tick=False)
    happened(place)
    time_machine.move_to(moment(8, 6), tick=False)

    owe_reminders()

    assert owed() == []


@pytest.mark.parametrize("meetings", [1, 3])
def test_owing_asks_as_little_for_three_as_for_one(
    meetings: int, time_machine: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(meetings):
        scene()
    time_machine.move_to(moment(8, 6), tick=False)

    # ladder; due: unfiled, returned, excuses, attendees, substitutes, what is owed, notices;
    # late, later: unfiled, returned; the weekly list: ladder
    with django_assert_num_queries(14):
        owe_reminders()

    assert len(owed()) == meetings


def test_weekly_list_tells_the_superior_what_is_missing_and_only_that(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(14, 6), tick=False)  # a Monday

    for _ in range(2):
        owe_reminders()

    notice = Notice.objects.get(kind="reports.late_list", user=place.officer, channel="email")
    assert (notice.due_at, notice.facts["count"]) == (moment(14, 9), 1)
    assert notice.facts["lines"][0].endswith("họp 03/12/2026, hạn 08/12/2026")


def test_weekly_list_counts_a_returned_report_from_its_new_day(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(8, 6), tick=False)
    report = actions.open_report(place.meeting, by=place.attendee)
    MeetingReport.objects.filter(pk=report.pk).update(
        status=ReportStatus.RETURNED, submitted_at=moment(8), due_on=date(2026, 12, 15)
    )
    Meeting.objects.update(status="held")
    for day in (14, 21):
        time_machine.move_to(moment(day, 6), tick=False)
        owe_reminders()

    notice = Notice.objects.get(kind="reports.late_list", user=place.officer, channel="email")
    assert notice.due_at == moment(21, 9)
    assert notice.facts["lines"][0].endswith("họp 03/12/2026, trả lại bổ sung, hạn 15/12/2026")
