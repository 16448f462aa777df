"""Which notices, and for whom."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from notices.states import ChannelName, NoticeStatus
from roster.models import User

if TYPE_CHECKING:
    from notices.models import Notice


class NoticeQuerySet(QuerySet["Notice"]):
    def visible_to(self, user: User) -> Self:
        """One's own messages."""
        return self.filter(user=user)

    def in_app(self) -> Self:
        return self.filter(channel=ChannelName.IN_APP, status=NoticeStatus.SENT)

    def unread(self) -> Self:
        return self.in_app().filter(read_at=None)

    def unsent(self) -> Self:
        return self.filter(status__in=(NoticeStatus.WAITING, NoticeStatus.CLAIMED))

    def claimable(self, now: datetime) -> Self:
        """Due rows that nobody holds: waiting, or claimed by a worker whose lease ran out."""
        waiting = Q(status=NoticeStatus.WAITING, due_at__lte=now)
        abandoned = Q(status=NoticeStatus.CLAIMED, leased_until__lt=now)
        return self.filter(waiting | abandoned)
