"""Who may build, approve, send a summary, and when. The sentences stand beside the buttons they disable."""

from datetime import date
from typing import Final

from config.lib.months import Period
from reports.models import Summary
from reports.states import SummaryStatus
from roster.models import Unit, User
from roster.states import Role, UnitKind

SUMMARISED: Final = frozenset({UnitKind.PROVINCIAL, UnitKind.DISTRICT, UnitKind.COMMUNE})


def why_not_see_summaries(user: User) -> str | None:
    """The list is for those who see a whole subtree."""
    if user.is_superuser or user.role in Role.whole_subtree():
        return None
    return "Báo cáo tổng hợp dành cho cơ quan tham mưu và cấp ủy."


def why_not_build_any(user: User) -> str | None:
    if user.is_desk:
        return None
    return "Chỉ chuyên viên, lãnh đạo Ban Tổ chức và cán bộ xã, phường dựng báo cáo tổng hợp."


def why_not_build(unit: Unit, period: Period, user: User | None, today: date) -> str | None:
    """`user` None: the program itself, on the day of the month's summary."""
    if unit.kind not in SUMMARISED:
        return f"{unit} không lập báo cáo tổng hợp; chọn tỉnh hoặc xã, phường."
    if period.starts_on > today:
        return f"Kỳ {period.label} chưa bắt đầu nên chưa có số liệu."
    if user is None:
        return None
    if not user.oversees(unit):
        return f"{unit} không thuộc phạm vi của đồng chí."
    return why_not_build_any(user)


def why_not_replace(summary: Summary) -> str | None:
    """A draft is replaced by building again; what was approved waits until the approval is withdrawn."""
    if summary.status == SummaryStatus.APPROVED:
        return "Báo cáo kỳ này đã duyệt. Rút duyệt rồi mới dựng lại được."
    if summary.status == SummaryStatus.SENT:
        return "Báo cáo kỳ này đã gửi cấp trên, không thay đổi nữa."
    return None


def why_not_rebuild(summary: Summary, user: User) -> str | None:
    if not user.oversees(summary.unit):
        return f"{summary.unit} không thuộc phạm vi của đồng chí."
    return why_not_build_any(user) or why_not_replace(summary)


def why_not_lead(summary: Summary, user: User) -> str | None:
    """The commission's leader approves; a commune's own summary also its officer, for its standing committee."""
    is_leader = user.role == Role.COMMISSION_LEADER
    is_own = summary.unit.kind == UnitKind.COMMUNE and user.role == Role.COMMUNE_OFFICER
    if user.oversees(summary.unit) and (is_leader or is_own):
        return None
    return "Chỉ lãnh đạo duyệt báo cáo tổng hợp."


def why_not_approve(summary: Summary, user: User) -> str | None:
    if reason := why_not_lead(summary, user):
        return reason
    if summary.status != SummaryStatus.DRAFT:
        return f"Báo cáo ở trạng thái “{summary.get_status_display()}” nên không duyệt nữa."
    return None


def why_not_withdraw(summary: Summary, user: User) -> str | None:
    if reason := why_not_lead(summary, user):
        return reason
    if summary.status != SummaryStatus.APPROVED:
        return "Chỉ rút được duyệt của báo cáo đã duyệt mà chưa gửi."
    return None


def why_not_send(summary: Summary, user: User) -> str | None:
    if not (user.is_desk and user.oversees(summary.unit)):
        return "Chỉ cơ quan lập báo cáo gửi lên cấp trên."
    if summary.status == SummaryStatus.DRAFT:
        return "Báo cáo chưa được duyệt."
    if summary.status == SummaryStatus.SENT:
        return "Báo cáo đã gửi cấp trên."
    return None
