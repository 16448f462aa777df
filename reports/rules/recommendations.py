"""Who may move a recommendation on, and when. The sentences stand beside the buttons they disable."""

from datetime import date, datetime

from django.utils import timezone

from meetings.models import Meeting
from meetings.states import MeetingStatus
from reports.models import Recommendation
from reports.rules.reports import goer_of
from reports.states import Outcome, RecommendationStatus
from roster.models import Unit, User
from roster.states import Role

MOST_HOPS = 2  # then the desk decides (R23)


def why_not_forward(recommendation: Recommendation, user: User) -> str | None:
    """The desk above the branch sends it; again, while nobody has answered."""
    if recommendation.status not in {RecommendationStatus.RECEIVED, RecommendationStatus.OPEN}:
        return (
            f"Kiến nghị ở trạng thái “{recommendation.get_status_display()}” nên không chuyển nữa."
        )
    return why_not_handle(recommendation, user)


def why_not_handle(recommendation: Recommendation, user: User) -> str | None:
    if not (user.is_desk and user.oversees(recommendation.unit)):
        return "Chỉ bộ phận tiếp nhận của cấp trên chi bộ được làm việc này."
    return None


def why_not_send_to(recommendation: Recommendation, authority: Unit) -> str | None:
    if authority.pk == recommendation.authority_id:
        return f"{authority} đang giữ kiến nghị này rồi."
    if not Unit.objects.authorities_for(recommendation.unit).filter(pk=authority.pk).exists():
        return f"{authority} không phải cơ quan có thể trả lời kiến nghị của {recommendation.unit}."
    return None


def why_not_set_deadline(recommendation: Recommendation, due_on: date | None) -> str | None:
    """Sending it on does not begin the time anew: the clock of the first sending runs (R23)."""
    running = recommendation.due_on
    if running and due_on and due_on != running:
        return f"Chuyển tiếp không đặt lại thời hạn: hạn trả lời vẫn là {running:%d/%m/%Y}."
    return None


def why_not_set_aside(recommendation: Recommendation, user: User) -> str | None:
    if recommendation.status != RecommendationStatus.RECEIVED:
        return "Chỉ kiến nghị chưa chuyển mới có thể không thụ lý."
    return why_not_handle(recommendation, user)


def why_not_answer(recommendation: Recommendation, user: User) -> str | None:
    if recommendation.status == RecommendationStatus.RECEIVED:
        return "Kiến nghị này chưa được chuyển tới cơ quan nào."
    if recommendation.status != RecommendationStatus.OPEN:
        return "Kiến nghị này không còn chờ trả lời."
    return why_not_speak_for(recommendation.authority, user)


def why_not_speak_for(authority: Unit | None, user: User) -> str | None:
    if authority is None or not user.answers_for(authority):
        return f"Chỉ {authority or 'cơ quan có thẩm quyền'} được trả lời."
    return None


def why_not_name_owner(
    recommendation: Recommendation, outcome: Outcome, owner: Unit | None
) -> str | None:
    """An authority that is not competent names the one that is, or returns it to the desk (R23)."""
    if owner is None:
        return None
    if outcome != Outcome.NOT_COMPETENT:
        return "Chỉ nêu cơ quan khác khi kiến nghị không đúng thẩm quyền."
    if hops_of_this_round(recommendation) >= MOST_HOPS:
        return f"Đã chuyển {MOST_HOPS} lần. Trả lại bộ phận tiếp nhận để quyết định nơi trả lời."
    return why_not_send_to(recommendation, owner)


def hops_of_this_round(recommendation: Recommendation) -> int:
    """Sendings since the branch last heard an answer."""
    heard = recommendation.read_outs.order_by("-at").first()
    hops = recommendation.hops.all()
    return (hops.filter(at__gte=heard.at) if heard else hops).count()


def why_not_read_out(
    recommendation: Recommendation, meeting: Meeting, user: User, now: datetime
) -> str | None:
    """At a later meeting of the same branch, by who goes there (or the desk on behalf) (M2)."""
    return why_not_hear(recommendation, meeting) or why_not_speak_at(meeting, user, now)


def why_not_read_out_next(
    recommendation: Recommendation, coming: Meeting | None, user: User, now: datetime
) -> str | None:
    """The same for the nearest meeting after the answer, if there is one."""
    if recommendation.status == RecommendationStatus.ANSWERED and coming is None:
        return "Chi bộ chưa có cuộc họp nào sau ngày trả lời."
    if coming is None:
        return "Chưa có trả lời nào chờ thông báo lại."
    return why_not_read_out(recommendation, coming, user, now)


def why_not_hear(recommendation: Recommendation, meeting: Meeting) -> str | None:
    if recommendation.status != RecommendationStatus.ANSWERED or not recommendation.answered_at:
        return "Chưa có trả lời nào chờ thông báo lại."
    if meeting.unit_id != recommendation.unit_id:
        return f"Trả lời này phải được thông báo tại {recommendation.unit}."
    answered_on = timezone.localdate(recommendation.answered_at)
    if meeting.held_on < answered_on:
        return f"Cuộc họp này trước ngày có trả lời ({answered_on:%d/%m/%Y})."
    if any(heard.meeting_id == meeting.pk for heard in recommendation.read_outs.all()):
        return "Cuộc họp này đã ghi ý kiến của chi bộ về kiến nghị ấy rồi."
    return None


def why_not_speak_at(meeting: Meeting, user: User, now: datetime) -> str | None:
    """Whether the user may note what the branch said at this meeting."""
    if meeting.status == MeetingStatus.CANCELLED:
        return "Cuộc họp này không họp."
    if meeting.starts_at > now:
        begins = timezone.localtime(meeting.starts_at)
        return f"Ghi được khi cuộc họp đã bắt đầu, lúc {begins:%H:%M} ngày {begins:%d/%m/%Y}."
    return why_not_speak_of(meeting, user)


def why_not_speak_of(meeting: Meeting, user: User) -> str | None:
    """The desk, the branch's secretary, and who goes there."""
    if user.is_desk and user.oversees(meeting.unit):
        return None
    if user.role == Role.BRANCH_SECRETARY and user.unit_id == meeting.unit_id:
        return None
    if goer_of(meeting, user) is not None:
        return None
    return "Chỉ đồng chí dự cuộc họp này, bí thư chi bộ hoặc bộ phận tiếp nhận được ghi."


def why_not_dissatisfied(note: str) -> str | None:
    return None if note.strip() else "Chi bộ chưa đồng tình: ghi lý do."
