"""Who may give a report more time, and when. Each sentence says why not."""

from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from meetings.models import Meeting
from meetings.states import MeetingStatus
from reports.models import MeetingReport
from reports.states import ReportStatus
from roster.models import User
from roster.states import Role

MOST_DAYS: Final = 60


def why_not_give_time(meeting: Meeting, user: User) -> str | None:
    if not user.is_desk or not user.oversees(meeting.unit):
        return "Gia hạn do cán bộ tiếp nhận báo cáo ở xã, phường hoặc Ban Tổ chức ghi."
    return None


def why_not_lead(meeting: Meeting, user: User) -> str | None:
    is_leader = user.is_superuser or user.role == Role.COMMISSION_LEADER
    if not is_leader or not user.oversees(meeting.unit):
        return "Mở khóa sổ do lãnh đạo Ban Tổ chức quyết định."
    return None


def why_not_extend(
    meeting: Meeting, report: MeetingReport | None, user: User, now: datetime
) -> str | None:
    """The desk above the unit gives more time, as long as the report may still be filed."""
    if reason := why_not_give_time(meeting, user) or why_not_wait(meeting, report, now):
        return reason
    if meeting.is_locked(timezone.localdate(now)):
        return f"Báo cáo đã khóa sổ từ ngày {meeting.locked_on:%d/%m/%Y}; lãnh đạo Ban Tổ chức mở khóa được."
    return None


def why_not_unlock(
    meeting: Meeting, report: MeetingReport | None, user: User, now: datetime
) -> str | None:
    """A leader of the commission lets a locked report be filed after all."""
    if reason := why_not_lead(meeting, user) or why_not_wait(meeting, report, now):
        return reason
    if not meeting.is_locked(timezone.localdate(now)):
        return f"Báo cáo này chưa khóa sổ; còn nộp được đến hết ngày {meeting.locked_on - timedelta(days=1):%d/%m/%Y}."
    return None


def why_not_wait(meeting: Meeting, report: MeetingReport | None, now: datetime) -> str | None:
    """Whether a first report is owed at all."""
    if meeting.status == MeetingStatus.CANCELLED:
        return "Cuộc họp này không diễn ra nên không có báo cáo."
    if meeting.starts_at > now:
        return "Cuộc họp chưa diễn ra. Nếu đổi ngày họp thì dùng “Dời lịch”, hạn báo cáo đổi theo."
    if report is not None and report.status != ReportStatus.DRAFT:
        return "Báo cáo này đã nộp. Báo cáo trả lại có hạn riêng, ghi khi trả lại."
    return None


def why_not_until(day: date, today: date, *, later_than: date | None = None) -> str | None:
    if day < today:
        return f"Chọn ngày từ {today:%d/%m/%Y} trở đi."
    if later_than and day <= later_than:
        return f"Hạn đang là {later_than:%d/%m/%Y}. Chọn ngày sau ngày đó."
    if day > today + timedelta(days=MOST_DAYS):
        return f"Gia hạn nhiều nhất {MOST_DAYS} ngày, đến {today + timedelta(days=MOST_DAYS):%d/%m/%Y}."
    return None
