"""The occurrences of the calendar."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from meetings.querysets import AttendanceQuerySet, MeetingQuerySet
from meetings.states import AttendanceStatus, BranchWord, MeetingStatus
from roster.models import Official, Unit
from roster.states import MeetingKind


class Meeting(models.Model):
    """One unit's meeting of one kind in one month.

    `held_on` is the local day of `starts_at`. The report's three dates lie here, so that a
    move shifts them (R10, R20); `extended_from` is the due day before an extension. `commune`, `district`, `province` are those of that day and
    never change after a reorganisation. `sequence` counts moves, for calendars. `shifted_from` is
    the rule's day where a policy for holidays put the meeting elsewhere; `asks_day`: the policy
    leaves it to the branch. Whoever confirms or moves a meeting has answered.
    """

    unit = models.ForeignKey(
        Unit, verbose_name="chi bộ, đảng ủy", on_delete=models.PROTECT, related_name="meetings"
    )
    month = models.DateField("tháng")
    kind = models.CharField("loại", max_length=10, choices=MeetingKind, default=MeetingKind.REGULAR)
    starts_at = models.DateTimeField("bắt đầu")
    held_on = models.DateField("ngày")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    status = models.CharField(
        "trạng thái", max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED
    )
    reason = models.CharField("lý do dời, không họp", max_length=300, blank=True)
    moved_from = models.DateTimeField("dời từ", null=True, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    shifted_from = models.DateField("ngày theo lịch cố định", null=True, blank=True)
    asks_day = models.BooleanField("hỏi chi bộ ngày khác", default=False, db_default=False)
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    report_due_on = models.DateField("hạn báo cáo")
    late_after = models.DateField("muộn sau ngày")
    locked_on = models.DateField("khóa từ ngày")
    extended_from = models.DateField("gia hạn từ ngày", null=True, blank=True)
    commune = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    province = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc họp"
        verbose_name_plural = "cuộc họp"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month", "kind"],
                name="unit_meets_once_a_month_for_a_kind",
                violation_error_message="Chi bộ này đã có cuộc họp loại ấy trong tháng.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="meeting_month_is_its_first_day"
            ),
            models.CheckConstraint(
                condition=Q(report_due_on__gte=F("held_on"))
                & Q(late_after__gte=F("report_due_on"))
                & Q(locked_on__gt=F("late_after")),
                name="report_is_due_then_late_then_locked",
            ),
        ]
        indexes = [
            models.Index(fields=["month", "status"], name="meeting_month_status"),
            models.Index(fields=["month", "starts_at", "id"], name="meeting_month_start"),
            models.Index(fields=["starts_at", "id"], name="meeting_start"),
            models.Index(fields=["held_on"], name="meeting_held_on"),
            models.Index(fields=["locked_on"], name="meeting_locked_on"),
            models.Index(fields=["report_due_on"], name="meeting_report_due_on"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.held_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse(
            "reports:meeting_brief", args=[self.pk]
        )  # the one page of a meeting needs every room

    def is_locked(self, today: date) -> bool:
        return today >= self.locked_on


class Attendance(models.Model):
    """What an assigned official (or the substitute) says of one meeting: will come, cannot, came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="attendances")
    status = models.CharField(
        "trạng thái", max_length=10, choices=AttendanceStatus, default=AttendanceStatus.EXPECTED
    )
    reason = models.CharField("lý do", max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    branch_says = models.CharField(
        "chi bộ ghi", max_length=10, choices=BranchWord, blank=True, default="", db_default=""
    )
    branch_said_at = models.DateTimeField("chi bộ ghi lúc", null=True, blank=True)
    branch_said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "dự họp"
        verbose_name_plural = "dự họp"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "official"], name="attendance_is_noted_once"
            ),
            models.CheckConstraint(
                condition=~Q(status=AttendanceStatus.EXCUSED) | ~Q(reason=""),
                name="excused_attendance_has_a_reason",
                violation_error_message="Ghi lý do vắng.",
            ),
            models.CheckConstraint(
                condition=Q(branch_says="", branch_said_at=None)
                | ~Q(branch_says="") & Q(branch_said_at__isnull=False),
                name="branch_word_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official}: {self.get_status_display()}"
