"""Who may make the next scoring frame, and from when it is in force."""

from datetime import date, timedelta

from reports.frame_design import definition_of, problems
from reports.models import FrameDraft, ScoringFrame
from reports.rules.report_forms import why_not_edit_form
from roster.models import User
from roster.states import Role


def why_not_begin_draft(frame: ScoringFrame, user: User) -> str | None:
    if FrameDraft.objects.filter(based_on=frame).exists():
        return "Đang có một bản soạn. Sửa tiếp bản đó, hoặc bỏ nó rồi soạn bản mới."
    return why_not_edit_form(user)


def why_not_publish(draft: FrameDraft, user: User) -> str | None:
    if not user.is_superuser and user.role != Role.COMMISSION_LEADER:
        return "Lãnh đạo Ban Tổ chức ban hành khung."
    if draft.definition == definition_of(draft.based_on):
        return "Bản soạn chưa khác khung đang dùng."
    code = draft.definition["code"]
    if ScoringFrame.objects.filter(code=code).exists():
        return f"Ký hiệu “{code}” đã dùng cho một khung. Đổi ký hiệu của bản soạn."
    return next(problems(draft.definition), None)


def why_not_start(frame: ScoringFrame, day: date, today: date) -> str | None:
    """After the frame it follows, and not before tomorrow: reports are begun on the meeting's day at the earliest."""
    first = max(frame.starts_on, today) + timedelta(days=1)
    if day < first:
        return f"Khung mới dùng từ ngày {first:%d/%m/%Y} trở đi."
    return None


def why_not_remove(draft: FrameDraft, key: str) -> str | None:
    if [one["key"] for one in draft.definition["criteria"]] == [key]:
        return "Khung cần ít nhất một tiêu chí."
    return None
