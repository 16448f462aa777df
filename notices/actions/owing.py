"""Writing down what people are to be told. Nothing is sent here."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeAlias

from django.conf import settings
from django.utils import timezone

from notices.models import Notice
from notices.states import ChannelName, NoticeStatus
from roster.models import User

ROWS_AT_A_TIME: Final = 2000
Pair: TypeAlias = tuple[int, str]  # a user's primary key and an occasion


@dataclass(frozen=True)
class Due:
    """One person to be told of one occasion; `expires_at` is when it is too late to say it."""

    to: User
    occasion: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    due_at: datetime | None = None
    expires_at: datetime | None = None


def owe(
    kind: str,
    *,
    to: User | Iterable[User],
    occasion: str,
    facts: Mapping[str, Any],
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    channels: Collection[str] | None = None,
) -> None:
    """Tell each of `to` once about `occasion`, over every channel of NOTICE_CHANNELS (or of `channels`).

    `kind` is `app.name`, its text `templates/app/notices/name.txt`. Owing the same twice is
    owing it once. Without `due_at` it is due now. The message goes out after the caller's commit.
    """
    people = [to] if isinstance(to, User) else to
    dues = (Due(user, occasion, facts, due_at, expires_at) for user in people)
    owe_many(kind, dues, channels=channels)


def owe_many(kind: str, dues: Iterable[Due], *, channels: Collection[str] | None = None) -> None:
    """`owe` for many people and occasions at once, in a few statements."""
    now = timezone.now()
    names = [ChannelName(name) for name in channels or settings.NOTICE_CHANNELS]
    rows = (
        Notice(
            user=due.to,
            kind=kind,
            occasion=due.occasion,
            channel=channel,
            facts=dict(due.facts),
            due_at=due.due_at or now,
            expires_at=due.expires_at,
        )
        for due in dues
        for channel in names
    )
    Notice.objects.bulk_create(rows, batch_size=ROWS_AT_A_TIME, ignore_conflicts=True)


def still_to_owe(kind: str, meant: Collection[Pair], occasions: Collection[str]) -> set[Pair]:
    """Make what waits under `occasions` agree with `meant`; those of `meant` that were never owed.

    Who is not meant any more (somebody else goes) is not told; who is meant again after all is.
    """
    known = Notice.objects.filter(kind=kind, occasion__in=occasions)
    rows = list(known.values_list("pk", "user", "occasion", "status"))
    wanted = set(meant)
    waiting, gone = (NoticeStatus.WAITING, NoticeStatus.CLAIMED), NoticeStatus.WITHDRAWN
    take_back = [
        pk for pk, *pair, status in rows if status in waiting and tuple(pair) not in wanted
    ]
    revive = [pk for pk, *pair, status in rows if status == gone and tuple(pair) in wanted]
    if take_back:
        unsent = Notice.objects.unsent().filter(pk__in=take_back)
        unsent.update(status=gone, reason="Đồng chí khác dự cuộc họp này.")
    if revive:
        withdrawn = Notice.objects.filter(pk__in=revive, status=gone, expires_at__gt=timezone.now())
        withdrawn.update(status=NoticeStatus.WAITING, reason="")
    return wanted - {(user, occasion) for _, user, occasion, _ in rows}


def withdraw(occasion: str | Iterable[str], kind: str | None = None) -> int:
    """What is not sent yet about the occasion(s) need not be said any more; how many messages that were."""
    occasions = [occasion] if isinstance(occasion, str) else list(occasion)
    waiting = Notice.objects.unsent().filter(occasion__in=occasions)
    if kind:
        waiting = waiting.filter(kind=kind)
    return waiting.update(status=NoticeStatus.WITHDRAWN, reason="Việc không còn cần nhắc.")
