"""Schedules whose columns a person points at, and events that repeat."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from config.lib.errors import Refused
from meetings.models import Meeting, ScheduleImport
from meetings.schedules.reading import read_schedule
from tests.meetings.scenes import moment, scene

TODAY = date(2026, 11, 20)
ODD = "STT,Đơn vị,Hôm nào\n1,Chi bộ xóm 13,05/12/2026\n"


@pytest.mark.django_db
def test_columns_that_no_caption_gives_away_are_pointed_at(
    client: Client, time_machine: Any
) -> None:
    time_machine.move_to(moment(20, month=11))
    place = scene()
    client.force_login(place.officer)
    upload = SimpleUploadedFile("lich.csv", ODD.encode())

    page = client.post(reverse("meetings:schedule_new"), {"file": upload}, follow=True)
    found = ScheduleImport.objects.get()
    address = reverse("meetings:schedule_columns", args=[found.pk])
    too_few = client.post(address, {"column-1": "branch"}, follow=True).content.decode()
    shown = client.post(address, {"column-1": "branch", "column-2": "date"}, follow=True)
    client.post(reverse("meetings:schedule_commit", args=[found.pk]))

    assert page.redirect_chain == [(address, 302)]
    assert "Hôm nào" in page.content.decode()
    assert "Cần chọn ít nhất cột chi bộ và cột ngày họp." in too_few
    assert shown.redirect_chain == [(found.get_absolute_url(), 302)]
    assert Meeting.objects.get().held_on == date(2026, 12, 5)


def calendar(*lines: str) -> bytes:
    event = "\r\n".join(("UID:1@so-tay", "SUMMARY:Sinh hoạt Chi bộ xóm 13", *lines))
    parts = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", event, "END:VEVENT")
    return "\r\n".join((*parts, "END:VCALENDAR", "")).encode()


def days(content: bytes) -> list[str | None]:
    return [row.values["date"] for row in read_schedule(content, today=TODAY).rows]


@pytest.mark.parametrize(
    ("lines", "expected", "count"),
    [
        (["RRULE:FREQ=MONTHLY;BYMONTHDAY=3"], ["2026-12-03", "2027-01-03"], 12),
        (["RRULE:FREQ=MONTHLY;BYMONTHDAY=3;COUNT=13"], ["2026-12-03", "2027-01-03"], 2),
        (["RRULE:FREQ=MONTHLY;BYDAY=1SA;UNTIL=20270131T000000Z"], ["2026-12-05", "2027-01-02"], 2),
        (
            ["RRULE:FREQ=MONTHLY;BYMONTHDAY=3", "EXDATE;TZID=Asia/Ho_Chi_Minh:20261203T193000"],
            ["2027-01-03", "2027-02-03"],
            11,
        ),
    ],
)
def test_repeated_event_is_read_for_a_year(
    lines: list[str], expected: list[str], count: int
) -> None:
    found = days(calendar("DTSTART;TZID=Asia/Ho_Chi_Minh:20260103T193000", *lines))

    assert found[:2] == expected
    assert len(found) == count


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=7,19"])
def test_event_repeated_within_a_day_is_refused_by_name_at_once(rule: str) -> None:
    with pytest.raises(Refused, match="“Sinh hoạt Chi bộ xóm 13” lặp lại nhiều lần một ngày"):
        days(calendar("DTSTART:20260103T123000Z", f"RRULE:{rule}"))


def test_calendar_of_more_than_2000_meetings_says_to_split_it() -> None:
    daily = ("DTSTART:20260103T123000Z", "RRULE:FREQ=DAILY", "END:VEVENT", "BEGIN:VEVENT")

    assert len(days(calendar(*daily * 5, "DTSTART:20270101T123000Z"))) == 5 * 365 + 1
    with pytest.raises(Refused, match=r"hơn 2\.000 cuộc họp\. Chia nhỏ: xuất lịch từng xã"):
        days(calendar(*daily * 6, "DTSTART:20270101T123000Z"))


def test_one_of_a_series_that_was_put_elsewhere_comes_once() -> None:
    series = calendar(
        "DTSTART:20260103T123000Z",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=3;UNTIL=20270110T000000Z",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:1@so-tay",
        "SUMMARY:Sinh hoạt Chi bộ xóm 13",
        "RECURRENCE-ID:20261203T123000Z",
        "DTSTART:20261206T123000Z",
    )

    assert days(series) == ["2027-01-03", "2026-12-06"]
