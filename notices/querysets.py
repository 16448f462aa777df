"""Which notices, and for whom."""

from datetime import datetime
from typing import TYPE_CHECKING, Final, Self

from django.db.models import Q, QuerySet

from notices.states import ChannelName, NoticeStatus
from roster.models import User
from roster.states import Role

LOOK_AFTER: Final = Role.desk() | {Role.SYSTEM_ADMIN}

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

    def overseen_by(self, user: User) -> Self:
        """Messages to people of the user's subtree, for those who keep watch over the sending."""
        if user.is_superuser:
            return self
        if user.role not in LOOK_AFTER or user.unit is None:
            return self.none()
        below = user.unit.path
        accounts = User.objects.filter(
            Q(unit__path__startswith=below) | Q(official__agency__path__startswith=below)
        )
        return self.filter(user__in=accounts.values("pk"))

    def awaiting_receipt(self) -> Self:
        return self.filter(status=NoticeStatus.SENT, received_at=None).exclude(receipt_id="")

    def claimable(self, now: datetime) -> Self:
        """Due rows that nobody holds: waiting, or claimed by a worker whose lease ran out."""
        waiting = Q(status=NoticeStatus.WAITING, due_at__lte=now)
        abandoned = Q(status=NoticeStatus.CLAIMED, leased_until__lt=now)
        return self.filter(waiting | abandoned)
