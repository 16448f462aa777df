"""Writing down what came of a message: sent, put off, given up."""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import connection
from django.db.models import F
from django.utils import timezone

from notices.channels.channel import Message, Rejected, WrongAddress
from notices.models import Notice
from notices.states import NoticeStatus

MOST_ATTEMPTS: Final = 12
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=2)
RECORD: Final = """
UPDATE notices_notice SET status = 'sent', sent_at = %s, attempts = attempts + 1, reason = '',
    leased_until = NULL, subject = s.subject, text = s.text, receipt_id = s.receipt_id,
    carried_by_id = s.carried_by_id
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[])
    AS s(id, subject, text, receipt_id, carried_by_id)
WHERE notices_notice.id = s.id AND status = 'claimed' AND leased_until = %s
"""
OUR_FAULT: Final = "Chương trình không soạn được tin này; quản trị xem nhật ký."


def still_held(notices: Sequence[Notice]) -> set[int]:
    """Those that were not withdrawn since we claimed them."""
    held = Notice.objects.filter(
        pk__in=[notice.pk for notice in notices],
        status=NoticeStatus.CLAIMED,
        leased_until=notices[0].leased_until,
    )
    return set(held.values_list("pk", flat=True))


@dataclass(frozen=True)
class Sent:
    """What went as one message, the message, and the provider's id of it."""

    parcel: Sequence[Notice]
    message: Message
    receipt_id: str


def record_sent(sent: Sequence[Sent]) -> None:
    """One statement for all of them, unless another worker holds a row by now. They were claimed together."""
    rows = [line for one in sent for line in lines_of(one)]
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        lease = sent[0].parcel[0].leased_until
        with connection.cursor() as cursor:
            cursor.execute(RECORD, [timezone.now(), *columns, lease])


def lines_of(sent: Sent) -> list[tuple[int, str, str, str, int | None]]:
    first, *carried = sent.parcel
    subject, text = sent.message.subject[:200], sent.message.text
    own = (first.pk, subject, text, sent.receipt_id, None)
    return [own, *((row.pk, subject, text, "", first.pk) for row in carried)]


def give_up(notices: Collection[Notice], why: Rejected | str) -> None:
    settle(
        notices,
        status=NoticeStatus.FAILED,
        attempts=F("attempts") + 1,
        reason=str(why)[:300],
        is_wrong_address=isinstance(why, WrongAddress),
    )


def put_off(notices: Collection[Notice], reason: str) -> None:
    """Try again after a growing pause; give up after MOST_ATTEMPTS."""
    for notice in notices:
        attempts = notice.attempts + 1
        if attempts >= MOST_ATTEMPTS:
            give_up([notice], f"Đã thử {attempts} lần. {reason}")
            continue
        settle(
            [notice],
            status=NoticeStatus.WAITING,
            attempts=attempts,
            due_at=timezone.now() + pause_after(attempts),
            reason=reason[:300],
        )


def pause_after(attempts: int) -> timedelta:
    """1, 2, 4 … minutes up to two hours, a quarter more or less so that not all come back at once."""
    pause: timedelta = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    return pause * random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing


def settle(notices: Collection[Notice], **changes: object) -> None:
    """Record an outcome, unless another worker holds the rows by now. They were claimed together."""
    lease = next(iter(notices)).leased_until
    held = Notice.objects.filter(pk__in=[row.pk for row in notices], leased_until=lease)
    held.filter(status=NoticeStatus.CLAIMED).update(leased_until=None, **changes)
