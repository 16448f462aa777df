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

TAKE: Final = """
INSERT INTO notices_minute (starts_at, taken, was_full) VALUES (%s, %s, false)
ON CONFLICT (starts_at) DO UPDATE SET taken = notices_minute.taken + EXCLUDED.taken
"""


def room(now: datetime) -> int:
    """How many messages may still leave the house in this minute; the alarm sounds at the last."""
    minute = now.replace(second=0, microsecond=0)
    taken = Minute.objects.filter(starts_at=minute).values_list("taken", flat=True).first() or 0
    left: int = max(settings.NOTICE_MOST_A_MINUTE - taken, 0)
    if not left and Minute.objects.filter(starts_at=minute, was_full=False).update(was_full=True):
        sound(f"đã gửi {taken} tin trong một phút", "minute", now)
    return left


def take(count: int, now: datetime) -> None:
    """Count messages that are about to leave; workers add to the same row."""
    if count:
        with connection.cursor() as cursor:
            cursor.execute(TAKE, [now.replace(second=0, microsecond=0), count])


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
