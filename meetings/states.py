"""Statuses of meetings and of attendance."""

from collections.abc import Collection, Mapping
from typing import Self

from django.db.models import TextChoices

from config.lib.status import Status


class MeetingStatus(Status):
    """A planned meeting is held (its report or the desk says so) or cancelled with a reason."""

    PLANNED = "planned", "Theo lịch"
    HELD = "held", "Đã họp"
    CANCELLED = "cancelled", "Không họp"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {cls.PLANNED: {cls.HELD, cls.CANCELLED}, cls.CANCELLED: {cls.PLANNED}}


class AttendanceStatus(Status):
    """What the assigned official says before the meeting, and what happened."""

    EXPECTED = "expected", "Chưa xác nhận"
    CONFIRMED = "confirmed", "Sẽ dự"
    EXCUSED = "excused", "Vắng có lý do"
    ATTENDED = "attended", "Đã dự"
    ABSENT = "absent", "Vắng không lý do"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {
            cls.EXPECTED: {cls.CONFIRMED, cls.EXCUSED, cls.ATTENDED, cls.ABSENT},
            cls.CONFIRMED: {cls.EXCUSED, cls.ATTENDED, cls.ABSENT},
            cls.EXCUSED: {cls.CONFIRMED, cls.ATTENDED},
            cls.ABSENT: {cls.ATTENDED, cls.EXCUSED},
        }


class CancelReason(TextChoices):
    """Why a unit does not meet in a month; "no meeting" always has one (DOMAIN.md §3)."""

    HOLIDAY = "holiday", "Nghỉ Tết, nghỉ lễ"
    DISASTER = "disaster", "Thiên tai, dịch bệnh"
    QUORUM = "quorum", "Không đủ số đảng viên dự"
    OTHER_MEETING = "other_meeting", "Trùng đại hội, hội nghị khác"
    OTHER = "other", "Lý do khác"
