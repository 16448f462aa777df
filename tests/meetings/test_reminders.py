"""T-3 and T-1: for those who go, once, at nine in the morning, caught up when a day was missed."""

from typing import Any

import pytest

from meetings.actions import attendance
from meetings.tasks import owe_reminders
from notices import actions as notices
from notices import links
from notices.models import LadderStep, Notice
from notices.states import NoticeStatus
from roster.states import AbsenceReason
from tests.meetings.scenes import moment, scene, substitute_for

pytestmark = pytest.mark.django_db


def owed() -> list[tuple[str, Any]]:
    """(step, due) of the e-mails owed."""
    rows = Notice.objects.filter(channel="email", kind__in=["meetings.t3", "meetings.t1"])
    return [(row.kind.removeprefix("meetings."), row.due_at) for row in rows.order_by("due_at")]


@pytest.mark.parametrize(
    ("now", "steps"),
    [
        (moment(29, 21, month=11), []),
        (moment(30, 6, month=11), [("t3", moment(30, 9, month=11))]),
        (moment(30, 14, month=11), [("t3", moment(30, 9, month=11))]),
        (moment(1, 6), [("t3", moment(30, 9, month=11))]),
        (moment(2, 6), [("t1", moment(2, 9))]),
        (moment(3, 6), [("t1", moment(2, 9))]),
        (moment(3, 19, 29), [("t1", moment(2, 9))]),
        (moment(3, 19, 30), []),
        (moment(4, 6), []),
    ],
)
def test_what_is_owed_at_a_moment(now: Any, steps: list[Any], time_machine: Any) -> None:
    scene()
    time_machine.move_to(now, tick=False)

    owe_reminders()

    assert owed() == steps


def test_a_whole_week_of_runs_owes_each_step_once(time_machine: Any) -> None:
    place = scene()

    for day in (28, 29, 30, 31, 32, 33, 34):
        for hour in (6, 12, 21):
            now = moment(day, hour, month=11) if day <= 30 else moment(day - 30, hour)
            time_machine.move_to(now, tick=False)
            owe_reminders()

    assert owed() == [("t3", moment(30, 9, month=11)), ("t1", moment(2, 9))]
    assert set(Notice.objects.values_list("user", flat=True)) == {place.attendee.pk}


def test_reminders_are_owed_and_sent_once(mailoutbox: list[Any], time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(2, 9, 15), tick=False)

    for _ in range(2):
        owe_reminders()
        notices.pay_all(now=moment(2, 9, 15))

    (letter,) = mailoutbox
    assert letter.to == [place.official.email]
    assert letter.subject == "Nhắc dự họp Chi bộ xóm 13, 19:30 thứ Năm, 03/12/2026"
    notice = Notice.objects.get(channel="email", kind="meetings.t1")
    assert f"http://127.0.0.1:8000/n/{links.token_of(notice)}/" in letter.body
    assert notice.facts["url"] == f"/meetings/{place.meeting.pk}/"


def test_three_days_step_gives_way_to_the_one_of_the_day_before(
    mailoutbox: list[Any], time_machine: Any
) -> None:
    scene()
    time_machine.move_to(moment(30, 9, month=11), tick=False)
    owe_reminders()
    time_machine.move_to(moment(2, 10), tick=False)  # nothing was sent for two days

    owe_reminders()
    notices.pay_all(now=moment(2, 10))

    assert [letter.subject[:4] for letter in mailoutbox] == ["Nhắc"]
    dropped = Notice.objects.get(channel="email", kind="meetings.t3")
    assert dropped.status == NoticeStatus.WITHDRAWN


def test_substitute_is_reminded_and_not_the_one_who_is_away(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(29, month=11), tick=False)
    account = substitute_for(place)
    time_machine.move_to(moment(2), tick=False)

    owe_reminders()

    reminded = Notice.objects.filter(kind="meetings.t1").values_list("user", flat=True)
    assert set(reminded) == {account.pk}


def test_substitute_found_after_the_reminder_was_owed_hears_it_instead(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(2, 6), tick=False)
    owe_reminders()

    account = substitute_for(place)
    owe_reminders()

    waiting = Notice.objects.filter(kind="meetings.t1", status=NoticeStatus.WAITING)
    assert set(waiting.values_list("user", flat=True)) == {account.pk}


def test_who_comes_after_all_is_reminded_after_all(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(2, 6), tick=False)
    owe_reminders()
    attendance.excuse_attendance(
        place.meeting, place.official, reason=AbsenceReason.ILLNESS, by=place.attendee
    )
    owe_reminders()
    withdrawn = set(Notice.objects.filter(kind="meetings.t1").values_list("status", flat=True))

    attendance.confirm_attendance(place.meeting, place.official, by=place.attendee)
    owe_reminders()

    again = set(Notice.objects.filter(kind="meetings.t1").values_list("status", flat=True))
    assert (withdrawn, again) == ({NoticeStatus.WITHDRAWN}, {NoticeStatus.WAITING})


def test_who_has_said_no_is_not_reminded(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(29, month=11), tick=False)
    attendance.excuse_attendance(
        place.meeting, place.official, reason=AbsenceReason.ILLNESS, by=place.attendee
    )
    time_machine.move_to(moment(2), tick=False)

    owe_reminders()

    assert owed() == []


def test_cancelled_and_held_meetings_remind_nobody(time_machine: Any) -> None:
    for status in ("cancelled", "held"):
        place = scene()
        type(place.meeting).objects.filter(pk=place.meeting.pk).update(status=status)
    time_machine.move_to(moment(2), tick=False)

    owe_reminders()

    assert owed() == []


@pytest.mark.parametrize("meetings", [1, 3])
def test_owing_takes_as_many_statements_for_one_meeting_as_for_three(
    meetings: int, time_machine: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(meetings):
        scene()
    time_machine.move_to(moment(2), tick=False)

    # ladder; T-3: meetings; T-1: meetings, excuses, attendees, substitutes, what is owed, notices; evening: meetings
    with django_assert_num_queries(9):
        owe_reminders()

    assert len(owed()) == meetings


def test_evening_of_the_meeting_is_reminded_of_once_and_not_after_it_began(
    time_machine: Any,
) -> None:
    scene()
    for hour in (6, 12, 19, 21):
        time_machine.move_to(moment(3, hour, 45), tick=False)
        owe_reminders()

    evening = Notice.objects.get(channel="email", kind="meetings.evening")
    assert (evening.due_at, evening.expires_at) == (moment(3, 21, 30), moment(4, 13, 30))


def test_ladder_is_data_with_a_period(time_machine: Any) -> None:
    scene()
    LadderStep.objects.filter(kind="meetings.t3").update(days=-5)
    time_machine.move_to(moment(28, 6, month=11), tick=False)

    owe_reminders()

    assert owed() == [("t3", moment(28, 9, month=11))]
