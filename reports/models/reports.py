"""The official's report of one meeting."""

from datetime import datetime

from django.contrib.postgres.indexes import GinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from meetings.models import Meeting
from reports.models.forms import Criterion, Field, ReportForm, ScoringFrame
from reports.querysets import AttachmentQuerySet, MeetingReportQuerySet
from reports.states import MoodTone, ReportStatus, ScoredBy
from roster.models import Official, StoredFile, User


class MeetingReport(models.Model):
    """What came of one meeting; one per meeting, whoever files it.

    While it is a draft everything typed lies in `draft` (a JSON object of form field names);
    submitting moves it into the columns, `answers` (long texts by stable key), scores, moods and
    recommendations. `left_over` keeps the answers
    of a draft whose question a newer form no longer asks ({key: [label, words]}). `version` counts saves and guards against a stale tab. `idempotency_key` makes a repeated
    submit answer with the same receipt. `writing_seconds` is what the device counted
    from opening the form to filing it, where it did. `typed_by` is who types it in from the author's paper form. `due_on` is the meeting's date, or a later one after a return.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="report")
    author = models.ForeignKey(
        Official, verbose_name="người dự", on_delete=models.PROTECT, related_name="reports"
    )
    in_place_of = models.ForeignKey(
        Official, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    form = models.ForeignKey(ReportForm, on_delete=models.PROTECT)
    frame = models.ForeignKey(ScoringFrame, on_delete=models.PROTECT)
    status = models.CharField(
        "trạng thái", max_length=10, choices=ReportStatus, default=ReportStatus.DRAFT
    )
    version = models.PositiveIntegerField(default=0)
    draft = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    left_over = models.JSONField(
        "câu trả lời không còn mục",
        default=dict,
        db_default={},
        blank=True,
        encoder=DjangoJSONEncoder,
    )
    draft_saved_at = models.DateTimeField(null=True, blank=True)

    typed_by = models.ForeignKey(
        User,
        verbose_name="người nhập thay từ bản giấy",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    number = models.CharField("số", max_length=20, blank=True)
    idempotency_key = models.CharField(max_length=64, blank=True)
    first_submitted_at = models.DateTimeField("nộp lần đầu", null=True, blank=True)
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    writing_seconds = models.PositiveIntegerField("thời gian viết (giây)", null=True, blank=True)
    receipt = models.CharField("mã biên nhận", max_length=64, blank=True)
    due_on = models.DateField("hạn")
    accepted_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_on_time = models.BooleanField("đúng hạn", null=True)

    began_at = models.TimeField("bắt đầu", null=True, blank=True)
    ended_at = models.TimeField("kết thúc", null=True, blank=True)
    chaired_by = models.CharField("người chủ trì", max_length=120, blank=True)
    member_count = models.PositiveIntegerField("tổng số đảng viên", null=True, blank=True)
    obliged_count = models.PositiveIntegerField("phải sinh hoạt", null=True, blank=True)
    present_count = models.PositiveIntegerField("có mặt", null=True, blank=True)
    excused_count = models.PositiveIntegerField("vắng có lý do", null=True, blank=True)
    unexcused_count = models.PositiveIntegerField("vắng không lý do", null=True, blank=True)
    opinion_count = models.PositiveIntegerField("số ý kiến", null=True, blank=True)
    pressing_problem = models.TextField("vấn đề bức thiết", blank=True)
    pressing_field = models.ForeignKey(
        Field, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField("nội dung", default=dict, encoder=DjangoJSONEncoder)
    attendee_points = models.DecimalField(
        "điểm người dự chấm", max_digits=5, decimal_places=1, null=True, blank=True
    )
    branch_points = models.DecimalField(
        "điểm chi bộ tự chấm", max_digits=5, decimal_places=1, null=True, blank=True
    )
    band = models.CharField("xếp loại", max_length=40, blank=True)

    objects = MeetingReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo dự sinh hoạt"
        verbose_name_plural = "báo cáo dự sinh hoạt"
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="report_number_is_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(present_count=None)
                | Q(member_count=None)
                | Q(present_count__lte=F("member_count")),
                name="present_members_are_members",
                violation_error_message="Số có mặt lớn hơn tổng số đảng viên.",
            ),
            models.CheckConstraint(
                condition=Q(obliged_count=None)
                | Q(member_count=None)
                | Q(obliged_count__lte=F("member_count")),
                name="obliged_members_are_members",
                violation_error_message="Số phải sinh hoạt lớn hơn tổng số đảng viên.",
            ),
            models.CheckConstraint(
                condition=Q(status=ReportStatus.DRAFT) | Q(submitted_at__isnull=False),
                name="filed_report_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "submitted_at"], name="report_status_submitted"),
            GinIndex(fields=["number"], opclasses=["gin_trgm_ops"], name="report_number_search"),
            models.Index(
                fields=["due_on"],
                name="report_waiting_due",
                condition=Q(status__in=["draft", "returned"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"Báo cáo {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report_detail", args=[self.pk])

    @property
    def minutes(self) -> int | None:
        """Length of the meeting in minutes, over midnight too."""
        if self.began_at is None or self.ended_at is None:
            return None
        began = datetime(2000, 1, 1, self.began_at.hour, self.began_at.minute)  # noqa: DTZ001 - a difference only
        ended = datetime(2000, 1, 1, self.ended_at.hour, self.ended_at.minute)  # noqa: DTZ001 - a difference only
        return int((ended - began).total_seconds() // 60) % (24 * 60)


class ReportNumber(models.Model):
    """The counters behind `BN-2026-000123` (reports) and `KN-2026-000123` (recommendations)."""

    series = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "bộ đếm số"
        verbose_name_plural = "bộ đếm số"
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="counter_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.series}-{self.year}"


class ReportVersion(models.Model):
    """What was submitted, each time, as it was."""

    report = models.ForeignKey(MeetingReport, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("lần")
    content = models.JSONField(encoder=DjangoJSONEncoder)
    submitted_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "bản đã nộp"
        verbose_name_plural = "các bản đã nộp"
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.report}, lần {self.number}"


class Score(models.Model):
    """Points for one criterion, by the branch itself or by the attendee.

    `chosen` says which choice of each part they come from ({part: choice}); empty where one number was given.
    """

    report = models.ForeignKey(MeetingReport, on_delete=models.CASCADE, related_name="scores")
    scored_by = models.CharField("người chấm", max_length=8, choices=ScoredBy)
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT)
    points = models.DecimalField("điểm", max_digits=4, decimal_places=1)
    max_points = models.PositiveSmallIntegerField("điểm tối đa")
    chosen = models.JSONField("các ý đã chọn", default=dict, db_default={}, blank=True)

    class Meta:
        verbose_name = "điểm"
        verbose_name_plural = "điểm"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "scored_by", "criterion"], name="criterion_is_scored_once"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0) & Q(points__lte=F("max_points")),
                name="points_are_at_most_the_maximum",
                violation_error_message="Điểm vượt mức tối đa của tiêu chí.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class Mood(models.Model):
    """The situation and mood on one topic: matters, never persons."""

    report = models.ForeignKey(MeetingReport, on_delete=models.CASCADE, related_name="moods")
    field = models.ForeignKey(Field, verbose_name="chủ đề", on_delete=models.PROTECT)
    tone = models.CharField("mức độ", max_length=10, choices=MoodTone)
    text = models.TextField("nội dung", blank=True)

    class Meta:
        verbose_name = "tâm tư, nguyện vọng"
        verbose_name_plural = "tâm tư, nguyện vọng"
        constraints = [
            models.UniqueConstraint(fields=["report", "field"], name="mood_once_a_topic")
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.get_tone_display()}"


class Attachment(models.Model):
    """A file or photo with a report."""

    report = models.ForeignKey(MeetingReport, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    is_paper_form = models.BooleanField("ảnh bản giấy", default=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"

    def __str__(self) -> str:
        return self.file.name


class Remark(models.Model):
    """What the desk says of one field when it returns a report."""

    report = models.ForeignKey(MeetingReport, on_delete=models.CASCADE, related_name="remarks")
    field = models.CharField("mục", max_length=60)
    text = models.TextField("ý kiến", max_length=1000)
    submission = models.PositiveSmallIntegerField("lần nộp")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "ý kiến trả lại"
        verbose_name_plural = "ý kiến trả lại"

    def __str__(self) -> str:
        return self.text[:60]
