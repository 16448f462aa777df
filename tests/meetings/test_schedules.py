"""Schedules from another program: as a list or as .ics, previewed, then taken in one act."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from config.lib.errors import Refused
from meetings.actions import schedules
from meetings.models import Meeting, ScheduleImport
from notices.models import Notice
from tests import factories
from tests.meetings.scenes import Scene, moment, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(time_machine: Any) -> Scene:
    """On 20 November; Chi bộ xóm 13 meets on 3 December at 19:30."""
    time_machine.move_to(moment(20, month=11))
    return scene()


def xlsx(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    book = Workbook()
    page: Any = book.active
    page.append(["LỊCH SINH HOẠT CHI BỘ THÁNG 12/2026"])
    page.append(["STT", "Chi bộ", "Xã, phường", "Ngày họp", "Giờ", "Địa điểm", "Trạng thái"])
    for row in rows:
        page.append(row)
    kept = BytesIO()
    book.save(kept)
    return SimpleUploadedFile("lich.xlsx", kept.getvalue())


def ics(**lines: str) -> SimpleUploadedFile:
    event = {"UID": "1@so-tay", "DTSTAMP": "20261101T000000Z", **lines}
    body = "".join(f"{name}:{value}\r\n" for name, value in event.items())
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n{body}END:VEVENT\r\nEND:VCALENDAR\r\n"
    return SimpleUploadedFile("lich.ics", text.encode())


def test_list_is_previewed_and_nothing_changes_before_it_is_confirmed(one: Scene) -> None:
    factories.branch(one.commune, name="Chi bộ xóm 14")

    found = schedules.preview_schedule(
        xlsx(
            (1, "Chi bộ xóm 13", "xã Quang Thiện", "05/12/2026", "19h30", "Nhà văn hóa", ""),
            (2, "Chi bộ xóm 14", "Quang Thiện", "06/12/2026", None, "Trường học", ""),
            (3, "Chi bộ xóm 99", "Quang Thiện", "06/12/2026", "19h30", "", ""),
            (4, "Chi bộ xóm 15", "Quang Thiện", "31/02/2026", "19h30", "", ""),
        ),
        by=one.officer,
    )

    assert [item["action"] for item in found.facts["items"]] == [
        "changed",
        "new",
        "problem",
        "problem",
    ]
    assert [(row["cell"], row["text"]) for row in found.facts["problems"]] == [
        ("B5", "Xã Quang Thiện không có “Chi bộ xóm 99” trong danh bạ."),
        ("D6", "Không có ngày 31/02/2026."),
    ]
    assert Meeting.objects.get().held_on == one.meeting.held_on


def test_confirming_moves_makes_and_tells(one: Scene) -> None:
    other = factories.branch(one.commune, name="Chi bộ xóm 14")
    found = schedules.preview_schedule(
        xlsx(
            (1, "Chi bộ xóm 13", "xã Quang Thiện", "05/12/2026", "20h", "", ""),
            (2, "Chi bộ xóm 14", "Quang Thiện", "06/12/2026", None, "Trường học", ""),
        ),
        by=one.officer,
    )

    assert schedules.commit_schedule(found, by=one.officer)

    moved, made = Meeting.objects.order_by("pk")
    assert (moved.pk, moved.starts_at, moved.sequence) == (one.meeting.pk, moment(5, 20), 1)
    assert (made.unit, made.starts_at, made.place) == (other, moment(6, 19, 30), "Trường học")
    assert (made.commune, made.province) == (one.commune, one.province)
    assert Notice.objects.filter(kind="meetings.moved", user=one.attendee).exists()


@pytest.mark.parametrize(
    ("lines", "action", "status", "held_on"),
    [
        ({"DTSTART": "20261205T123000Z"}, "changed", "planned", 5),
        ({"DTSTART;TZID=Asia/Ho_Chi_Minh": "20261205T193000"}, "changed", "planned", 5),
        ({"DTSTART": "20261203T123000Z"}, "same", "planned", 3),
        ({"DTSTART;VALUE=DATE": "20261207"}, "changed", "planned", 7),
        ({"DTSTART": "20261203T123000Z", "STATUS": "CANCELLED"}, "changed", "cancelled", 3),
    ],
)
def test_ics_is_read_like_a_list(
    one: Scene, lines: dict[str, str], action: str, status: str, held_on: int
) -> None:
    upload = ics(SUMMARY="Sinh hoạt Chi bộ xóm 13\\, xã Quang Thiện", **lines)
    found = schedules.preview_schedule(upload, by=one.commission)
    assert [item["action"] for item in found.facts["items"]] == [action]

    schedules.commit_schedule(found, by=one.commission)

    meeting = Meeting.objects.get()
    assert (meeting.status, meeting.held_on.day) == (status, held_on)
    assert (meeting.confirmed_at is not None) == (status == "planned")


def test_calendar_that_changed_meanwhile_is_shown_again_instead_of_overwritten(one: Scene) -> None:
    found = schedules.preview_schedule(
        xlsx((1, "Chi bộ xóm 13", "Quang Thiện", "05/12/2026", "20h", "", "")), by=one.officer
    )
    Meeting.objects.update(starts_at=moment(4, 19, 30))

    assert not schedules.commit_schedule(found, by=one.officer)

    assert timezone.localtime(Meeting.objects.get().starts_at).day == 4
    assert ScheduleImport.objects.get().facts["items"][0]["before"].startswith("2026-12-04")


def test_file_that_is_no_calendar_is_refused(one: Scene) -> None:
    upload = SimpleUploadedFile("a.ics", b"BEGIN:VCALENDAR\r\nnothing")

    with pytest.raises(Refused, match="không đọc được"):
        schedules.preview_schedule(upload, by=one.officer)


def test_pages_lead_from_the_file_to_the_calendar(client: Client, one: Scene) -> None:
    client.force_login(one.officer)
    upload = xlsx((1, "Chi bộ xóm 13", "Quang Thiện", "05/12/2026", "20h", "", ""))

    page = client.post(reverse("meetings:schedule_new"), {"file": upload}, follow=True)
    assert "Đổi lịch" in page.content.decode()
    assert "đang là 19:30 ngày 03/12/2026" in page.content.decode()
    found = ScheduleImport.objects.get()
    client.post(reverse("meetings:schedule_commit", args=[found.pk]))

    assert Meeting.objects.get().held_on.day == 5
    assert client.get(found.get_absolute_url()).status_code == 200


def test_rows_of_another_commune_are_not_found(one: Scene) -> None:
    factories.branch(factories.commune(one.province, name="Xã Khác"), name="Chi bộ xóm 1")

    found = schedules.preview_schedule(
        xlsx((1, "Chi bộ xóm 1", "Xã Khác", "05/12/2026", "20h", "", "")), by=one.officer
    )

    assert [item["action"] for item in found.facts["items"]] == ["problem"]
