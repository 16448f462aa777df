"""The messages of the months that the demo has lived through: they were sent then, not now."""

from datetime import datetime

from django.db.models import F

from notices.models import Notice
from notices.states import ChannelName, NoticeStatus
from notices.texts import render


def settle(now: datetime) -> None:
    """What was due before now counts as sent and, in the application, as read; mails of the past are dropped."""
    past = Notice.objects.filter(status=NoticeStatus.WAITING, due_at__lt=now)
    past.filter(channel=ChannelName.EMAIL).delete()
    rows = list(past.select_related("user__official", "user__unit"))
    for notice in rows:
        notice.subject, notice.text = render(notice)
        notice.subject = notice.subject[:200]
        notice.status, notice.sent_at, notice.read_at = NoticeStatus.SENT, notice.due_at, notice.due_at  # fmt: skip
    Notice.objects.bulk_update(rows, ["subject", "text", "status", "sent_at", "read_at"], 500)
    latest = Notice.objects.filter(user__username__contains=".", read_at__isnull=False)
    unread = latest.order_by("user", "-sent_at").distinct("user").values("pk")
    Notice.objects.filter(pk__in=unread, sent_at=F("read_at")).update(read_at=None)
