"""A change of a meeting that overtakes an earlier one before people were told of that: they are told once, what is true now."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from meetings.models import Meeting
from notices.models import Notice
from notices.states import NoticeStatus
from roster.models import User

CHANGES: Final = ("moved", "cancelled", "reinstated")
BACK: Final = {("cancelled", "reinstated"), ("reinstated", "cancelled")}
OVERTAKEN: Final = "Lịch đã đổi tiếp trước khi gửi tin này."
AS_BEFORE: Final = "Lịch đã trở lại như đồng chí biết trước khi gửi tin này."


def waiting_about(earlier: Iterable[str]) -> dict[tuple[int, str, str], Notice]:
    """What is held about these occasions, by person, channel and occasion; nobody sends it meanwhile."""
    rows = Notice.objects.select_for_update().filter(
        occasion__in=list(earlier), status=NoticeStatus.WAITING
    )
    return {(row.user_id, row.channel, row.occasion): row for row in rows}


def occasion_of(meeting: Meeting, step: str, sequence: int) -> str:
    return f"meeting:{meeting.pk}:{sequence}:{step}"


def overtake(step: str, meetings: Collection[Meeting], *, by: User | None) -> None:
    """Call it when the new change is owed: who still waits for the one before hears of both as one; `by`, who made it, of none."""
    earlier = {
        occasion_of(row, was, row.sequence - 1): (was, occasion_of(row, step, row.sequence))
        for row in meetings
        for was in CHANGES
    }
    held = waiting_about(earlier)
    if not held:
        return
    wanted = {earlier[occasion][1] for _, _, occasion in held}
    fresh = {
        (row.user_id, row.channel, row.occasion): row
        for row in Notice.objects.filter(occasion__in=wanted, status=NoticeStatus.WAITING)
    }
    for (user, channel, occasion), old in held.items():
        was, now = earlier[occasion]
        if new := fresh.get((user, channel, now)):
            put_together(was, step, old, new)
        elif by and user == by.pk:
            withdraw([old], OVERTAKEN)


def put_together(was: str, step: str, old: Notice, new: Notice) -> None:
    if (was, step) in BACK:
        if "before" not in old.facts:  # else the day has changed besides
            withdraw([old, new], AS_BEFORE)
    elif was == "moved" and old.facts["before"] == new.facts["when"]:
        withdraw([old, new], AS_BEFORE)
    elif was == "moved":
        withdraw([old], OVERTAKEN)
        new.facts = told_from(step, old.facts["before"], new.facts)
        new.save(update_fields=["facts"])


def told_from(step: str, known: str, facts: dict[str, Any]) -> dict[str, Any]:
    """The change as seen by somebody who knows only the day before both."""
    return {**facts, "before": known, **({"when": known} if step == "cancelled" else {})}


def withdraw(rows: Collection[Notice], reason: str) -> None:
    keys = [row.pk for row in rows]
    Notice.objects.filter(pk__in=keys).update(status=NoticeStatus.WITHDRAWN, reason=reason)
