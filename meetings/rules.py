"""Who may do what with a meeting, and when. None means yes; a sentence means no, and why."""

from datetime import datetime

from django.utils import timezone

from assignments.attendees import Attendee
from config.lib.months import month_of
from meetings.models import Meeting, ScheduleImport
from meetings.states import MeetingStatus, ScheduleStatus
from roster.models import Official, User
from roster.states import Role


def keeps_calendar_of(meeting: Meeting, user: User) -> bool:
    """The desks above the unit, and the branch's own secretary."""
    if user.role == Role.BRANCH_SECRETARY:
        return user.unit_id == meeting.unit_id
    return (user.is_desk or user.is_superuser) and user.oversees(meeting.unit)


def why_not_keep(meeting: Meeting, user: User) -> str | None:
    if not keeps_calendar_of(meeting, user):
        return "Lịch này do bí thư chi bộ, cấp ủy xã, phường hoặc Ban Tổ chức giữ."
    return None


def why_not_keep_now(meeting: Meeting, user: User, now: datetime) -> str | None:
    """What moving, cancelling and reinstating have in common."""
    if reason := why_not_keep(meeting, user):
        return reason
    if meeting.is_locked(timezone.localdate(now)):
        return f"Sổ của cuộc họp này đã khóa từ ngày {meeting.locked_on:%d/%m/%Y}."
    return None


def why_not_planned(meeting: Meeting) -> str | None:
    if meeting.status == MeetingStatus.HELD:
        return "Cuộc họp này đã diễn ra."
    if meeting.status == MeetingStatus.CANCELLED:
        return "Cuộc họp này đã ghi không họp."
    return None


def why_not_move(meeting: Meeting, user: User, now: datetime) -> str | None:
    return why_not_keep_now(meeting, user, now) or why_not_planned(meeting)


def why_not_move_to(meeting: Meeting, starts_at: datetime) -> str | None:
    """A month's meeting stays in its month: figures and summaries count it there."""
    day = timezone.localdate(starts_at)
    if starts_at == meeting.starts_at:
        return "Giờ mới trùng với giờ đang có. Chọn ngày hoặc giờ khác."
    if month_of(day) != meeting.month:
        return (
            f"Cuộc họp của tháng {meeting.month:%m/%Y} phải nằm trong tháng ấy. "
            "Nếu tháng này không họp được, dùng “Không họp” và ghi lý do."
        )
    return None


def why_not_confirm_date(meeting: Meeting, user: User, now: datetime) -> str | None:
    if reason := why_not_keep_now(meeting, user, now) or why_not_planned(meeting):
        return reason
    if meeting.starts_at <= now:
        return "Cuộc họp này đã tới giờ, không còn gì để xác nhận."
    return None


def why_not_cancel(meeting: Meeting, user: User, now: datetime) -> str | None:
    return why_not_keep_now(meeting, user, now) or why_not_planned(meeting)


def why_not_reinstate(meeting: Meeting, user: User, now: datetime) -> str | None:
    if meeting.status != MeetingStatus.CANCELLED:
        return "Cuộc họp này vẫn đang theo lịch."
    return why_not_keep_now(meeting, user, now)


def why_not_note_held(meeting: Meeting, user: User, now: datetime) -> str | None:
    return why_not_keep_now(meeting, user, now) or why_not_hold(meeting, now)


def why_not_hold(meeting: Meeting, now: datetime) -> str | None:
    if meeting.status == MeetingStatus.CANCELLED:
        return "Cuộc họp này đã ghi không họp. Khôi phục lịch trước."
    if meeting.starts_at > now:
        return "Cuộc họp này chưa tới giờ."
    return None


def why_not_speak_for(official: Official, meeting: Meeting, user: User) -> str | None:
    """The person says it, or a desk on the person's word."""
    own = user.official_id == official.pk
    if own or ((user.is_desk or user.is_superuser) and user.oversees(meeting.unit)):
        return None
    return "Chỉ người được phân công dự, hoặc cấp ủy ghi thay, được xác nhận."


def why_not_answer_attendance(
    meeting: Meeting, attendee: Attendee | None, user: User, now: datetime
) -> str | None:
    """Whether `user` may say now that `attendee` (None: somebody who is not sent) comes or cannot come."""
    if attendee is None:
        return "Đồng chí này không được phân công dự cuộc họp ấy."
    if reason := why_not_speak_for(attendee.official, meeting, user):
        return reason
    if meeting.starts_at <= now:
        return "Cuộc họp này đã tới giờ; kết quả dự ghi trong báo cáo."
    return why_not_planned(meeting)


def why_not_note_branch_word(meeting: Meeting, user: User, now: datetime) -> str | None:
    """The branch itself, or a desk on its word by telephone; after the meeting has begun."""
    if reason := why_not_keep_now(meeting, user, now):
        return reason
    if meeting.starts_at > now:
        return "Cuộc họp này chưa tới giờ."
    if meeting.status == MeetingStatus.CANCELLED:
        return "Kỳ này không họp."
    return None


def why_not_publish_briefing(user: User) -> str | None:
    """The commission, and the officers of an agency that is marked for it (the propaganda board)."""
    if user.is_superuser or user.role in Role.commission() or user.publishes_material:
        return None
    return "Tài liệu tháng do Ban Tổ chức, Ban Tuyên giáo và Dân vận phát hành."


def why_not_plan(user: User) -> str | None:
    if user.is_superuser or (user.is_desk and user.unit is not None):
        return None
    return "Lịch tháng do cấp ủy xã, phường hoặc Ban Tổ chức lập."


def why_not_undo_schedule(found: ScheduleImport, user: User) -> str | None:
    if found.status != ScheduleStatus.COMMITTED:
        return f"Tệp lịch này: {found.get_status_display().lower()}."
    return why_not_plan(user)


def why_not_see_calendar(user: User) -> str | None:
    """Lists of a whole subtree are for those who see the subtree."""
    if user.is_superuser or user.role in Role.whole_subtree():
        return None
    return "Danh sách này dành cho cấp ủy xã, phường và Ban Tổ chức."
