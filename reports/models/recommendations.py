"""Recommendations, from a branch to the competent authority and back."""

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator

from config.lib.errors import Refused
from config.lib.text import fold
from meetings.models import Meeting
from reports.models.forms import Field
from reports.models.reports import MeetingReport
from reports.querysets import RecommendationQuerySet
from reports.states import Outcome, RecommendationStatus, Urgency
from roster.models import StoredFile, Unit, User


class Recommendation(models.Model):
    """What a branch asks for, one matter each; numbered `KN-2026-000123` when its report is submitted.

    `suggested_authority` is what the attendee addressed it to; `authority` who answers now.
    """

    report = models.ForeignKey(
        MeetingReport, on_delete=models.PROTECT, related_name="recommendations"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="chi bộ", on_delete=models.PROTECT, related_name="recommendations"
    )
    number = models.CharField("số", max_length=20, unique=True)
    text = models.TextField("nội dung", max_length=1000)
    proposal = models.TextField("đề xuất cách giải quyết", max_length=1000, blank=True)
    field = models.ForeignKey(Field, verbose_name="lĩnh vực", on_delete=models.PROTECT)
    urgency = models.CharField("mức độ", max_length=10, choices=Urgency, default=Urgency.NORMAL)
    suggested_authority = models.ForeignKey(
        Unit,
        verbose_name="nơi chi bộ đề nghị",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    authority = models.ForeignKey(
        Unit,
        verbose_name="cơ quan có thẩm quyền",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recommendations_to_answer",
    )
    status = models.CharField(
        "trạng thái",
        max_length=10,
        choices=RecommendationStatus,
        default=RecommendationStatus.RECEIVED,
    )
    raised_on = models.DateField("ngày nêu")
    forwarded_on = models.DateField("ngày chuyển lần đầu", null=True, blank=True)
    due_on = models.DateField("hạn trả lời", null=True, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    closed_at = models.DateTimeField("đóng lúc", null=True, blank=True)
    set_aside_because = models.CharField("lý do không thụ lý", max_length=300, blank=True)
    search = models.TextField(editable=False)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = "kiến nghị"
        verbose_name_plural = "kiến nghị"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=RecommendationStatus.OPEN)
                | (Q(authority__isnull=False) & Q(due_on__isnull=False)),
                name="open_recommendation_has_authority_and_deadline",
                violation_error_message="Chọn cơ quan có thẩm quyền và hạn trả lời.",
            ),
            models.CheckConstraint(
                condition=~Q(status=RecommendationStatus.SET_ASIDE) | ~Q(set_aside_because=""),
                name="set_aside_recommendation_has_a_reason",
                violation_error_message="Ghi lý do không thụ lý.",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_on"], name="recommendation_status_due"),
            # tabs and authorities of a whole province are counted from the index alone
            models.Index(
                fields=["unit", "status"], include=["authority"], name="recommendation_unit_status"
            ),
            models.Index(fields=["raised_on", "id"], name="recommendation_newest"),
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="recommendation_search"),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("reports:recommendation_detail", args=[self.pk])

    def fill_keys(self) -> None:
        """Derived columns; bulk writers call this themselves."""
        self.search = fold(f"{self.number} {self.text} {self.proposal}")

    @property
    def holder(self) -> Unit:
        """The authority that has it now."""
        if self.authority is None:
            raise Refused("Kiến nghị này chưa được chuyển tới cơ quan nào.")
        return self.authority

    @property
    def deadline(self) -> date:
        """The day until which the authority that has it must answer."""
        if self.due_on is None:
            raise Refused("Kiến nghị này chưa có hạn trả lời.")
        return self.due_on

    @property
    def title(self) -> str:
        """What a list calls it: the first sentence, shortened."""
        return Truncator(self.text.split(". ")[0].strip(" .\n")).chars(90)


class Hop(models.Model):
    """One sending to an authority; hops stay visible (R23)."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="hops"
    )
    authority = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("ghi chú", max_length=500, blank=True)
    due_on = models.DateField("hạn trả lời")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần chuyển"
        verbose_name_plural = "các lần chuyển"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.recommendation} → {self.authority}"


class Answer(models.Model):
    """What the authority says to the branch; or that it is not competent, and (if it knows) who is: `owner`."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="answers"
    )
    authority = models.ForeignKey(
        Unit, verbose_name="cơ quan trả lời", on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField("kết quả", max_length=14, choices=Outcome)
    text = models.TextField("nội dung trả lời", max_length=4000)
    owner = models.ForeignKey(
        Unit,
        verbose_name="cơ quan có thẩm quyền",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    settled_by = models.DateField("lộ trình đến ngày", null=True, blank=True)
    document_number = models.CharField("số văn bản trả lời", max_length=60, blank=True)
    document_on = models.DateField("ngày văn bản", null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "trả lời"
        verbose_name_plural = "trả lời"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.SCHEDULED) | Q(settled_by__isnull=False),
                name="scheduled_answer_says_by_when",
                violation_error_message="Có lộ trình thì ghi đến ngày nào.",
            ),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(outcome=Outcome.NOT_COMPETENT),
                name="only_an_incompetent_authority_names_another",
                violation_error_message="Chỉ nêu cơ quan khác khi kiến nghị không đúng thẩm quyền.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation}: {self.get_outcome_display()}"


class ReadOut(models.Model):
    """The answer was read out at a meeting of the branch, and what the branch said of it."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="read_outs"
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="read_outs")
    is_satisfied = models.BooleanField("chi bộ đồng tình")
    note = models.CharField("ý kiến của chi bộ", max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "thông báo lại chi bộ"
        verbose_name_plural = "thông báo lại chi bộ"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "meeting"], name="read_out_once_at_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(is_satisfied=True) | ~Q(note=""),
                name="dissatisfied_branch_says_why",
                violation_error_message="Chi bộ chưa đồng tình: ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation} tại {self.meeting}"
