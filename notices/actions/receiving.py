"""Receipts: whether what a provider took over has arrived."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from notices.channels import open_channel
from notices.channels.channel import Receipt, TryLater, Unreachable
from notices.models import Notice
from notices.states import ChannelName, NoticeStatus

logger = logging.getLogger(__name__)
ASK_FOR: Final = timedelta(days=2)
AT_A_TIME: Final = 500
NOT_ARRIVED: Final = "Không tới máy người nhận."


def ask_for_receipts(*, now: datetime) -> int:
    """Ask each provider about its messages of the last two days; how many answers there were."""
    return sum(ask(channel, now) for channel in (ChannelName.SMS, ChannelName.ZALO))


def ask(channel: ChannelName, now: datetime) -> int:
    rows = Notice.objects.awaiting_receipt().filter(channel=channel, sent_at__gte=now - ASK_FOR)
    ids = list(rows.order_by("sent_at").values_list("receipt_id", flat=True)[:AT_A_TIME])
    count = 0
    if ids:
        with open_channel(channel) as provider:
            try:
                for receipt in provider.receipts(ids):
                    count += note_receipt(channel, receipt)
            except (TryLater, Unreachable) as error:
                logger.warning("no receipts from %s: %s", channel, error)
    return count


def note_receipt(channel: str, receipt: Receipt) -> int:
    """Safe to repeat. What did not arrive is a failure that can be sent again."""
    rows = Notice.objects.awaiting_receipt().filter(channel=channel)
    carried = rows.filter(receipt_id=receipt.id).values("pk")
    if receipt.arrived:
        return rows.filter(pk__in=carried).update(received_at=timezone.now())
    reason = f"{NOT_ARRIVED} {receipt.reason}".strip()[:300]
    return rows.filter(pk__in=carried).update(status=NoticeStatus.FAILED, reason=reason)
