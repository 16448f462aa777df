"""How fast messages leave the house, and which ladder, preferences and keys rule it."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q

from notices.states import ChannelName
from roster.models.dated import Period, ends_after_it_starts, never_twice
from roster.querysets import DatedQuerySet


class Minute(models.Model):
    """How many messages left in one minute, over all workers; `was_full` is the alarm's trace."""

    starts_at = models.DateTimeField("phút", unique=True)
    taken = models.PositiveIntegerField("số tin", default=0)
    was_full = models.BooleanField("đã phanh", default=False)

    class Meta:
        verbose_name = "nhịp gửi"
        verbose_name_plural = "nhịp gửi"

    def __str__(self) -> str:
        return f"{self.starts_at:%d/%m/%Y %H:%M}: {self.taken}"


class SwitchedOff(models.Model):
    """A person does not want messages of a topic over a channel. The inbox cannot be switched off."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="switched_off"
    )
    topic = models.CharField("nhóm tin", max_length=30)
    channel = models.CharField("kênh", max_length=10, choices=ChannelName)

    class Meta:
        verbose_name = "kênh đã tắt"
        verbose_name_plural = "kênh đã tắt"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "topic", "channel"], name="channel_is_switched_off_once"
            ),
            models.CheckConstraint(
                condition=~Q(channel=ChannelName.IN_APP),
                name="inbox_cannot_be_switched_off",
                violation_error_message="Thông báo trong ứng dụng luôn bật.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.get_channel_display()}"


class LadderStep(Period):
    """When one kind of reminder is due: so many days from its day, at an hour; with a period (R14, M13).

    `days` counts from the day the owner of the kind names (a meeting's, a deadline's), backwards
    if negative; in working days if `in_working_days`. With `hours_after` it is due so many hours
    after the moment instead. A missed step is caught up for `grace` days.
    """

    kind = models.CharField("loại nhắc", max_length=60)
    days = models.SmallIntegerField("số ngày (âm: trước)")
    in_working_days = models.BooleanField("tính ngày làm việc", default=False)
    at = models.TimeField("lúc", default=time(9, 0))
    hours_after = models.PositiveSmallIntegerField(
        "hoặc số giờ sau khi bắt đầu", null=True, blank=True
    )
    grace = models.PositiveSmallIntegerField("nhắc bù trong (ngày)", default=1)
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "bậc nhắc việc"
        verbose_name_plural = "thang nhắc việc"
        constraints = [
            ends_after_it_starts("ladder_step_ends_after_it_starts"),
            never_twice(
                "kind",
                name="ladder_has_one_step_of_a_kind_a_day",
                message="Loại nhắc này đã có bậc khác trong thời gian ấy.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.days:+d}"


class ChannelToken(models.Model):
    """A provider's key that is changed by the provider itself every day (Zalo)."""

    channel = models.CharField("kênh", max_length=10, choices=ChannelName, unique=True)
    access_token = models.TextField()
    refresh_token = models.TextField()
    expires_at = models.DateTimeField("hết hạn lúc")

    class Meta:
        verbose_name = "khóa của kênh"
        verbose_name_plural = "khóa của kênh"

    def __str__(self) -> str:
        return self.channel
