"""Sending again what could not be sent, in bulk."""

from django.db import transaction
from django.utils import timezone

from config.lib.errors import Refused
from notices.models import Notice
from notices.querysets import NoticeQuerySet
from notices.states import NoticeStatus
from roster import audit
from roster.models import User


@transaction.atomic
def send_again(notices: NoticeQuerySet, *, by: User) -> int:
    """Owe the failed ones among `notices` anew, as of now; how many. What is too late by now stays as it is."""
    now = timezone.now()
    failed = notices.filter(status=NoticeStatus.FAILED).exclude(expires_at__lt=now)
    keys = list(failed.values_list("pk", flat=True))
    if not keys:
        raise Refused("Không có tin nào gửi lại được: tin đã gửi, đã thôi, hoặc đã quá giờ.")
    again = Notice.objects.filter(pk__in=keys, status=NoticeStatus.FAILED)
    count = again.update(
        status=NoticeStatus.WAITING,
        due_at=now,
        attempts=0,
        reason="",
        is_wrong_address=False,
        receipt_id="",
    )
    audit.record("notices_sent_again", by, by=by, count=count)
    return count
