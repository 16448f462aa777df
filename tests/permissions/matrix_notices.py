"""Who may open and do what in the inbox: everybody the own, nobody another's. Order of the roles: see table.py."""

from typing import Any

from django.utils import timezone

from notices.models import Notice
from notices.states import ChannelName, NoticeStatus
from roster.states import Role
from tests.permissions.table import Row
from tests.permissions.world import World


def of_the_inside_attendee(world: World) -> list[Any]:
    notice = Notice.objects.create(
        user=world.inside[Role.ATTENDEE],
        kind="meetings.t1",
        occasion="meeting:1:0:t1",
        channel=ChannelName.IN_APP,
        status=NoticeStatus.SENT,
        due_at=timezone.now(),
        sent_at=timezone.now(),
        subject="Nhắc dự họp",
    )
    return [notice.pk]


ROWS = [
    Row("notices:inbox", inside="200", outside="200"),
    Row("notices:unread_count", inside="200", outside="200"),
    Row("notices:inbox_read", method="post", inside="302", outside="302"),
    Row("notices:inbox_read", inside="405", outside="405"),
    Row(
        "notices:notice_open",
        of_the_inside_attendee,
        method="post",
        inside="404 404 404 404 302 404 404 404",
        outside="404",
    ),
]
