"""Changes that overtake each other before people were told, as at night: what arrives in the morning is true and said once."""

from typing import Any

import pytest

from meetings.actions import calendar
from meetings.models import Meeting
from notices.models import Notice
from notices.states import NoticeStatus
from tests.meetings.scenes import Scene, moment, scene

pytestmark = pytest.mark.django_db
THIRD, FIFTH, SIXTH = (
    f"19:30 {day}" for day in ("thứ Năm, 03/12/2026", "thứ Bảy, 05/12/2026", "Chủ nhật, 06/12/2026")
)


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(moment(30, month=11), tick=False)


def move(place: Scene, day: int) -> None:
    meeting = Meeting.objects.select_related("unit", "commune").get()
    calendar.move_meeting(
        meeting, starts_at=moment(day, 19, 30), reason="Mưa bão", by=place.officer
    )


def act(name: str, place: Scene, **kwargs: Any) -> None:
    meeting = Meeting.objects.select_related("unit", "commune").get()
    getattr(calendar, f"{name}_meeting")(meeting, by=place.officer, **kwargs)


def waiting(place: Scene) -> list[tuple[str, str | None, str]]:
    """(kind, before, when) of the e-mails that will go to the attendee."""
    rows = Notice.objects.filter(user=place.attendee, channel="email").order_by("pk")
    return [
        (row.kind.rpartition(".")[2], row.facts.get("before"), row.facts["when"])
        for row in rows.filter(status=NoticeStatus.WAITING)
    ]


def all_sent() -> None:
    Notice.objects.filter(status=NoticeStatus.WAITING).update(
        status=NoticeStatus.SENT, sent_at=moment(30, 9, month=11)
    )


def test_two_moves_are_one_from_the_first_day_to_the_last() -> None:
    place = scene()

    move(place, 5)
    move(place, 6)

    assert waiting(place) == [("moved", THIRD, SIXTH)]


def test_move_that_is_taken_back_is_not_told_at_all() -> None:
    place = scene()

    move(place, 5)
    move(place, 6)
    move(place, 3)

    assert waiting(place) == []


def test_who_takes_it_back_is_not_told_of_what_was_taken_back() -> None:
    place = scene()
    move(place, 5)

    meeting = Meeting.objects.select_related("unit", "commune").get()
    calendar.move_meeting(
        meeting, starts_at=moment(4, 19, 30), reason="Trùng giỗ", by=place.secretary
    )

    owed = Notice.objects.filter(user=place.secretary, channel="email")
    assert [row.status for row in owed] == [NoticeStatus.WITHDRAWN]


def test_move_that_was_told_is_taken_back_aloud() -> None:
    place = scene()
    move(place, 5)
    all_sent()

    move(place, 3)

    assert waiting(place) == [("moved", FIFTH, THIRD)]


def test_cancellation_after_a_move_names_the_day_that_people_know() -> None:
    place = scene()

    move(place, 5)
    act("cancel", place, reason="Bão")

    assert waiting(place) == [("cancelled", THIRD, THIRD)]


def test_cancellation_that_is_taken_back_is_not_told() -> None:
    place = scene()

    act("cancel", place, reason="Bão")
    act("reinstate", place)

    assert waiting(place) == []


def test_day_changed_besides_is_still_told() -> None:
    place = scene()

    move(place, 5)
    act("cancel", place, reason="Bão")
    act("reinstate", place)

    assert waiting(place) == [("cancelled", THIRD, THIRD), ("reinstated", None, FIFTH)]


def test_cancelled_again_after_it_was_told_stays_told_once() -> None:
    place = scene()
    act("cancel", place, reason="Bão")
    all_sent()

    act("reinstate", place)
    act("cancel", place, reason="Vẫn bão")

    assert waiting(place) == []
