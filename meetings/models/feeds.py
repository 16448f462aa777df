"""A person's calendar for other programs."""

import secrets

from django.conf import settings
from django.core.signing import Signer
from django.db import models
from django.db.models import Q
from django.urls import reverse

from meetings.querysets import CalendarFeedQuerySet


def signer() -> Signer:
    return Signer(salt="meetings.calendar_feed", sep=".")


def new_key() -> str:
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """The address at which a phone reads one person's meetings, until it is revoked.

    The address must be shown again (a second device), so it cannot be kept as a hash alone. It is
    the random `key` with its signature: whoever reads only the database, or a copy of it, lacks
    SECRET_KEY and opens nothing. A new SECRET_KEY closes all addresses.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    key = models.CharField(max_length=64, unique=True, default=new_key, editable=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    last_read_at = models.DateTimeField("đọc lần cuối", null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = "lịch trên điện thoại"
        verbose_name_plural = "lịch trên điện thoại"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(revoked_at=None),
                name="user_has_one_open_calendar_feed",
                violation_error_message="Tài khoản này đã có một địa chỉ lịch đang dùng.",
            )
        ]

    def __str__(self) -> str:
        return f"Lịch trên điện thoại của {self.user}"

    @property
    def token(self) -> str:
        return signer().sign(self.key)

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{reverse('meetings:calendar_feed', args=[self.token])}"

    @property
    def webcal_address(self) -> str:
        """What a phone opens with its calendar instead of its browser."""
        return f"webcal://{self.address.partition('://')[2]}"
