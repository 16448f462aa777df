"""The paper fall-back (M12): a photo of the filled form, and the desk that types it in on behalf."""

from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from assignments.attendees import going_on
from config.lib.errors import Conflict, Refused, refuse_if
from meetings.models import Meeting
from reports.actions.attachments import checked_file, keep_once, lock
from reports.actions.reports import begin_report
from reports.models import Attachment, MeetingReport
from reports.querysets import FILED
from reports.rules import paper as rules
from reports.rules import reports as report_rules
from roster import audit
from roster.file_types import HEIC, JPEG, PDF, PNG
from roster.models import User

PICTURES: Final = frozenset({PDF, JPEG, PNG, HEIC})


@transaction.atomic
def begin_on_paper(meeting: Meeting, *, by: User) -> MeetingReport:
    """The report that photos of the paper form go with; begun in the name of who sends them, or of who was sent there."""
    today = timezone.localdate()
    refuse_if(rules.why_not_see_paper(meeting, by) or report_rules.why_not_begun(meeting, today))
    goers = going_on(meeting.unit_id, meeting.held_on)
    if not goers:
        raise Refused("Cuộc họp này chưa có người dự nên chưa có báo cáo.")
    own = next((goer for goer in goers if goer.official_id == by.official_id), goers[0])
    return begin_report(meeting, own, by=by)


@transaction.atomic
def attach_paper_form(report: MeetingReport, upload: UploadedFile[Any], *, by: User) -> Attachment:
    """Keep a photo of the filled form, so that whoever reads the report can compare."""
    refuse_if(rules.why_not_see_paper(report.meeting, by))
    checked = checked_file(upload, allowed=PICTURES)
    lock(report)
    if report.status in FILED:
        raise Refused("Báo cáo này đã nộp nên không nhận ảnh bản giấy nữa.")
    return keep_once(report, checked, by=by, is_paper_form=True)


@transaction.atomic
def type_in(meeting: Meeting, *, by: User) -> MeetingReport:
    """From now on `by` writes this report on behalf of its author; the report says so for good."""
    report = (
        MeetingReport.objects.filter(meeting=meeting).select_related("typed_by", "author").first()
    )
    refuse_if(rules.why_not_type(meeting, report, by, timezone.localdate()))
    assert report is not None  # noqa: S101 - the rule has seen to it
    if report.typed_by_id is None:
        rows = MeetingReport.objects.filter(pk=report.pk, typed_by=None, version=report.version)
        if not rows.update(typed_by=by):
            raise Conflict
        report.typed_by = by
        audit.record("typed_in", report, by=by, author=report.author.full_name)
    return report
