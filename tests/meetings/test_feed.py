"""The personal calendar feed, as a phone reads it."""

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
import vobject
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from config.lib.errors import Refused
from meetings.actions import attendance, calendar, feeds
from meetings.models import CalendarFeed, Meeting
from meetings.states import MeetingStatus
from roster.models import User
from roster.states import AbsenceReason, Role
from tests import factories
from tests.meetings.scenes import HELD_ON, moment, scene, substitute_for, user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(moment(1), tick=False)


def read(who: User, **headers: str) -> HttpResponse:
    """What a phone without a session gets at the user's address."""
    return Client().get(path_of(who), headers=headers)


def path_of(who: User) -> str:
    return feeds.open_feed(by=who).address.removeprefix(settings.SITE_URL)


def text(who: User) -> str:
    """All that is said, long lines put together again."""
    return read(who).content.decode().replace("\r\n ", "")


def events(who: User) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(read(who).content).walk("VEVENT")


def event(who: User) -> icalendar.Event:
    found = events(who)
    assert len(found) == 1
    return found[0]


def test_event_says_when_where_and_what_to_open() -> None:
    place = scene()
    Meeting.objects.update(place="Nhà văn hóa xóm 13")

    shown = event(place.attendee)

    site, pk = settings.SITE_URL, place.meeting.pk
    assert shown["UID"] == f"meeting-{pk}@127.0.0.1"
    assert shown["SUMMARY"] == "Dự sinh hoạt: Chi bộ xóm 13, xã Quang Thiện"
    assert shown["LOCATION"] == "Nhà văn hóa xóm 13"
    assert shown["URL"] == f"{site}/meetings/{pk}/"
    assert f"Viết báo cáo: {site}/reports/" in shown["DESCRIPTION"]
    assert (shown["SEQUENCE"], shown["STATUS"]) == (0, "CONFIRMED")
    assert shown["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert shown.start == moment(3, 19, 30)
    assert shown.end - shown.start == timedelta(minutes=90)
    alarms = [one["TRIGGER"].dt for one in shown.walk("VALARM")]
    assert alarms == [timedelta(days=-1), timedelta(hours=-2)]


def test_calendar_names_itself_its_zone_and_how_often_to_come_back() -> None:
    answer = read(scene().attendee)

    shown = icalendar.Calendar.from_ical(answer.content)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer.cookies == {}
    assert shown["X-WR-CALNAME"] == "Dự sinh hoạt chi bộ"
    assert shown["X-PUBLISHED-TTL"] == "PT1H"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in answer.content
    assert [zone["TZID"] for zone in shown.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]


def test_second_library_reads_the_same() -> None:
    place = scene()
    Meeting.objects.update(place="Nhà văn hóa xóm 13, cạnh đình làng; vào từ cổng phía đông")

    shown = vobject.readOne(read(place.attendee).content.decode())

    assert shown.vevent.summary.value == "Dự sinh hoạt: Chi bộ xóm 13, xã Quang Thiện"
    assert shown.vevent.location.value == Meeting.objects.get().place
    assert shown.vevent.dtstart.value == moment(3, 19, 30)
    assert shown.vevent.dtstart.value.utcoffset() == timedelta(hours=7)
    assert shown.vevent.dtend.value == moment(3, 21, 0)
    assert shown.vevent.uid.value == f"meeting-{place.meeting.pk}@127.0.0.1"
    assert [row.trigger.value for row in shown.vevent.valarm_list] == [
        timedelta(days=-1),
        timedelta(hours=-2),
    ]


def test_long_vietnamese_lines_are_folded_between_letters() -> None:
    place = scene()
    where = "Nhà văn hóa thôn Đường Thượng, giữa ngã ba Ủy ban và đền thờ Nguyễn Công Trứ " * 2
    Meeting.objects.update(place=where.strip())

    answer = read(place.attendee)

    lines = answer.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert [line.decode() for line in lines]  # no letter is cut in two
    assert event(place.attendee)["LOCATION"] == where.strip()


def test_moved_meeting_is_the_same_entry_on_another_day() -> None:
    place = scene()
    before = event(place.attendee)

    calendar.move_meeting(
        place.meeting, starts_at=moment(5, 20), reason="Cưới con ông Tư", by=place.officer
    )

    after = event(place.attendee)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.start == moment(5, 20)
    assert "Dời từ 19:30 thứ Năm, 03/12/2026." in after["DESCRIPTION"]
    assert "Cưới con" not in text(place.attendee)


def test_cancelled_meeting_stays_as_cancelled_and_does_not_ring() -> None:
    place = scene()

    calendar.cancel_meeting(place.meeting, reason="Ông Tư ốm", by=place.officer)

    shown = event(place.attendee)
    assert (shown["STATUS"], shown["SEQUENCE"]) == ("CANCELLED", 1)
    assert shown["SUMMARY"] == "Không họp: Chi bộ xóm 13, xã Quang Thiện"
    assert shown.walk("VALARM") == []
    assert "Viết báo cáo" not in shown["DESCRIPTION"]
    assert "Ông Tư" not in text(place.attendee)


def test_reinstated_meeting_is_on_again_with_a_higher_sequence() -> None:
    place = scene()
    calendar.cancel_meeting(place.meeting, reason="Nghỉ Tết", by=place.officer)
    cancelled = event(place.attendee)["SEQUENCE"]

    calendar.reinstate_meeting(place.meeting, by=place.officer)

    shown = event(place.attendee)
    assert shown["STATUS"] == "CONFIRMED"
    assert shown["SEQUENCE"] > cancelled
    assert len(shown.walk("VALARM")) == 2


def test_substitute_has_the_meeting_and_the_assignee_no_more() -> None:
    place = scene()
    next_month = factories.meeting(place.branch, on=date(2027, 1, 3))

    stand_in = substitute_for(place)

    assert [row.start.date() for row in events(stand_in)] == [HELD_ON]
    assert [row.start.date() for row in events(place.attendee)] == [next_month.held_on]


def test_phone_of_who_cannot_come_does_not_ring() -> None:
    place = scene()

    attendance.excuse_attendance(
        place.meeting, place.official, reason=AbsenceReason.DUTY, by=place.attendee
    )

    shown = event(place.attendee)
    assert (shown["STATUS"], shown.walk("VALARM")) == ("CONFIRMED", [])
    assert len(event(place.secretary).walk("VALARM")) == 2


def test_secretary_has_the_own_branch_and_no_other() -> None:
    place, _other = scene(), scene()

    shown = event(place.secretary)

    assert shown["UID"] == f"meeting-{place.meeting.pk}@127.0.0.1"
    assert shown["SUMMARY"] == "Sinh hoạt: Chi bộ xóm 13, xã Quang Thiện"
    assert "Viết báo cáo" not in shown["DESCRIPTION"]


def test_attendee_has_nobody_elses_meeting_and_nobodys_name_or_phone() -> None:
    place, other = scene(), scene()
    factories.ContactFactory(unit=place.branch, name="Trần Văn Bí", phone="+84912345678")

    shown = text(place.attendee)

    assert f"meeting-{other.meeting.pk}@" not in shown
    assert "912345678" not in shown
    for name in ("Trần Văn Bí", place.official.full_name, place.secretary.full_name):
        assert name not in shown


@pytest.mark.parametrize(
    ("on", "count"), [(date(2026, 9, 29), 0), (date(2026, 10, 1), 1), (date(2027, 11, 3), 1)]
)
def test_feed_begins_two_months_ago_and_has_all_that_is_planned(on: date, count: int) -> None:
    place = scene(on)

    assert len(events(place.attendee)) == count


def test_assignment_that_ended_takes_its_later_meetings_along() -> None:
    place = scene()
    assert len(events(place.attendee)) == 1

    type(place.assignment).objects.update(ends_on=HELD_ON - timedelta(days=1))

    assert events(place.attendee) == []


def test_commissions_account_with_an_official_has_only_where_the_official_goes() -> None:
    place = scene()
    factories.meeting(factories.branch(place.commune), on=HELD_ON)
    User.objects.filter(pk=place.attendee.pk).update(
        role=Role.COMMISSION_OFFICER, unit=place.province
    )

    assert len(events(User.objects.get(pk=place.attendee.pk))) == 1


@pytest.mark.parametrize("count", [1, 6])
def test_feed_asks_as_little_for_six_as_for_one(count: int, django_assert_num_queries: Any) -> None:
    place = scene()
    for number in range(1, count):
        factories.meeting(place.branch, on=date(2027, number, 3))
    path = path_of(place.attendee)

    # feed and user, meetings, assignments, substitutes, excuses; the first time also: that it was read
    with django_assert_num_queries(6):
        Client().get(path)
    with django_assert_num_queries(5):
        Client().get(path)


def test_unchanged_calendar_is_not_sent_again(time_machine: Any) -> None:
    place = scene()
    first = read(place.attendee)
    time_machine.move_to(moment(1, 10), tick=False)

    again = read(place.attendee, if_none_match=first["ETag"])
    calendar.cancel_meeting(place.meeting, reason="Nghỉ Tết", by=place.officer)
    changed = read(place.attendee, if_none_match=first["ETag"])

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


@pytest.mark.parametrize("token", ["x", "x.y", ".", "{key}", "{key}.", "{key}.AAAA", "\x00.x"])
def test_forged_address_opens_nothing(token: str) -> None:
    feed = feeds.open_feed(by=scene().attendee)

    answer = Client().get(f"/calendar/{token.format(key=feed.key)}.ics")

    assert answer.status_code == 404


def test_key_and_signature_of_two_people_do_not_fit() -> None:
    mine, other = (feeds.open_feed(by=scene().attendee) for _ in range(2))
    signature = other.address.removesuffix(".ics").rpartition(".")[2]

    assert Client().get(f"/calendar/{mine.key}.{signature}.ics").status_code == 404


def test_renewed_and_closed_addresses_open_nothing() -> None:
    place = scene()
    first = path_of(place.attendee)
    second = feeds.renew_feed(by=place.attendee).address.removeprefix(settings.SITE_URL)
    renewed = [Client().get(path).status_code for path in (first, second)]

    feeds.close_feed(by=place.attendee)

    assert renewed == [404, 200]
    assert Client().get(second).status_code == 404


def test_account_that_is_closed_has_no_calendar() -> None:
    place = scene()
    path = path_of(place.attendee)

    User.objects.filter(pk=place.attendee.pk).update(is_active=False)

    assert Client().get(path).status_code == 404


def test_other_secret_key_opens_no_address_of_this_database(settings: Any) -> None:
    place = scene()
    path = path_of(place.attendee)
    settings.SECRET_KEY = "another-" + "y" * 50

    assert Client().get(path).status_code == 404


def test_held_meeting_keeps_its_sequence_and_is_confirmed(time_machine: Any) -> None:
    place = scene()
    time_machine.move_to(moment(4), tick=False)

    calendar.note_held(place.meeting, by=place.officer)

    assert Meeting.objects.get().status == MeetingStatus.HELD
    shown = event(place.attendee)
    assert (shown["STATUS"], shown["SEQUENCE"]) == ("CONFIRMED", 0)


def test_committees_meeting_is_called_by_its_own_name() -> None:
    place = scene()
    factories.AssignmentFactory(
        decision=place.assignment.decision, official=place.official, unit=place.commune
    )
    Meeting.objects.all().delete()
    factories.meeting(place.commune, on=HELD_ON, kind="enlarged", commune=place.commune)

    assert event(place.attendee)["SUMMARY"] == "Dự hội nghị mở rộng: Đảng ủy xã Quang Thiện"


def test_stamp_is_the_moment_of_writing() -> None:
    assert event(scene().attendee)["DTSTAMP"].dt == moment(1)


def test_phone_that_came_is_noted_once_an_hour(time_machine: Any) -> None:
    place = scene()
    noted = []
    for minute in (0, 30, 59):
        time_machine.move_to(moment(1, 9, minute), tick=False)
        read(place.attendee)
        noted.append(CalendarFeed.objects.get().last_read_at)
    time_machine.move_to(moment(1, 10, 30), tick=False)
    read(place.attendee)

    assert noted == [moment(1, 9)] * 3
    assert CalendarFeed.objects.get().last_read_at == moment(1, 10, 30)


def test_user_without_meetings_of_the_own_is_refused_an_address() -> None:
    place = scene()
    viewer = user(Role.VIEWER, place.province)

    with pytest.raises(Refused, match="dành cho người được phân công dự"):
        feeds.open_feed(by=viewer)
