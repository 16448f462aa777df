"""Between claiming and sending: what a person switched off, what must wait until morning, what is too much."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils import timezone

from notices import quiet, topics
from notices.actions import braking
from notices.models import Notice, SwitchedOff
from notices.states import ChannelName, NoticeStatus

SWITCHED_OFF: Final = "Đồng chí đã tắt kênh này cho loại tin này."
QUIET: Final = "Ngoài giờ hoặc ngày nghỉ, giữ đến {until}."
TOO_MANY: Final = "Đã gửi đồng chí {count} tin trong ngày, giữ đến {until}."


def let_through(held: list[Notice], now: datetime) -> list[Notice]:
    """Those of the claimed that go now; the others are withdrawn or put back until their moment."""
    inside = [row for row in held if row.channel == ChannelName.IN_APP]
    outside = drop_switched_off([row for row in held if row.channel != ChannelName.IN_APP])
    return inside + hold_too_many(hold_until_morning(outside, now), now)


def drop_switched_off(rows: list[Notice]) -> list[Notice]:
    off = defaultdict(set)
    people = {row.user_id for row in rows}
    for user, topic, channel in SwitchedOff.objects.filter(user__in=people).values_list(
        "user", "topic", "channel"
    ):
        off[user, topic].add(channel)
    unwanted = [row for row in rows if off and is_off(row, off)]
    close(unwanted, status=NoticeStatus.WITHDRAWN, reason=SWITCHED_OFF)
    return without(rows, unwanted)


def is_off(row: Notice, off: dict[tuple[int, str], set[str]]) -> bool:
    topic = topics.topic_of(row.kind)
    channels = off.get((row.user_id, topic.name), set())
    return row.channel in channels and row.channel not in topics.stays_on(topic, channels)


def hold_until_morning(rows: list[Notice], now: datetime) -> list[Notice]:
    later = defaultdict(list)
    for row in rows:
        if moment := quiet.release(now, row.expires_at):
            later[moment].append(row)
    for moment, some in later.items():
        hold(some, moment, QUIET.format(until=said(moment)), now)
    return without(rows, [row for some in later.values() for row in some])


def hold_too_many(rows: list[Notice], now: datetime) -> list[Notice]:
    """What is held already goes as one message, so it counts as one."""
    counts: Counter[tuple[int, str]] = braking.sent_today({row.user_id for row in rows}, now)
    most, too_many = settings.NOTICE_MOST_A_PERSON_A_DAY, []
    for row in rows:
        if counts[row.user_id, row.channel] >= most:
            too_many.append(row)
        elif row.held_at is None:
            counts[row.user_id, row.channel] += 1
    if too_many:
        moment = quiet.next_morning(now)
        hold(too_many, moment, TOO_MANY.format(count=most, until=said(moment)), now)
        braking.sound(f"có đồng chí đã nhận {most} tin trong ngày", "person", now)
    return without(rows, too_many)


def hold(rows: Collection[Notice], until: datetime, reason: str, now: datetime) -> None:
    close(rows, status=NoticeStatus.WAITING, due_at=until, held_at=now, reason=reason)


def close(rows: Collection[Notice], **changes: object) -> None:
    """Let go of claimed rows in one statement, unless another worker holds them by now."""
    by_lease = defaultdict(list)
    for row in rows:
        by_lease[row.leased_until].append(row.pk)
    for lease, keys in by_lease.items():
        mine = Notice.objects.filter(pk__in=keys, status=NoticeStatus.CLAIMED, leased_until=lease)
        mine.update(leased_until=None, **changes)


def without(rows: list[Notice], some: Collection[Notice]) -> list[Notice]:
    gone = {row.pk for row in some}
    return [row for row in rows if row.pk not in gone] if gone else rows


def said(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}"
