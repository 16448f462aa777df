"""The month's material."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from meetings.querysets import BriefingQuerySet
from meetings.states import Level
from roster.models import StoredFile, Unit


class Briefing(models.Model):
    """What the attendees bring to the branches in one month: everybody's, a level's or a subtree's.

    `level` blank: officials of every level; `scope` null: the issuer's whole subtree.
    """

    month = models.DateField("tháng")
    issuer = models.ForeignKey(
        Unit, verbose_name="nơi phát hành", on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField("tiêu đề", max_length=200)
    text = models.TextField("nội dung", blank=True)
    level = models.CharField("cấp", max_length=10, choices=Level, blank=True, default="")
    scope = models.ForeignKey(
        Unit,
        verbose_name="phạm vi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    files = models.ManyToManyField(StoredFile, blank=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField("phát hành lúc", auto_now_add=True)

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = "tài liệu tháng"
        verbose_name_plural = "tài liệu tháng"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="briefing_month_is_its_first_day"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:briefing_detail", args=[self.pk])

    @property
    def audience(self) -> str:
        """mọi người, or: cấp tỉnh, Xã Quang Thiện"""
        parts = [self.get_level_display().lower() if self.level else ""]
        parts.append(self.scope.name if self.scope else "")
        return ", ".join(part for part in parts if part) or "mọi người"


class BriefingOpening(models.Model):
    """The first time a person opened the material."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="openings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="briefing_openings"
    )
    at = models.DateTimeField("mở lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần mở tài liệu"
        verbose_name_plural = "các lần mở tài liệu"
        constraints = [
            models.UniqueConstraint(
                fields=["briefing", "user"], name="briefing_opening_is_noted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.briefing}"
