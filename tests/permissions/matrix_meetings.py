"""Who may open and do what in the calendar. Order of the roles: see table.py."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from config.lib.months import add_months, month_code, month_of
from meetings.actions import feeds, schedules
from meetings.models import Briefing, Meeting, ScheduleImport
from meetings.states import MeetingStatus, ScheduleStatus
from roster.models import StoredFile, Unit
from roster.states import Role
from tests import factories
from tests.permissions.table import Row, the
from tests.permissions.world import World


def ahead(world: World) -> Meeting:
    """A meeting of the inside branch on the 10th of next month, attended by the inside official."""
    assert world.assignment
    return factories.meeting(
        world.branch, on=add_months(timezone.localdate(), 1) + timedelta(days=9)
    )


def next_meeting(world: World) -> list[Any]:
    return [ahead(world).pk]


def cancelled(world: World) -> list[Any]:
    meeting = ahead(world)
    Meeting.objects.update(status=MeetingStatus.CANCELLED, reason="Nghỉ Tết")
    return [meeting.pk]


def past(world: World) -> list[Any]:
    assert world.assignment
    return [factories.meeting(world.branch, on=timezone.localdate() - timedelta(days=1)).pk]


def past_of_the_official(world: World) -> list[Any]:
    return [*past(world), world.official.pk]


def next_meeting_of_the_official(world: World) -> list[Any]:
    return [ahead(world).pk, world.official.pk]


def another_day(world: World) -> dict[str, Any]:
    day = add_months(timezone.localdate(), 1) + timedelta(days=11)
    return {"day": day.isoformat(), "time": "19:30", "reason": "Trùng đám cưới"}


def this_month(world: World) -> dict[str, Any]:
    return {"month": month_code(month_of(timezone.localdate()))}


def from_the_board(world: World) -> list[Any]:
    """The inside agency is marked as one that publishes."""
    Unit.objects.filter(pk=world.agency.pk).update(publishes_material=True)
    return []


def briefing(world: World) -> Briefing:
    return Briefing.objects.create(
        month=month_of(timezone.localdate()), issuer=world.province, title="Bản tin"
    )


def briefing_file(world: World) -> list[Any]:
    stored = StoredFile(name="ban-tin.pdf", content_type="application/pdf", size=4)
    stored.content.save("ban-tin.pdf", ContentFile(b"%PDF"))
    published = briefing(world)
    published.files.add(stored)
    return [published.pk, stored.pk]


def calendar_address(world: World) -> list[Any]:
    """The attendee's; whoever has it reads the calendar, signed in or not."""
    return [feeds.open_feed(by=world.inside[Role.ATTENDEE]).token]


def closed_address(world: World) -> list[Any]:
    found = calendar_address(world)
    feeds.close_feed(by=world.inside[Role.ATTENDEE])
    return found


def schedule(world: World) -> list[Any]:
    """An empty list that the desk of the inside commune has uploaded."""
    upload = SimpleUploadedFile("lich.csv", "Chi bộ,Ngày họp\n".encode())
    return [schedules.preview_schedule(upload, by=world.inside[Role.COMMUNE_OFFICER]).pk]


def taken_schedule(world: World) -> list[Any]:
    found = schedule(world)
    ScheduleImport.objects.update(status=ScheduleStatus.COMMITTED, committed_at=timezone.now())
    return found


KEEPERS = "403 {0} {0} {0} 403 {0} 404 403"
SCHEDULE = "404 {0} {0} {0} 404 404 404 404"
OVERVIEW = "200 200 200 200 403 403 403 200"
OWN = "403 403 403 403 {0} {0} 403 403"
SPEAKERS = "403 {0} {0} {0} {0} 403 404 403"

ROWS = [
    Row("meetings:meeting_list", inside="200 200 200 200 302 302 403 200", outside="200 200 200 200 302 302 403 200"),
    Row("meetings:my_meetings", inside="200", outside="200"),
    Row("meetings:feed", inside=OWN.format(200), outside=OWN.format(200)),
    Row("meetings:feed_open", method="post", inside=OWN.format(302), outside=OWN.format(302)),
    Row("meetings:feed_open", inside="405", outside="405"),
    Row("meetings:feed_renew", method="post", inside=OWN.format(302), outside=OWN.format(302)),
    Row("meetings:feed_close", method="post", inside="302", outside="302"),
    Row("meetings:calendar_feed", calendar_address, inside="200", outside="200", stranger="200"),
    Row("meetings:calendar_feed", closed_address, inside="404", outside="404", stranger="404"),
    Row("meetings:unplanned_list", inside="200 200 200 200 403 403 403 200", outside="200 200 200 200 403 403 403 200"),
    Row("meetings:commune_month", the("commune"), inside="200 200 200 200 404 404 404 200", outside="404"),
    Row("meetings:month_plan", method="post", data=this_month, inside="403 302 302 302 403 403 403 403", outside="403 302 302 302 403 403 403 403"),
    Row("meetings:meeting_move", next_meeting, inside=KEEPERS.format(200), outside="404"),
    Row("meetings:meeting_move", next_meeting, method="post", data=another_day, inside=KEEPERS.format(302), outside="404"),
    Row("meetings:meeting_confirm", next_meeting, method="post", inside=KEEPERS.format(302), outside="404"),
    Row("meetings:attendance_branch", past_of_the_official, method="post", data={"came": "1"}, inside=KEEPERS.format(302), outside="404"),
    Row("meetings:my_month", inside="200", outside="200"),
    Row("meetings:month_days", inside=OVERVIEW, outside=OVERVIEW),
    Row("meetings:unconfirmed_list", inside=OVERVIEW, outside=OVERVIEW),
    Row("meetings:clash_list", inside=OVERVIEW, outside=OVERVIEW),
    Row("meetings:difference_list", inside=OVERVIEW, outside=OVERVIEW),
    Row("meetings:schedule_new", inside="403 200 200 200 403 403 403 403", outside="403 200 200 200 403 403 403 403"),
    Row("meetings:schedule_preview", schedule, inside=SCHEDULE.format(200), outside="404"),
    Row("meetings:schedule_commit", schedule, method="post", inside=SCHEDULE.format(302), outside="404"),
    Row("meetings:schedule_columns", schedule, inside=SCHEDULE.format(200), outside="404"),
    Row("meetings:schedule_undo", taken_schedule, method="post", inside=SCHEDULE.format(302), outside="404"),
    Row("meetings:schedule_undo", schedule, method="post", inside=SCHEDULE.format(422), outside="404"),
    Row("meetings:schedule_discard", schedule, method="post", inside=SCHEDULE.format(302), outside="404"),
    Row("meetings:schedule_file", schedule, inside=SCHEDULE.format(200), outside="404"),
    Row("meetings:meeting_cancel", next_meeting, inside=KEEPERS.format(200), outside="404"),
    Row("meetings:meeting_cancel", next_meeting, method="post", data={"reason": "holiday"}, inside=KEEPERS.format(302), outside="404"),
    Row("meetings:meeting_reinstate", cancelled, method="post", inside=KEEPERS.format(302), outside="404"),
    Row("meetings:meeting_reinstate", cancelled, inside="405", outside="405"),
    Row("meetings:meeting_hold", past, method="post", inside=KEEPERS.format(302), outside="404"),
    Row("meetings:meeting_hold", next_meeting, method="post", inside=KEEPERS.format(422), outside="404"),
    Row("meetings:attendance_confirm", next_meeting_of_the_official, method="post", inside=SPEAKERS.format(302), outside="404"),
    Row("meetings:attendance_excuse", next_meeting_of_the_official, inside=SPEAKERS.format(200), outside="404"),
    Row("meetings:attendance_excuse", next_meeting_of_the_official, method="post", data={"reason": "duty"}, inside=SPEAKERS.format(302), outside="404"),
    Row("meetings:briefing_list", inside="200", outside="200"),
    Row("meetings:briefing_detail", lambda world: [briefing(world).pk], inside="200", outside="200"),
    Row("meetings:briefing_file", briefing_file, inside="200", outside="200"),
    Row("meetings:briefing_publish", from_the_board, inside="403 200 200 403 403 403 200 403", outside="403 200 200 403 403 403 403 403"),
    Row("meetings:briefing_publish", inside="403 200 200 403 403 403 403 403", outside="403 200 200 403 403 403 403 403"),
]  # fmt: skip
