"""Statuses and choices of reports, recommendations and summaries."""

from collections.abc import Collection, Mapping
from typing import Self

from django.db.models import TextChoices

from config.lib.status import Status


class ReportStatus(Status):
    """An official's report: written, sent to the desk, accepted or returned with remarks (R18)."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã nộp, chờ tiếp nhận"
    RETURNED = "returned", "Trả lại bổ sung"
    ACCEPTED = "accepted", "Đã tiếp nhận"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {
            cls.DRAFT: {cls.SUBMITTED},
            cls.SUBMITTED: {cls.ACCEPTED, cls.RETURNED},
            cls.RETURNED: {cls.SUBMITTED},
        }


class ScoredBy(TextChoices):
    BRANCH = "branch", "Chi bộ tự chấm"
    ATTENDEE = "attendee", "Người dự chấm"


class MoodTone(TextChoices):
    """How people feel about a matter; never about a person."""

    CALM = "calm", "Ổn định, đồng tình"
    CONCERNED = "concerned", "Còn băn khoăn"
    PRESSING = "pressing", "Bức xúc, cần giải quyết sớm"


class Urgency(TextChoices):
    NORMAL = "normal", "Bình thường"
    SOON = "soon", "Cần sớm"
    URGENT = "urgent", "Khẩn"


class RecommendationStatus(Status):
    """From the report to the branch's next meeting; closed only after it was read out there (M2).

    An authority that is not competent and knows no other returns it to the desk.
    """

    RECEIVED = "received", "Mới, chưa chuyển"
    OPEN = "open", "Chờ trả lời"
    ANSWERED = "answered", "Đã trả lời, chờ thông báo lại"
    READ_OUT = "read_out", "Đã thông báo tại chi bộ"
    CLOSED = "closed", "Đã đóng"
    SET_ASIDE = "set_aside", "Không thụ lý"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {
            cls.RECEIVED: {cls.OPEN, cls.SET_ASIDE},
            cls.OPEN: {cls.ANSWERED, cls.RECEIVED},
            cls.ANSWERED: {cls.READ_OUT},
            cls.READ_OUT: {cls.CLOSED, cls.OPEN},
        }


class Outcome(TextChoices):
    """What an answer says (R24)."""

    SETTLED = "settled", "Đã giải quyết"
    SCHEDULED = "scheduled", "Có lộ trình"
    EXPLAINED = "explained", "Giải thích"
    NOT_COMPETENT = "not_competent", "Không đúng thẩm quyền"
    UNFOUNDED = "unfounded", "Không có cơ sở"


class SummaryStatus(Status):
    """A summary is drafted, approved by the leader and sent up; then it never changes (M4)."""

    DRAFT = "draft", "Dự thảo"
    APPROVED = "approved", "Đã duyệt"
    SENT = "sent", "Đã gửi cấp trên"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {cls.DRAFT: {cls.APPROVED}, cls.APPROVED: {cls.SENT, cls.DRAFT}}
