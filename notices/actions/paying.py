"""Sending what is owed.

A worker claims a batch under a lease and records each message right after it is sent. A worker
that dies leaves its rows claimed; when the lease has run out another takes them. Only the one
message between "sent" and "recorded" can go out twice, and its Message-ID is the same then.
"""

import logging
import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from notices.channels import open_channel
from notices.channels.channel import Channel, Message, Rejected, TryLater, Unreachable
from notices.models import Notice
from notices.states import NoticeStatus
from notices.texts import render

logger = logging.getLogger(__name__)

BATCH: Final = 100
LOOK_AGAIN_AFTER: Final = 10  # messages; what was withdrawn meanwhile is not sent
MOST_ATTEMPTS: Final = 12
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=2)
OUR_FAULT: Final = "Chương trình không soạn được tin này; quản trị xem nhật ký."


def pay_all(*, now: datetime) -> int:
    """Pay until nothing is due; how many messages were dealt with."""
    count = 0
    while dealt := pay(now=now):
        count += dealt
    return count


def pay(*, now: datetime, batch: int = BATCH) -> int:
    """Deal with at most `batch` messages that are due; how many were dealt with (0: nothing is due)."""
    withdraw_expired(now)
    held = claim(now, batch)
    for channel, notices in groupby(held, key=attrgetter("channel")):
        deliver(channel, list(notices))
    return len(held)


def withdraw_expired(now: datetime) -> None:
    late = Notice.objects.unsent().filter(due_at__lte=now, expires_at__lt=now)
    late.update(status=NoticeStatus.WITHDRAWN, reason="Đã quá giờ, không còn cần nhắc.")


def claim(now: datetime, batch: int) -> list[Notice]:
    """Take up to `batch` due rows that no other worker holds, in one short transaction."""
    until = timezone.now() + timedelta(seconds=settings.NOTICE_LEASE_SECONDS)
    with transaction.atomic():
        free = Notice.objects.claimable(now).order_by("due_at", "pk")
        keys = list(free.select_for_update(skip_locked=True).values_list("pk", flat=True)[:batch])
        Notice.objects.filter(pk__in=keys).update(status=NoticeStatus.CLAIMED, leased_until=until)
    held = Notice.objects.filter(pk__in=keys).select_related("user__official", "user__unit")
    return list(held.order_by("channel", "due_at", "pk"))


def deliver(name: str, notices: list[Notice]) -> None:
    """Send a batch over one connection and record each message right after it; the inbox's all at once."""
    with open_channel(name) as channel:
        if channel.is_local:
            record_together([(one, said) for one in notices if (said := attempt(channel, one))])
        else:
            deliver_outside(channel, notices)


def deliver_outside(channel: Channel, notices: list[Notice]) -> None:
    """When the channel is down, all that is left is put off."""
    held: set[int] = set()
    for index, notice in enumerate(notices):
        if index % LOOK_AGAIN_AFTER == 0:
            held = still_held(notices[index : index + LOOK_AGAIN_AFTER])
        if notice.pk not in held or is_over(notice):
            continue
        try:
            message = attempt(channel, notice)
        except Unreachable as error:
            logger.warning("%s is down: %s", type(channel).__name__, error)
            put_off(notices[index:], str(error))
            return
        if message:
            record_sent(notice, message)


def attempt(channel: Channel, notice: Notice) -> Message | None:
    """Compose and send one message; the message if it is gone, else what hindered it is recorded."""
    try:
        message = compose(channel, notice)
        channel.send(message)
    except Rejected as error:
        give_up(notice, str(error))
    except TryLater as error:
        put_off([notice], str(error))
    except Unreachable:
        raise
    except Exception:  # one bad message must not hold up the others
        logger.exception("notice %s", notice.pk)
        put_off([notice], OUR_FAULT)
    else:
        return message
    return None


def still_held(notices: list[Notice]) -> set[int]:
    """Those that were not withdrawn since we claimed them."""
    held = Notice.objects.filter(
        pk__in=[notice.pk for notice in notices],
        status=NoticeStatus.CLAIMED,
        leased_until=notices[0].leased_until,
    )
    return set(held.values_list("pk", flat=True))


def is_over(notice: Notice) -> bool:
    """Whether our lease has run out, so that somebody else may send it by now."""
    return notice.leased_until is None or notice.leased_until <= timezone.now()


def compose(channel: Channel, notice: Notice) -> Message:
    """The text and the address as they are now (R4)."""
    if not notice.user.is_active:
        raise Rejected("Tài khoản đã khóa.")
    subject, text = render(notice)
    return Message(notice.key, channel.address_of(notice.user), subject, text)


def record_sent(notice: Notice, message: Message) -> None:
    settle(
        notice,
        status=NoticeStatus.SENT,
        sent_at=timezone.now(),
        attempts=notice.attempts + 1,
        subject=message.subject[:200],
        text=message.text,
        reason="",
    )


@transaction.atomic
def record_together(sent: list[tuple[Notice, Message]]) -> None:
    """For messages that are the recorded row: two statements a batch."""
    for notice, message in sent:
        notice.subject, notice.text = message.subject[:200], message.text
    rows = [notice for notice, _ in sent]
    held = Notice.objects.filter(status=NoticeStatus.CLAIMED, pk__in=[row.pk for row in rows])
    mine = held.filter(leased_until=rows[0].leased_until) if rows else held.none()
    mine.bulk_update(rows, ["subject", "text"])
    mine.update(
        status=NoticeStatus.SENT,
        sent_at=timezone.now(),
        attempts=F("attempts") + 1,
        leased_until=None,
        reason="",
    )


def give_up(notice: Notice, reason: str) -> None:
    settle(
        notice,
        status=NoticeStatus.FAILED,
        attempts=notice.attempts + 1,
        reason=reason[:300],
    )


def put_off(notices: Iterable[Notice], reason: str) -> None:
    """Try again after a growing pause; give up after MOST_ATTEMPTS."""
    for notice in notices:
        attempts = notice.attempts + 1
        if attempts >= MOST_ATTEMPTS:
            give_up(notice, f"Đã thử {attempts} lần. {reason}")
            continue
        settle(
            notice,
            status=NoticeStatus.WAITING,
            attempts=attempts,
            due_at=timezone.now() + pause_after(attempts),
            reason=reason[:300],
        )


def pause_after(attempts: int) -> timedelta:
    """1, 2, 4 … minutes up to two hours, a quarter more or less so that not all come back at once."""
    pause: timedelta = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    return pause * random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing


def settle(notice: Notice, **changes: object) -> None:
    """Record an outcome, unless another worker holds the row by now."""
    held = Notice.objects.filter(pk=notice.pk, leased_until=notice.leased_until)
    held.filter(status=NoticeStatus.CLAIMED).update(leased_until=None, **changes)
