"""Sending again what could not be sent, in bulk; many of them in the background, with a page that follows."""

from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from config.lib.errors import Refused
from notices.models import Notice
from notices.querysets import NoticeQuerySet
from notices.states import NoticeStatus
from roster import audit
from roster.actions.jobs import advance_job, open_job, running
from roster.models import Job, User

MANY: Final = 1_000
NOTHING: Final = "Không có tin nào gửi lại được: tin đã gửi, đã thôi, hoặc đã quá giờ."


def send_again(notices: NoticeQuerySet, *, by: User) -> int | Job:
    """Owe the failed ones among `notices` anew, as of now; how many, or with many of them the job that will do it.

    What is too late by now stays as it is.
    """
    failed = notices.filter(status=NoticeStatus.FAILED).exclude(expires_at__lt=timezone.now())
    keys = list(failed.order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise Refused(NOTHING)
    if len(keys) > MANY:
        return open_job("send_again", by=by, keys=keys, title=f"Gửi lại {len(keys)} tin")
    return owe_again(keys, by=by)


def run_job(pk: int) -> None:
    """In portions, so that the first go out while the last are still being put down."""
    with running(pk) as job:
        assert job.by is not None  # noqa: S101 - a page opens it for a person
        keys = job.facts["keys"]
        for start in range(0, len(keys), MANY):
            advance_job(job, done=start, total=len(keys), sentence="Đang xếp tin vào hàng gửi")
            owe_again(keys[start : start + MANY], by=job.by)
        advance_job(job, done=len(keys), total=len(keys))
        job.result_url = reverse("notices:log")


@transaction.atomic
def owe_again(keys: Iterable[int], *, by: User) -> int:
    again = Notice.objects.filter(pk__in=keys, status=NoticeStatus.FAILED)
    count = again.update(
        status=NoticeStatus.WAITING,
        due_at=timezone.now(),
        attempts=0,
        reason="",
        is_wrong_address=False,
        receipt_id="",
    )
    audit.record("notices_sent_again", by, by=by, count=count)
    return count
