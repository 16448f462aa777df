"""Channels and the life of a notice."""

from collections.abc import Collection, Mapping
from typing import Self

from django.db.models import TextChoices

from config.lib.status import Status


class ChannelName(TextChoices):
    IN_APP = "in_app", "Trong ứng dụng"
    EMAIL = "email", "Thư điện tử"
    SMS = "sms", "Tin nhắn SMS"
    ZALO = "zalo", "Zalo"


class NoticeStatus(Status):
    """A row is owed, claimed by a worker under a lease, and sent; or it is given up or withdrawn."""

    WAITING = "waiting", "Chờ gửi"
    CLAIMED = "claimed", "Đang gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"
    WITHDRAWN = "withdrawn", "Không cần gửi nữa"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {
            cls.WAITING: {cls.CLAIMED, cls.WITHDRAWN},
            cls.CLAIMED: {cls.SENT, cls.WAITING, cls.FAILED, cls.WITHDRAWN},
            cls.SENT: {cls.FAILED},  # the receipt says that it did not arrive
            cls.FAILED: {cls.WAITING},
            cls.WITHDRAWN: {cls.WAITING},
        }
