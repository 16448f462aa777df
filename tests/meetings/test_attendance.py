"""What those who are sent say before the meeting, and what comes of it."""

from typing import Any

import pytest

from assignments.models import Substitution
from assignments.states import SubstitutionStatus
from config.lib.errors import Refused
from meetings.actions import attendance
from meetings.models import Attendance
from meetings.states import AttendanceStatus
from notices.models import Notice
from roster.models import Event
from roster.states import AbsenceReason, Role
from tests import factories
from tests.meetings.scenes import HELD_ON, Scene, moment, scene, substitute_for, user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(moment(1), tick=False)


def excuse(place: Scene, **kwargs: Any) -> None:
    values = {"reason": AbsenceReason.DUTY, "note": "Họp ở Hà Nội", "by": place.attendee}
    attendance.excuse_attendance(place.meeting, place.official, **{**values, **kwargs})


def test_confirming_twice_is_once() -> None:
    place = scene()

    for _ in range(2):
        attendance.confirm_attendance(place.meeting, place.official, by=place.attendee)

    assert Attendance.objects.get().status == AttendanceStatus.CONFIRMED
    assert Event.objects.filter(verb="confirmed").count() == 1


def test_excuse_asks_for_a_substitute_on_that_day() -> None:
    place = scene()

    excuse(place)

    said = Attendance.objects.get()
    assert (said.status, said.reason) == (AttendanceStatus.EXCUSED, "Công tác: Họp ở Hà Nội")
    asked = Substitution.objects.get()
    assert (asked.assignment, asked.status) == (place.assignment, SubstitutionStatus.ASKED)
    assert (asked.starts_on, asked.ends_on, asked.reason) == (HELD_ON, HELD_ON, AbsenceReason.DUTY)


def test_who_comes_after_all_needs_no_substitute() -> None:
    place = scene()
    excuse(place)

    attendance.confirm_attendance(place.meeting, place.official, by=place.attendee)

    assert Attendance.objects.get().status == AttendanceStatus.CONFIRMED
    assert Substitution.objects.get().status == SubstitutionStatus.WITHDRAWN


def test_excuse_twice_is_refused() -> None:
    place = scene()
    excuse(place)

    with pytest.raises(Refused, match="Đồng chí đã báo không dự được cuộc họp này"):
        excuse(place)

    assert Substitution.objects.count() == 1


def test_substitute_who_cannot_come_asks_the_desk_for_somebody_else() -> None:
    place = scene()
    account = substitute_for(place)

    attendance.excuse_attendance(
        place.meeting, account.official, reason=AbsenceReason.ILLNESS, by=account
    )

    asked = Substitution.objects.get(status=SubstitutionStatus.ASKED)
    assert asked.absent == account.official
    told = Notice.objects.filter(occasion=f"substitution:{asked.pk}", channel="email")
    assert set(told.values_list("user", flat=True)) == {place.officer.pk, place.commission.pk}


def test_desk_answers_on_the_persons_word() -> None:
    place = scene()

    attendance.confirm_attendance(place.meeting, place.official, by=place.officer)

    assert Event.objects.get(verb="confirmed").by == place.officer


@pytest.mark.parametrize("role", [Role.BRANCH_SECRETARY, Role.VIEWER])
def test_nobody_else_answers(role: Role) -> None:
    place = scene()
    person = user(role, place.branch if role == Role.BRANCH_SECRETARY else place.province)

    with pytest.raises(Refused, match="Chỉ người được phân công dự"):
        attendance.confirm_attendance(place.meeting, place.official, by=person)

    assert list(Attendance.objects.all()) == []


def test_who_is_not_sent_cannot_confirm() -> None:
    place = scene()
    stranger = factories.OfficialFactory(agency=place.official.agency)

    with pytest.raises(Refused, match="không được phân công dự"):
        attendance.confirm_attendance(place.meeting, stranger, by=place.officer)


def test_after_it_began_only_the_report_says_who_came(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(3, 20), tick=False)

    with pytest.raises(Refused, match="kết quả dự ghi trong báo cáo"):
        attendance.confirm_attendance(place.meeting, place.official, by=place.attendee)
    attendance.note_attended(place.meeting, place.official, by=place.attendee)

    assert Attendance.objects.get().status == AttendanceStatus.ATTENDED
