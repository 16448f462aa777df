"""Who may write, file, accept or return a report, and when. Each sentence says why not."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from assignments.attendees import Attendee, Going, attendees_on, going_on
from config.lib.secrecy import why_not_type
from meetings.models import Meeting
from meetings.states import MeetingStatus
from reports.models import MeetingReport
from reports.querysets import FILED
from reports.states import ReportStatus
from roster.models import User

OPEN_TO_AUTHOR: Final = (ReportStatus.DRAFT, ReportStatus.RETURNED)
MOST_FILES: Final = 10
MOST_FILE_BYTES: Final = 10 * 1024 * 1024
DRAFT_CHARACTERS: Final = 200_000
THIN_TEXT: Final = 12


def goer_of(meeting: Meeting, user: User) -> Going | None:
    """As whom the user goes to the meeting, substitutions resolved."""
    if not user.official_id:
        return None
    goers = going_on(meeting.unit_id, meeting.held_on)
    return next((goer for goer in goers if goer.official_id == user.official_id), None)


def attendees_of(meeting: Meeting) -> list[Attendee]:
    occasion = (meeting.unit_id, meeting.held_on)
    return attendees_on([occasion])[occasion]


def why_not_open(meeting: Meeting, user: User, today: date) -> str | None:
    """Whether a report of this meeting may be begun, or gone on with, today."""
    return why_not_begun(meeting, today) or why_not_author(meeting, user)


def why_not_begun(meeting: Meeting, today: date) -> str | None:
    if meeting.status == MeetingStatus.CANCELLED:
        return f"Cuộc họp này không diễn ra ({meeting.reason}), nên không có báo cáo."
    if meeting.held_on > today:
        return f"Cuộc họp diễn ra ngày {meeting.held_on:%d/%m/%Y}. Báo cáo mở từ ngày đó."
    return None


def why_not_author(meeting: Meeting, user: User) -> str | None:
    if goer_of(meeting, user):
        return None
    for goer in attendees_of(meeting):
        if user.official_id and goer.in_place_of and goer.in_place_of.pk == user.official_id:
            return f"Đồng chí {goer.official} dự thay buổi này nên viết báo cáo."
    if user.is_desk and is_typed_by(meeting, user):
        return None
    return "Chỉ đồng chí được phân công dự cuộc họp này viết báo cáo."


def is_typed_by(meeting: Meeting, user: User) -> bool:
    """Whether the user types this meeting's report in from its author's paper form."""
    return MeetingReport.objects.filter(meeting=meeting, typed_by=user).exists()


def why_not_change(report: MeetingReport, today: date) -> str | None:
    """Whether the content is the author's to change: not while it lies at the desk, not after the lock."""
    if report.status in FILED:
        return f"{said_filed(report)} Muốn sửa, đề nghị cán bộ tiếp nhận trả lại báo cáo."
    if report.status == ReportStatus.DRAFT and report.meeting.is_locked(today):
        return (
            f"Sổ báo cáo của cuộc họp này đã khóa từ ngày {report.meeting.locked_on:%d/%m/%Y}. "
            "Bản nháp vẫn giữ; đề nghị cán bộ tiếp nhận hướng dẫn."
        )
    return None


def said_filed(report: MeetingReport) -> str:
    at = timezone.localtime(report.submitted_at)
    return f"Báo cáo đã nộp lúc {at:%H:%M} ngày {at:%d/%m/%Y}, số {report.number}."


def why_not_write(report: MeetingReport, user: User, today: date) -> str | None:
    return why_not_open(report.meeting, user, today) or why_not_change(report, today)


def why_not_submit(report: MeetingReport, user: User, now: datetime) -> str | None:
    return why_not_submit_now(report, now) or why_not_author(report.meeting, user)


def why_not_submit_now(report: MeetingReport, now: datetime) -> str | None:
    """Whoever it is."""
    if report.meeting.starts_at > now:
        start = timezone.localtime(report.meeting.starts_at)
        return f"Cuộc họp bắt đầu lúc {start:%H:%M} ngày {start:%d/%m/%Y}. Nộp được sau giờ đó."
    today = timezone.localdate(now)
    return why_not_begun(report.meeting, today) or why_not_change(report, today)


def why_not_keep_draft(texts: Iterable[str]) -> str | None:
    """Nothing secret may be kept, not even in a draft; and a draft is a report, not a library."""
    joined = "\n".join(texts)
    if len(joined) > DRAFT_CHARACTERS:
        return "Báo cáo dài quá mức. Rút gọn nội dung; tài liệu dài thì gửi kèm tệp."
    return why_not_type(joined)


def why_not_attach_more(count: int) -> str | None:
    if count >= MOST_FILES:
        return f"Báo cáo đã có {MOST_FILES} tệp. Bỏ bớt một tệp rồi thêm tệp khác."
    return None


def why_not_attach_this(name: str, size: int) -> str | None:
    if size > MOST_FILE_BYTES:
        return f"Tệp “{name}” lớn quá 10 MB. Chọn tệp nhỏ hơn."
    return None


def why_not_review(report: MeetingReport, user: User) -> str | None:
    """Receiving reports is the desk's, for the units below its own."""
    if not user.is_desk or not user.oversees(report.meeting.unit):
        return "Việc này của cán bộ tiếp nhận báo cáo ở xã, phường hoặc Ban Tổ chức."
    return None


def why_not_accept(report: MeetingReport, user: User) -> str | None:
    if report.status == ReportStatus.ACCEPTED:
        return "Báo cáo này đã được tiếp nhận."
    if report.status != ReportStatus.SUBMITTED:
        return "Báo cáo này chưa được nộp lại."
    return why_not_review(report, user)


def why_not_return(report: MeetingReport, user: User) -> str | None:
    if report.status == ReportStatus.ACCEPTED:
        return "Báo cáo đã tiếp nhận thì không trả lại."
    if report.status != ReportStatus.SUBMITTED:
        return "Báo cáo này đang ở chỗ người viết."
    return why_not_review(report, user)


def gaps(report: MeetingReport) -> list[str]:
    """What the desk should read twice before accepting; an empty list means complete (R20). Asks no query."""
    found = []
    if len(report.pressing_problem) < THIN_TEXT:
        found.append("Vấn đề bức thiết chưa nêu cụ thể")
    elif not report.answers.get("pressing_resolution"):
        found.append("Chưa ghi chi bộ đã quyết nghị gì")
    if len(str(report.answers.get("conveyed", ""))) < THIN_TEXT:
        found.append("Thông tin đã truyền đạt quá ngắn")
    if len(str(report.answers.get("results", ""))) < THIN_TEXT:
        found.append("Kết quả nhiệm vụ kỳ trước quá ngắn")
    if report.attendee_points is None:
        found.append("Chưa chấm điểm")
    return found
