"""The month's material."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from meetings.querysets import BriefingQuerySet
from roster.models import StoredFile, Unit


class Briefing(models.Model):
    """What the attendees bring to the branches in one month."""

    month = models.DateField("tháng")
    issuer = models.ForeignKey(
        Unit, verbose_name="nơi phát hành", on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField("tiêu đề", max_length=200)
    text = models.TextField("nội dung", blank=True)
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
