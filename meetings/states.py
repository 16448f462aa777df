"""Statuses of meetings and of attendance."""

from collections.abc import Collection, Mapping
from typing import Self

from django.db.models import IntegerChoices, TextChoices

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


class ScheduleStatus(Status):
    """An uploaded schedule is looked at, then taken into the calendar or dropped; what was taken can be undone."""

    PREVIEWED = "previewed", "Đang xem trước"
    COMMITTED = "committed", "Đã nhập"
    DISCARDED = "discarded", "Đã bỏ"
    UNDONE = "undone", "Đã hoàn tác"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {cls.PREVIEWED: {cls.COMMITTED, cls.DISCARDED}, cls.COMMITTED: {cls.UNDONE}}


class BranchWord(TextChoices):
    """What the branch says of an attendee after the meeting; shown beside the report, not judged."""

    CAME = "came", "Chi bộ ghi: có dự"
    MISSED = "missed", "Chi bộ ghi: không dự"


class Level(TextChoices):
    """Whose material it is: by where an official works."""

    PROVINCE = "province", "Cán bộ cấp tỉnh"
    COMMUNE = "commune", "Cán bộ cấp xã"


class DayOff(IntegerChoices):
    """What a dated policy does with a rule's day that falls on Tết, a holiday or a weekend."""

    KEEP = 0, "Giữ nguyên"
    BEFORE = 1, "Chuyển lên trước"
    AFTER = 2, "Chuyển xuống sau"
    ASK = 3, "Hỏi chi bộ"


class CancelReason(TextChoices):
    """Why a unit does not meet in a month; "no meeting" always has one (DOMAIN.md §3)."""

    HOLIDAY = "holiday", "Nghỉ Tết, nghỉ lễ"
    DISASTER = "disaster", "Thiên tai, dịch bệnh"
    QUORUM = "quorum", "Không đủ số đảng viên dự"
    OTHER_MEETING = "other_meeting", "Trùng đại hội, hội nghị khác"
    OTHER = "other", "Lý do khác"
