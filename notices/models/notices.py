"""The outbox."""

import hashlib

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from notices.querysets import NoticeQuerySet
from notices.states import ChannelName, NoticeStatus
from notices.topics import topic_of


class Notice(models.Model):
    """One message owed to one person over one channel about one occasion; never twice (R12).

    `kind` is `app.name`; its text is the template `app/notices/name.txt` (first line: the
    subject). `facts` fill it. The address is looked up when it is sent (R4). After `expires_at`
    it helps nobody any more and is withdrawn instead of sent. What was held back (quiet hours,
    a brake) goes out as one message: its rows name the one that carried them. `is_wrong_address`
    marks what failed because the number or mailbox does not exist.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField("loại", max_length=60)
    occasion = models.CharField("dịp", max_length=100)
    channel = models.CharField("kênh", max_length=10, choices=ChannelName)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    status = models.CharField(
        "trạng thái", max_length=10, choices=NoticeStatus, default=NoticeStatus.WAITING
    )
    owed_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    due_at = models.DateTimeField("gửi từ")
    expires_at = models.DateTimeField("không gửi sau", null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField("giữ lại lúc", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    reason = models.CharField("lý do", max_length=300, blank=True)
    is_wrong_address = models.BooleanField("sai địa chỉ", default=False)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    carried_by = models.ForeignKey(
        "self",
        verbose_name="gộp vào",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="carried",
    )
    receipt_id = models.CharField("mã nơi nhận chuyển", max_length=100, blank=True)
    received_at = models.DateTimeField("tới máy lúc", null=True, blank=True)
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)
    subject = models.CharField("tiêu đề", max_length=200, blank=True)
    text = models.TextField("nội dung", blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "tin nhắc"
        verbose_name_plural = "tin nhắc"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "occasion", "channel"], name="notice_is_owed_once"
            ),
            models.CheckConstraint(
                condition=~Q(status=NoticeStatus.SENT) | Q(sent_at__isnull=False),
                name="sent_notice_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="notice_due",
                condition=Q(status__in=[NoticeStatus.WAITING, NoticeStatus.CLAIMED]),
            ),
            models.Index(fields=["occasion"], name="notice_occasion"),
            models.Index(fields=["user", "sent_at"], name="notice_of_person"),
            models.Index(
                fields=["channel", "receipt_id"],
                name="notice_receipt",
                condition=~Q(receipt_id=""),
            ),
            models.Index(
                fields=["user", "channel"],
                name="notice_wrong_address",
                condition=Q(is_wrong_address=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.kind

    @property
    def what(self) -> str:
        """For a list: what it says, or what it is about if it was withdrawn before it was written."""
        return self.subject or topic_of(self.kind).label

    @property
    def key(self) -> str:
        """The same for every attempt at this message, so that a repeated one can be recognised."""
        parts = (str(self.user_id), self.kind, self.occasion, self.channel)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]
