"""Who may open and do what in the inbox: everybody the own, nobody another's. Order of the roles: see table.py."""

from typing import Any

from django.utils import timezone

from notices import links
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


def its_link(world: World) -> list[Any]:
    (pk,) = of_the_inside_attendee(world)
    return [links.token_of(Notice.objects.get(pk=pk))]


def no_link(world: World) -> list[Any]:
    (pk,) = of_the_inside_attendee(world)
    return [f"{pk}-{'0' * 20}"]


LOOK_AFTER = "200 200 200 200 403 403 403 403"
ACT = "200 200 403 200 403 403 403 403"

ROWS = [
    # To the sign-in page or the own page; for anybody else it is not there.
    Row(
        "notices:link",
        its_link,
        inside="404 404 404 404 302 404 404 404",
        outside="404",
        stranger="sign-in",
    ),
    Row("notices:link", no_link, inside="404", outside="404", stranger="404"),
    Row("notices:preferences", inside="200", outside="200"),
    Row(
        "notices:preferences",
        method="post",
        data={"changes": ["email"], "deadlines": ["email"]},
        inside="302",
        outside="302",
    ),
    Row("notices:log", inside=LOOK_AFTER, outside=LOOK_AFTER),
    Row("notices:rehearsal", inside=LOOK_AFTER, outside=LOOK_AFTER),
    Row("notices:wrong_numbers", inside=LOOK_AFTER, outside=LOOK_AFTER),
    Row("notices:call_list", inside=ACT, outside=ACT),
    # Nothing has failed, so there is nothing to send again.
    Row(
        "notices:log_send_again",
        method="post",
        inside="422 422 403 422 403 403 403 403",
        outside="422 422 403 422 403 403 403 403",
    ),
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
