"""Who may type a report in from paper, and when. Each sentence says why not."""

from datetime import date

from meetings.models import Meeting
from reports.models import MeetingReport
from reports.rules.reports import goer_of
from reports.states import ReportStatus
from roster.models import User


def why_not_see_paper(meeting: Meeting, user: User) -> str | None:
    """The form is printed, and its photo sent, by those who go there and by the desk above."""
    if is_clerk(meeting, user) or goer_of(meeting, user):
        return None
    return "Mẫu giấy dành cho người dự cuộc họp này và bộ phận tiếp nhận báo cáo."


def is_clerk(meeting: Meeting, user: User) -> bool:
    return user.is_desk and user.oversees(meeting.unit)


def why_not_type(
    meeting: Meeting, report: MeetingReport | None, user: User, today: date
) -> str | None:
    """The desk types, from a photo that is there, what the attendee has not begun on a phone."""
    if not is_clerk(meeting, user):
        return "Nhập thay từ bản giấy là việc của bộ phận tiếp nhận báo cáo."
    if meeting.is_locked(today):
        return f"Sổ báo cáo của cuộc họp này đã khóa từ ngày {meeting.locked_on:%d/%m/%Y}."
    if report is None or not report.attachments.filter(is_paper_form=True).exists():
        return "Gửi ảnh bản giấy trước, để ai xem báo cáo cũng đối chiếu được."
    return why_not_take_over(report, user)


def why_not_take_over(report: MeetingReport, user: User) -> str | None:
    if report.status != ReportStatus.DRAFT:
        return "Báo cáo này đã nộp."
    if report.draft_saved_at and report.typed_by_id is None:
        return f"Đồng chí {report.author} đang soạn báo cáo này trên máy. Hỏi đồng chí ấy trước khi nhập thay."
    if report.typed_by_id not in {None, user.pk}:
        return f"Đồng chí {report.typed_by} đang nhập báo cáo này."
    return None
