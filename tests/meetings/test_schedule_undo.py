"""Undoing a schedule import as one act; long ones in the background."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.lib.errors import Refused
from meetings.actions import attendance, schedule_jobs, schedules
from meetings.actions.schedule_undo import undo_schedule
from meetings.models import Meeting, ScheduleImport
from meetings.states import MeetingStatus, ScheduleStatus
from meetings.tasks import run_schedule
from notices.models import Notice
from roster.models import Job
from roster.states import JobStatus
from tests import factories
from tests.meetings.scenes import Scene, moment, scene

pytestmark = pytest.mark.django_db
HEAD = "Chi bộ,Ngày họp,Giờ,Địa điểm,Trạng thái\n"
MOVED_AND_MADE = "Chi bộ xóm 13,05/12/2026,20h,Trường học,\nChi bộ xóm 14,06/12/2026,,,\n"


@pytest.fixture
def one(time_machine: Any) -> Scene:
    """On 20 November; Chi bộ xóm 13 meets on 3 December at 19:30."""
    time_machine.move_to(moment(20, month=11))
    place = scene()
    factories.branch(place.commune, name="Chi bộ xóm 14")
    return place


def taken(place: Scene, lines: str) -> ScheduleImport:
    upload = SimpleUploadedFile("lich.csv", (HEAD + lines).encode())
    found = schedules.preview_schedule(upload, by=place.officer)
    assert schedules.commit_schedule(found, by=place.officer)
    found.refresh_from_db()
    return found


def test_everything_goes_back_and_who_comes_is_told(one: Scene) -> None:
    place_before = one.meeting.place
    found = taken(one, MOVED_AND_MADE)

    kept = undo_schedule(found, by=one.officer)

    meeting = Meeting.objects.get()
    assert (kept, meeting.pk) == (0, one.meeting.pk)
    assert (meeting.starts_at, meeting.place) == (one.meeting.starts_at, place_before)
    assert meeting.confirmed_at is None
    told = Notice.objects.filter(kind="meetings.moved", user=one.attendee, channel="email")
    assert told.count() == 2


def test_cancelled_one_is_on_again_and_a_confirmed_one_asks_again(one: Scene) -> None:
    off = taken(one, "Chi bộ xóm 13,03/12/2026,19h30,,Không họp\n")
    undo_schedule(off, by=one.officer)
    same = taken(one, "Chi bộ xóm 13,03/12/2026,19h30,,\n")
    assert Meeting.objects.get().confirmed_at

    undo_schedule(same, by=one.officer)

    meeting = Meeting.objects.get()
    assert (meeting.status, meeting.confirmed_at) == (MeetingStatus.PLANNED, None)


def test_what_somebody_changed_or_answered_since_then_stays(one: Scene) -> None:
    other = one.branch.__class__.objects.get(name="Chi bộ xóm 14")
    factories.AssignmentFactory(decision=one.assignment.decision, official=one.official, unit=other)
    found = taken(one, MOVED_AND_MADE)
    Meeting.objects.filter(pk=one.meeting.pk).update(place="Sân đình")
    made = Meeting.objects.get(unit=other)
    attendance.confirm_attendance(made, one.official, by=one.attendee)

    assert undo_schedule(found, by=one.officer) == 2
    assert Meeting.objects.count() == 2


def test_undoing_twice_is_refused(one: Scene) -> None:
    found = taken(one, MOVED_AND_MADE)
    undo_schedule(found, by=one.officer)

    with pytest.raises(Refused, match="đã hoàn tác"):
        undo_schedule(ScheduleImport.objects.get(), by=one.officer)


def test_page_offers_it_and_says_what_came_of_it(client: Client, one: Scene) -> None:
    found = taken(one, MOVED_AND_MADE)
    client.force_login(one.officer)
    assert "Hoàn tác lần nhập này" in client.get(found.get_absolute_url()).content.decode()

    page = client.post(reverse("meetings:schedule_undo", args=[found.pk]), follow=True)

    assert "Đã hoàn tác lần nhập lịch" in page.content.decode()
    assert ScheduleImport.objects.get().status == ScheduleStatus.UNDONE


def test_long_schedule_is_taken_in_and_undone_by_the_worker(
    client: Client, one: Scene, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(schedule_jobs, "LONG", 1)
    upload = SimpleUploadedFile("lich.csv", (HEAD + MOVED_AND_MADE).encode())
    found = schedules.preview_schedule(upload, by=one.officer)
    client.force_login(one.officer)

    page = client.post(reverse("meetings:schedule_commit", args=[found.pk]), follow=True)
    run_schedule(Job.objects.get().pk)
    taken_in = Meeting.objects.count()
    client.post(reverse("meetings:schedule_undo", args=[found.pk]))
    run_schedule(Job.objects.latest("pk").pk)

    assert "Nhập lịch “lich.csv”" in page.content.decode()
    assert (taken_in, Meeting.objects.count()) == (2, 1)
    assert set(Job.objects.values_list("status", flat=True)) == {JobStatus.DONE}
    assert timezone.localtime(Meeting.objects.get().starts_at).day == 3
