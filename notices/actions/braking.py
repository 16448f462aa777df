"""The global brake: so many messages a minute over all workers, so many a person a day; who trips it, tells."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, time
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from notices import quiet
from notices.actions.owing import owe
from notices.models import Minute, Notice
from notices.states import ChannelName
from roster.models import User
from roster.states import Role
from roster.templatetags.vn import vn_datetime

OPEN: Final = """
INSERT INTO notices_minute (starts_at, taken, was_full) VALUES (%s, 0, false) ON CONFLICT DO NOTHING
"""
TAKE: Final = """
UPDATE notices_minute SET taken = GREATEST(before.taken, LEAST(before.taken + %s, %s))
FROM (SELECT id, taken FROM notices_minute WHERE starts_at = %s FOR UPDATE) before
WHERE notices_minute.id = before.id
RETURNING notices_minute.taken - before.taken
"""


def room(now: datetime) -> int:
    """How many messages may still leave the house in this minute; the alarm sounds at the last."""
    minute = now.replace(second=0, microsecond=0)
    taken = Minute.objects.filter(starts_at=minute).values_list("taken", flat=True).first() or 0
    left: int = max(settings.NOTICE_MOST_A_MINUTE - taken, 0)
    if not left and Minute.objects.filter(starts_at=minute, was_full=False).update(was_full=True):
        sound(f"đã gửi {taken} tin trong một phút", "minute", now)
    return left


def take(count: int, now: datetime) -> int:
    """How many of `count` messages may leave in this minute; workers take from the same row, one after the other."""
    if not count:
        return 0
    minute = now.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [minute])
        cursor.execute(TAKE, [count, settings.NOTICE_MOST_A_MINUTE, minute])
        return int(cursor.fetchone()[0])


def sent_today(people: Collection[int], now: datetime) -> Counter[tuple[int, str]]:
    """Messages of today by (person, channel), one for several that went together."""
    morning = quiet.at(timezone.localtime(now).date(), time.min)
    rows = (
        Notice.objects.filter(user__in=people, sent_at__gte=morning, carried_by=None)
        .exclude(channel=ChannelName.IN_APP)
        .values_list("user", "channel")
        .annotate(Count("pk"))
    )
    return Counter({(user, channel): count for user, channel, count in rows.order_by()})


def sound(what: str, name: str, now: datetime) -> None:
    """Tell the keepers, in their inbox, once a day of each kind."""
    day = timezone.localtime(now).date()
    keepers = User.objects.filter(
        Q(is_superuser=True) | Q(role__in=(Role.SYSTEM_ADMIN, Role.COMMISSION_OFFICER)),
        is_active=True,
    )
    owe(
        "notices.brake",
        to=keepers,
        occasion=f"brake:{name}:{day:%Y%m%d}",
        facts={"what": what, "since": vn_datetime(now), "url": reverse("notices:log")},
        channels=[ChannelName.IN_APP],
    )
