"""Who may enter the branch's own score sheet, and until when. Each sentence says why not."""

from datetime import datetime

from django.utils import timezone

from meetings.models import Meeting
from meetings.states import MeetingStatus
from reports.models import MeetingReport
from reports.states import ReportStatus
from roster.models import User
from roster.states import Role


def why_not_secretary(meeting: Meeting, user: User) -> str | None:
    if user.role == Role.BRANCH_SECRETARY and user.unit_id == meeting.unit_id:
        return None
    return "Phiếu chi bộ tự chấm do bí thư chi bộ nhập."


def why_not_score(
    meeting: Meeting, report: MeetingReport | None, user: User, now: datetime
) -> str | None:
    """The secretary scores from the meeting's beginning until the desk has accepted the report."""
    if reason := why_not_secretary(meeting, user):
        return reason
    if meeting.status == MeetingStatus.CANCELLED:
        return "Cuộc họp này không diễn ra nên không chấm."
    if meeting.starts_at > now:
        start = timezone.localtime(meeting.starts_at)
        return f"Chấm được từ khi họp: {start:%H:%M} ngày {start:%d/%m/%Y}."
    if report is not None and report.status == ReportStatus.ACCEPTED:
        return "Báo cáo của cuộc họp này đã được tiếp nhận nên phiếu tự chấm không sửa nữa."
    return None
