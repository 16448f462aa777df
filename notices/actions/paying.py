"""Sending what is owed.

A worker claims a batch under a lease, lets through what may go now, and records what it has sent
every RECORD_AFTER messages, in one statement. A worker that dies leaves its rows claimed; when the
lease has run out another takes them. Only messages between "sent" and "recorded" can go out
twice, and their Message-ID (or the id a provider keeps) is the same then.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notices.actions import braking
from notices.actions.gating import close, let_through
from notices.actions.settling import (
    OUR_FAULT,
    Sent,
    give_up,
    put_off,
    record_sent,
    still_held,
)
from notices.channels import open_channel
from notices.channels.channel import Channel, Message, Rejected, TryLater, Unreachable
from notices.models import Notice
from notices.states import ChannelName, NoticeStatus
from notices.texts import link_of, render, render_together

logger = logging.getLogger(__name__)

BATCH: Final = 200
RECORD_AFTER: Final = 20  # messages; also: what was withdrawn meanwhile is not sent
Parcel = list[Notice]  # what goes as one message; the first one carries the others


def pay_all(*, now: datetime) -> int:
    """Pay until nothing is due; how many messages were dealt with."""
    withdraw_expired(now)
    count = 0
    while dealt := pay(now=now):
        count += dealt
    return count


def pay(*, now: datetime, batch: int = BATCH) -> int:
    """Deal with at most `batch` messages that are due; how many were dealt with (0: nothing is due)."""
    room = braking.room(timezone.now())
    held = claim(now, min(batch, room) or batch, inside_only=not room)
    going = let_through(held, max(now, timezone.now()))
    for channel, notices in groupby(going, key=attrgetter("channel")):
        whole = parcels(list(notices))
        deliver(channel, whole if channel == ChannelName.IN_APP else within_the_minute(whole))
    return len(held)


def within_the_minute(going: list[Parcel]) -> list[Parcel]:
    """As many as the brake lets go; the others wait for the next minute, as if never claimed."""
    room = braking.take(len(going), timezone.now())
    close([row for parcel in going[room:] for row in parcel], status=NoticeStatus.WAITING)
    return going[:room]


def withdraw_expired(now: datetime) -> None:
    late = Notice.objects.unsent().filter(due_at__lte=now, expires_at__lt=now)
    late.update(status=NoticeStatus.WITHDRAWN, reason="Đã quá giờ, không còn cần nhắc.")


def claim(now: datetime, batch: int, *, inside_only: bool = False) -> list[Notice]:
    """Take up to `batch` due rows that no other worker holds, in one short transaction.

    With a row that was held back come the others of that person, so that they go as one message.
    """
    until = timezone.now() + timedelta(seconds=settings.NOTICE_LEASE_SECONDS)
    free = Notice.objects.claimable(now)
    if inside_only:
        free = free.filter(channel=ChannelName.IN_APP)
    with transaction.atomic():
        rows = free.order_by("due_at", "pk").select_for_update(skip_locked=True)
        found = list(rows.values_list("pk", "user", "held_at")[:batch])
        keys = {pk for pk, _, _ in found}
        if people := {user for _, user, held_at in found if held_at}:
            same = free.filter(user__in=people, held_at__isnull=False)
            keys |= set(same.select_for_update(skip_locked=True).values_list("pk", flat=True))
        Notice.objects.filter(pk__in=keys).update(status=NoticeStatus.CLAIMED, leased_until=until)
    held = Notice.objects.filter(pk__in=keys).select_related("user__official", "user__unit")
    return list(held.order_by("channel", "due_at", "pk"))


def parcels(notices: Sequence[Notice]) -> list[Parcel]:
    """What was held back for one person goes as one message; the inbox keeps them apart."""
    found: dict[object, Parcel] = defaultdict(list)
    for row in notices:
        together = row.held_at and row.channel != ChannelName.IN_APP
        found[("person", row.user_id) if together else row.pk].append(row)
    return list(found.values())


def deliver(name: str, going: list[Parcel]) -> None:
    """Send a batch over one connection; when the channel is down, all that is left is put off."""
    with open_channel(name) as channel:
        step = len(going) if channel.is_local else RECORD_AFTER
        for start in range(0, len(going), step):
            try:
                deliver_some(channel, going[start : start + step])
            except Unreachable as error:
                logger.warning("%s is down: %s", type(channel).__name__, error)
                left = still_held([row for parcel in going[start:] for row in parcel])
                put_off([row for p in going[start:] for row in p if row.pk in left], str(error))
                return


def deliver_some(channel: Channel, going: list[Parcel]) -> None:
    """What was sent is recorded together, also if the channel breaks down in between."""
    held = still_held([row for parcel in going for row in parcel])
    sent: list[Sent] = []
    try:
        for whole in going:
            parcel = [row for row in whole if row.pk in held and not is_over(row)]
            if parcel and (gone := attempt(channel, parcel)):
                sent.append(gone)
    finally:
        record_sent(sent)


def attempt(channel: Channel, parcel: Parcel) -> Sent | None:
    """Compose and send one message: it and its receipt's id if it is gone, else what hindered it is recorded."""
    try:
        message = compose(channel, parcel)
        return Sent(parcel, message, channel.send(message))
    except Rejected as error:
        give_up(parcel, error)
    except TryLater as error:
        put_off(parcel, str(error))
    except Unreachable:
        raise
    except Exception:  # one bad message must not hold up the others
        logger.exception("notice %s", parcel[0].pk)
        put_off(parcel, OUR_FAULT)
    return None


def is_over(notice: Notice) -> bool:
    """Whether our lease has run out, so that somebody else may send it by now."""
    return notice.leased_until is None or notice.leased_until <= timezone.now()


def compose(channel: Channel, parcel: Parcel) -> Message:
    """The text and the address as they are now (R4)."""
    first = parcel[0]
    if not first.user.is_active:
        raise Rejected("Tài khoản đã khóa.")
    alone = len(parcel) == 1
    subject, text = render(first) if alone else render_together(parcel)
    return Message(
        first.key,
        channel.address_of(first.user),
        subject,
        text,
        kind=first.kind if alone else "notices.digest",
        link=link_of(first),
        facts={**first.facts, "name": first.user.full_name},
    )
