"""What would go out on a day, to whom: the owners' own steps are taken, read, and rolled back (NOTICE_OWED_BY)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.utils.module_loading import import_string

from notices import quiet
from notices.models import Notice
from notices.querysets import NoticeQuerySet
from notices.states import ChannelName, NoticeStatus
from notices.texts import render
from roster.models import User

MORNING: Final = time(6, 0)


@dataclass(frozen=True)
class Told:
    """One person on one day: what is said, and over which channels it can arrive."""

    user: User
    subjects: Sequence[str]
    channels: Sequence[ChannelName]
    link: str
    held_until: datetime | None

    @property
    def is_reached(self) -> bool:
        return any(channel != ChannelName.IN_APP for channel in self.channels)


def rehearse(day: date, user: User) -> list[Told]:
    """By name. Nothing is written: the transaction is rolled back."""
    with transaction.atomic():
        for path in settings.NOTICE_OWED_BY:
            import_string(path)(quiet.at(day, MORNING))
        rows = list(of_day(day).overseen_by(user).select_related("user__official", "user__unit"))
        transaction.set_rollback(True)
    return told(rows)


def of_day(day: date) -> NoticeQuerySet:
    start = quiet.at(day, time.min)
    rows = Notice.objects.filter(due_at__gte=start, due_at__lt=start + timedelta(days=1))
    return rows.exclude(status=NoticeStatus.WITHDRAWN).order_by("user__name_key", "user", "due_at")


def told(rows: Sequence[Notice]) -> list[Told]:
    people: Mapping[int, list[Notice]] = defaultdict(list)
    for row in rows:
        people[row.user_id].append(row)
    return [one_person(notices) for notices in people.values()]


def one_person(rows: Sequence[Notice]) -> Told:
    first = rows[0]
    going = {row.channel for row in rows if can_reach(row)}
    moments = [quiet.release(row.due_at, row.expires_at) for row in rows]
    return Told(
        first.user,
        list(dict.fromkeys(subject_of(row) for row in rows)),
        [channel for channel in ChannelName if channel in going],
        next(
            (f"{settings.SITE_URL}{row.facts['url']}" for row in rows if row.facts.get("url")), ""
        ),
        max((moment for moment in moments if moment), default=None),
    )


def can_reach(row: Notice) -> bool:
    """Whether there is an address; whether it is right only sending will tell."""
    user, official = row.user, row.user.official
    if row.status == NoticeStatus.FAILED:
        return False
    if row.channel == ChannelName.EMAIL:
        return bool((official and official.email) or user.email)
    if row.channel == ChannelName.IN_APP:
        return True
    return bool((official and official.phone) or user.phone)


def subject_of(row: Notice) -> str:
    try:
        return row.subject or render(row)[0]
    except TemplateDoesNotExist:
        return row.kind
