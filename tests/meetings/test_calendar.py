"""Moving, cancelling, reinstating, holding: who may, what moves along, who hears of it."""

from datetime import date
from typing import Any

import pytest

from config.lib.errors import Conflict, Refused
from meetings import reminders
from meetings.actions import attendance, calendar
from meetings.models import Attendance, Meeting
from meetings.states import MeetingStatus
from notices.models import Notice
from notices.states import NoticeStatus
from reports.models import DirtyMark
from roster.models import Event
from roster.states import Role
from tests.meetings.scenes import Scene, moment, scene, user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(moment(30, month=11), tick=False)


def emails() -> list[tuple[str, int]]:
    """(kind, user) of what is owed by e-mail and not withdrawn."""
    owed = Notice.objects.filter(channel="email").exclude(status=NoticeStatus.WITHDRAWN)
    return sorted(owed.values_list("kind", "user"))


def move(scene: Scene, **kwargs: Any) -> None:
    values = {"starts_at": moment(5, 19, 30), "reason": "Trùng đám cưới", "by": scene.officer}
    calendar.move_meeting(scene.meeting, **{**values, **kwargs})


def test_move_takes_the_reports_dates_along() -> None:
    place = scene()

    move(place)

    kept = Meeting.objects.get()
    assert (kept.starts_at, kept.held_on) == (moment(5, 19, 30), date(2026, 12, 5))
    assert (kept.report_due_on, kept.late_after) == (date(2026, 12, 10), date(2026, 12, 10))
    assert kept.locked_on == date(2027, 1, 5)
    assert (kept.moved_from, kept.sequence) == (moment(3, 19, 30), 1)
    assert (kept.reason, kept.status) == ("Trùng đám cưới", MeetingStatus.PLANNED)


def test_move_tells_attendee_and_secretary_once_from_when_to_when() -> None:
    place = scene()

    move(place)

    assert emails() == sorted(
        [("meetings.moved", place.attendee.pk), ("meetings.moved", place.secretary.pk)]
    )
    facts = Notice.objects.filter(user=place.attendee)[0].facts
    assert facts["before"] == "19:30 thứ Năm, 03/12/2026"
    assert facts["when"] == "19:30 thứ Bảy, 05/12/2026"


def test_who_moves_it_is_not_told() -> None:
    place = scene()

    move(place, by=place.secretary)

    assert emails() == [("meetings.moved", place.attendee.pk)]


def test_move_withdraws_reminders_of_the_old_day_and_people_are_reminded_of_the_new_one() -> None:
    place = scene()
    reminders.owe_before_meetings(moment(30, month=11))

    move(place)
    reminders.owe_before_meetings(moment(2))

    owed = Notice.objects.filter(channel="email", kind="meetings.t3").order_by("occasion")
    assert list(owed.values_list("occasion", "status")) == [
        (f"meeting:{place.meeting.pk}:0:t3", NoticeStatus.WITHDRAWN),
        (f"meeting:{place.meeting.pk}:1:t3", NoticeStatus.WAITING),
    ]


def test_move_asks_those_who_go_anew() -> None:
    place = scene()
    attendance.confirm_attendance(place.meeting, place.official, by=place.attendee)

    move(place)

    assert list(Attendance.objects.all()) == []


def test_correcting_a_day_that_has_passed_tells_nobody(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(10), tick=False)

    move(place, starts_at=moment(4, 19, 30))

    assert (Meeting.objects.get().held_on, emails()) == (date(2026, 12, 4), [])


def test_move_is_noted_and_the_month_counted_anew() -> None:
    place = scene()

    move(place)

    event = Event.objects.get(verb="moved")
    assert (event.by, event.target_id) == (place.officer, place.meeting.pk)
    assert event.detail == {
        "before": "19:30 thứ Năm, 03/12/2026",
        "after": "19:30 thứ Bảy, 05/12/2026",
        "reason": "Trùng đám cưới",
    }
    marks = list(DirtyMark.objects.values_list("unit", "month"))
    assert marks == [(place.commune.pk, date(2026, 12, 1))]


@pytest.mark.parametrize(
    ("starts_at", "sentence"),
    [
        (moment(3, 19, 30), "Giờ mới trùng với giờ đang có. Chọn ngày hoặc giờ khác."),
        (
            moment(30, 19, 30, month=11),
            "Cuộc họp của tháng 12/2026 phải nằm trong tháng ấy",
        ),
    ],
)
def test_move_is_refused_to(starts_at: Any, sentence: str) -> None:
    place = scene()

    with pytest.raises(Refused, match=sentence):
        move(place, starts_at=starts_at)

    assert Meeting.objects.get().sequence == 0


def test_of_two_moves_at_once_the_second_is_told_of_the_first() -> None:
    place = scene()
    stale = Meeting.objects.get()
    move(place)

    with pytest.raises(Conflict):
        calendar.move_meeting(
            stale, starts_at=moment(6, 19, 30), reason="Mưa bão", by=place.secretary
        )

    assert Meeting.objects.get().starts_at == moment(5, 19, 30)


@pytest.mark.parametrize(
    ("role", "where", "allowed"),
    [
        (Role.BRANCH_SECRETARY, "branch", True),
        (Role.COMMUNE_OFFICER, "commune", True),
        (Role.COMMISSION_OFFICER, "province", True),
        (Role.COMMISSION_LEADER, "province", True),
        (Role.COMMUNE_OFFICER, "other_commune", False),
        (Role.BRANCH_SECRETARY, "other_branch", False),
        (Role.VIEWER, "province", False),
        (Role.SYSTEM_ADMIN, "province", False),
        (Role.AUTHORITY_OFFICER, "province", False),
    ],
)
def test_who_may_move_and_cancel(role: Role, where: str, allowed: bool) -> None:
    place, other = scene(), scene()
    units = {"other_commune": other.commune, "other_branch": other.branch}
    person = user(role, units.get(where) or getattr(place, where))

    for act in (
        lambda: move(place, by=person),
        lambda: calendar.cancel_meeting(place.meeting, reason="Nghỉ Tết", by=person),
    ):
        if allowed:
            act()
        else:
            with pytest.raises(Refused, match="Lịch này do bí thư chi bộ"):
                act()

    assert Meeting.objects.get(pk=place.meeting.pk).status == (
        MeetingStatus.CANCELLED if allowed else MeetingStatus.PLANNED
    )


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (MeetingStatus.HELD, "Cuộc họp này đã diễn ra."),
        (MeetingStatus.CANCELLED, "Cuộc họp này đã ghi không họp."),
    ],
)
def test_only_planned_meetings_move_or_are_cancelled(status: MeetingStatus, sentence: str) -> None:
    place = scene()
    Meeting.objects.update(status=status)
    place.meeting.refresh_from_db()

    with pytest.raises(Refused, match=sentence):
        move(place)
    with pytest.raises(Refused, match=sentence):
        calendar.cancel_meeting(place.meeting, reason="Nghỉ Tết", by=place.officer)


def test_locked_meeting_stays_as_it_is(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(4, month=12).replace(year=2027), tick=False)

    with pytest.raises(Refused, match="Sổ của cuộc họp này đã khóa từ ngày 03/01/2027"):
        move(place)


def test_cancelled_meeting_has_its_reason_and_those_who_would_come_are_told() -> None:
    place = scene()
    reminders.owe_before_meetings(moment(30, month=11))

    calendar.cancel_meeting(place.meeting, reason="Thiên tai, dịch bệnh", by=place.officer)

    kept = Meeting.objects.get()
    assert (kept.status, kept.reason) == (MeetingStatus.CANCELLED, "Thiên tai, dịch bệnh")
    assert emails() == sorted(
        [("meetings.cancelled", place.attendee.pk), ("meetings.cancelled", place.secretary.pk)]
    )
    assert Event.objects.get(verb="cancelled").detail == {"reason": "Thiên tai, dịch bệnh"}


def test_reinstated_meeting_is_on_again_and_people_are_reminded_anew() -> None:
    place = scene()
    calendar.cancel_meeting(place.meeting, reason="Nghỉ Tết", by=place.officer)
    Notice.objects.update(status=NoticeStatus.SENT, sent_at=moment(30, month=11))

    calendar.reinstate_meeting(place.meeting, by=place.secretary)
    reminders.owe_before_meetings(moment(30, month=11))

    kept = Meeting.objects.get()
    assert (kept.status, kept.reason, kept.sequence) == (MeetingStatus.PLANNED, "", 2)
    owed = {kind for kind, person in emails() if person == place.attendee.pk}
    assert owed == {"meetings.cancelled", "meetings.reinstated", "meetings.t3"}


def test_meeting_that_is_on_cannot_be_reinstated() -> None:
    place = scene()

    with pytest.raises(Refused, match="Cuộc họp này vẫn đang theo lịch"):
        calendar.reinstate_meeting(place.meeting, by=place.officer)


def test_meeting_is_held_once_and_not_before_it_begins(time_machine: Any) -> None:
    place = scene()
    with pytest.raises(Refused, match="Cuộc họp này chưa tới giờ"):
        calendar.note_held(place.meeting, by=place.officer)

    time_machine.move_to(moment(3, 21), tick=False)
    calendar.note_held(place.meeting, by=place.officer)
    calendar.hold_meeting(place.meeting, by=place.attendee)

    assert Meeting.objects.get().status == MeetingStatus.HELD
    assert Event.objects.filter(verb="held").count() == 1


def test_cancelled_meeting_cannot_have_been_held(time_machine: Any) -> None:
    place = scene()
    calendar.cancel_meeting(place.meeting, reason="Nghỉ Tết", by=place.officer)
    time_machine.move_to(moment(4), tick=False)

    with pytest.raises(Refused, match="Khôi phục lịch trước"):
        calendar.hold_meeting(place.meeting, by=place.officer)
