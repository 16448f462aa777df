"""Who may write, read, accept and return reports. Order of the roles: see table.py."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from meetings.models import Meeting
from reports.actions import attachments, paper
from reports.actions import reports as actions
from reports.models import Attachment, MeetingReport
from roster.states import Role
from tests.permissions.table import Row, the
from tests.permissions.world import World
from tests.reports.scenes import cleaned


def draft(world: World) -> MeetingReport:
    return actions.open_report(world.meeting, by=world.inside[Role.ATTENDEE])


def submitted(world: World) -> MeetingReport:
    author = world.inside[Role.ATTENDEE]
    return actions.submit_report(draft(world), cleaned(), "k", by=author, now=timezone.now())


def attached(world: World) -> Attachment:
    upload = SimpleUploadedFile("anh.pdf", b"%PDF-1.7\n%%EOF")
    return attachments.attach_file(draft(world), upload, by=world.inside[Role.ATTENDEE])


def attached_and_submitted(world: World) -> list[Any]:
    pk = attached(world).pk
    submitted(world)
    return [pk]


def drafted_meeting(world: World) -> list[Any]:
    return [draft(world).meeting_id]


def pk_of_submitted(world: World) -> list[Any]:
    return [submitted(world).pk]


def waiting(world: World) -> list[Any]:
    """A URL without arguments, and a report that waits."""
    submitted(world)
    return []


def picked(_world: World) -> dict[str, Any]:
    return {"report": MeetingReport.objects.get().pk}


def photo(_world: World) -> dict[str, Any]:
    return {"files": SimpleUploadedFile("ban-giay.pdf", b"%PDF-1.7\n%%EOF")}


def paper_photo(world: World) -> Attachment:
    upload = SimpleUploadedFile("ban-giay.pdf", b"%PDF-1.7\n%%EOF")
    attendee = world.inside[Role.ATTENDEE]
    return paper.attach_paper_form(
        paper.begin_on_paper(world.meeting, by=attendee), upload, by=attendee
    )


def photographed(world: World) -> list[Any]:
    paper_photo(world)
    return [world.meeting.pk]


def more_time(_world: World) -> dict[str, Any]:
    until = timezone.localdate() + timedelta(days=20)
    return {"until": f"{until:%d/%m/%Y}", "reason": "Mất điện sau bão"}


def branch_points(_world: World) -> dict[str, Any]:
    return {f"score-branch-{number}": "5" for number in range(1, 8)}


def locked_meeting(world: World) -> list[Any]:
    day = timezone.localdate()
    days = {
        "report_due_on": world.meeting.held_on,
        "late_after": world.meeting.held_on,
        "locked_on": day,
    }
    Meeting.objects.filter(pk=world.meeting.pk).update(**days)
    return [world.meeting.pk]


ROWS = [
    Row("reports:report_list", inside="200", outside="200"),
    Row("reports:report_missing", inside="403 200 200 200 403 403 403 403", outside="403 200 200 200 403 403 403 403"),
    Row("reports:report_version", lambda world: [submitted(world).pk, 1], inside="200 200 200 200 200 200 404 200", outside="404"),
    Row("reports:service_worker", inside="200", outside="200", stranger="200"),
    Row("reports:manifest", inside="200", outside="200", stranger="200"),
    Row("reports:offline", inside="200", outside="200", stranger="200"),
    Row("reports:own_data", inside="200", outside="200"),
    Row("reports:sending_token", inside="200", outside="200"),
    Row("reports:report_save_draft", drafted_meeting, query="?words", inside="404 404 404 404 200 404 404 404", outside="404"),
    Row("reports:report_attendees", inside="200 200 200 200 403 403 403 200", outside="200 200 200 200 403 403 403 200"),
    Row("reports:report_detail", pk_of_submitted, inside="200 200 200 200 200 200 404 200", outside="404"),
    Row("reports:report_detail", lambda world: [draft(world).pk], query="?draft", inside="404", outside="404"),
    Row("reports:report_receipt", pk_of_submitted, inside="200 200 200 200 200 200 404 200", outside="404"),
    Row("reports:report_edit", the("meeting"), inside="422 422 422 422 200 422 404 422", outside="404"),
    Row("reports:report_edit", drafted_meeting, method="post", data={"save": "1", "version": "0", "news": "Tin"}, inside="422 422 422 422 302 422 404 422", outside="404"),
    Row("reports:report_save_draft", drafted_meeting, method="post", data={"version": "0"}, inside="404 404 404 404 200 404 404 404", outside="404"),
    Row("reports:recommendation_prompts", drafted_meeting, method="post", data={"text": "Nạo vét mương tiêu đầu xóm"}, inside="404 404 404 404 200 404 404 404", outside="404"),
    Row("reports:branch_sheet_edit", the("meeting"), inside="403 403 403 403 403 200 404 403", outside="404"),
    Row("reports:branch_sheet_edit", the("meeting"), method="post", data=branch_points, inside="403 403 403 403 403 302 404 403", outside="404"),
    Row("reports:attachment_add", drafted_meeting, method="post", inside="422 422 422 422 302 422 404 422", outside="404"),
    Row("reports:attachment_detail", attached_and_submitted, inside="200 200 200 200 200 200 404 200", outside="404"),
    Row("reports:attachment_delete", lambda world: [attached(world).pk], method="post", inside="404 404 404 404 302 404 404 404", outside="404"),
    Row("reports:report_accept", pk_of_submitted, method="post", inside="403 302 302 302 403 403 404 403", outside="404"),
    Row("reports:report_accept_many", waiting, method="post", data=picked, inside="403 302 302 302 403 403 403 403", outside="403 302 302 302 403 403 403 403"),
    Row("reports:report_return", pk_of_submitted, inside="403 200 200 200 403 403 404 403", outside="404"),
    Row("reports:report_return", pk_of_submitted, method="post", data={"due_on": "2099-01-01", "remark-": "Xem lại"}, inside="403 302 302 302 403 403 404 403", outside="404"),
    Row("reports:report_paper_form", the("meeting"), inside="403 200 200 200 200 403 404 403", outside="404"),
    Row("reports:report_typed", the("meeting"), inside="403 200 200 200 200 403 404 403", outside="404"),
    Row("reports:report_typed", the("meeting"), method="post", data=photo, inside="403 302 302 302 302 403 404 403", outside="404"),
    Row("reports:report_type_in", photographed, method="post", inside="403 302 302 302 422 403 404 403", outside="404"),
    Row("reports:attachment_detail", lambda world: [paper_photo(world).pk], inside="404 200 200 200 200 404 404 404", outside="404"),
    Row("reports:report_extend", the("meeting"), inside="403 200 200 200 403 403 404 403", outside="404"),
    Row("reports:report_extend", the("meeting"), method="post", data=more_time, inside="403 302 302 302 403 403 404 403", outside="404"),
    Row("reports:report_unlock", locked_meeting, inside="403 403 200 403 403 403 404 403", outside="404"),
    Row("reports:report_unlock", locked_meeting, method="post", data=more_time, inside="403 403 302 403 403 403 404 403", outside="404"),
]  # fmt: skip
