"""What the lists of the calendar show beside each meeting."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from assignments.attendees import Attendee
from config.lib.months import last_day
from config.lib.working_days import holidays_of
from meetings.filters import State
from meetings.models import Attendance, Meeting
from meetings.states import MeetingStatus
from meetings.telling import attendees_of
from roster.models import MeetingRule, Official, Unit, User
from roster.states import BranchType
from roster.templatetags.vn import WEEKDAYS


@dataclass(frozen=True)
class Visitor:
    """An attendee of one meeting, and what he or she said of it."""

    attendee: Attendee
    attendance: Attendance | None

    @property
    def official(self) -> Official:
        return self.attendee.official


@dataclass(frozen=True)
class Line:
    """One meeting of a list with those who go there."""

    meeting: Meeting
    visitors: list[Visitor]
    is_ahead: bool = False

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.meeting.held_on.weekday()]

    @property
    def lacks_attendee(self) -> bool:
        """Officials are sent to residential branches; one that still meets without anybody needs a look."""
        expected = self.meeting.unit.branch_type == BranchType.RESIDENTIAL
        planned = self.meeting.status == MeetingStatus.PLANNED
        return self.is_ahead and expected and planned and not self.visitors

    def of(self, official_id: int | None) -> Visitor | None:
        return next((one for one in self.visitors if one.official.pk == official_id), None)


@dataclass(frozen=True)
class Day:
    """One cell of the month's grid; `meetings` of days beyond the month are not shown."""

    on: date
    in_month: bool
    is_today: bool
    holiday: str
    lines: list[Line]


def lines_of(meetings: Collection[Meeting], today: date) -> list[Line]:
    """The meetings with their attendees and answers: three queries however many."""
    going = attendees_of(meetings)
    said = {
        (row.meeting_id, row.official_id): row
        for row in Attendance.objects.filter(meeting__in=meetings)
    }
    return [
        Line(
            meeting,
            [Visitor(one, said.get((meeting.pk, one.official.pk))) for one in going[meeting.pk]],
            is_ahead=meeting.held_on >= today,
        )
        for meeting in meetings
    ]


def state_counts(meetings: QuerySet[Meeting]) -> list[tuple[str, str, int]]:
    """(state, label, how many) for the tabs, all of them first; one statement."""
    live = ~Q(status=MeetingStatus.CANCELLED)
    counted = meetings.order_by().aggregate(
        all=Count("pk"),
        planned=Count("pk", filter=Q(status=MeetingStatus.PLANNED)),
        held=Count("pk", filter=Q(status=MeetingStatus.HELD)),
        cancelled=Count("pk", filter=Q(status=MeetingStatus.CANCELLED)),
        moved=Count("pk", filter=live & Q(moved_from__isnull=False)),
    )
    return [("", "Tất cả", counted["all"])] + [
        (state.value, state.label, counted[state.value]) for state in State
    ]


def in_state(meetings: Any, state: str) -> Any:
    if state == State.MOVED:
        return meetings.moved()
    return meetings.filter(status=state) if state else meetings


def branches_without_meeting(user: User, month: date) -> QuerySet[Unit]:
    """Branches of the month's end in the user's subtree with no meeting in the month; `has_rule` says whether they have a fixed day."""
    last = last_day(month)
    rules = MeetingRule.objects.on(last).filter(unit=OuterRef("pk"))
    units = Unit.objects.visible_to(user).branches().on(last)
    missing = units.exclude(Exists(Meeting.objects.filter(unit=OuterRef("pk"), month=month)))
    return missing.annotate(has_rule=Exists(rules))


def month_grid(month: date, lines: Collection[Line], today: date) -> list[list[Day]]:
    """Weeks from Monday to Sunday that cover the month."""
    by_day: dict[date, list[Line]] = {}
    for line in lines:
        by_day.setdefault(line.meeting.held_on, []).append(line)
    first = month - timedelta(days=month.weekday())
    count = ((last_day(month) - first).days // 7 + 1) * 7
    days = [day_of(first + timedelta(days=index), month, today, by_day) for index in range(count)]
    return [days[index : index + 7] for index in range(0, count, 7)]


def day_of(day: date, month: date, today: date, by_day: Mapping[date, list[Line]]) -> Day:
    return Day(
        day,
        in_month=day.month == month.month,
        is_today=day == today,
        holiday=holidays_of(day.year).get(day, ""),
        lines=by_day.get(day, []),
    )
