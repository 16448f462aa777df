"""What the lists of the calendar show beside each meeting."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assignments.attendees import Attendee
from config.lib.months import last_day
from config.lib.working_days import holidays_of
from meetings.clashes import APART
from meetings.filters import TABS, State
from meetings.models import Attendance, Meeting
from meetings.states import AttendanceStatus, BranchWord, MeetingStatus
from meetings.telling import attendees_of
from roster.models import MeetingRule, Official, Unit, User
from roster.states import BranchType, MeetingKind, Units
from roster.templatetags.vn import WEEKDAYS


@dataclass(frozen=True)
class Visitor:
    """An attendee of one meeting, and what he or she said of it."""

    attendee: Attendee
    attendance: Attendance | None

    @property
    def official(self) -> Official:
        return self.attendee.official

    @property
    def differs(self) -> bool:
        """The branch's word is not the report's."""
        said = self.attendance
        if said is None or not said.branch_says:
            return False
        if said.branch_says == BranchWord.MISSED:
            return said.status == AttendanceStatus.ATTENDED
        return said.status in (AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT)

    @property
    def is_excused(self) -> bool:
        return self.attendance is not None and self.attendance.status == AttendanceStatus.EXCUSED


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


@dataclass(frozen=True)
class DayCount:
    """One cell of a province's month: how many meet there, and how many of them are not confirmed."""

    on: date
    in_month: bool
    is_today: bool
    holiday: str
    count: int
    unconfirmed: int
    share: int  # 0 to 4: how full the day is beside the month's fullest


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
        (state.value, str(state.label), counted[state.value]) for state in TABS
    ]


def in_state(meetings: Any, state: str, now: datetime) -> Any:
    if not state:
        return meetings
    narrowed = {
        State.MOVED: meetings.moved,
        State.AHEAD: partial(meetings.to_come, now),
        State.COME: partial(meetings.come, now),
        State.ATTENDED: meetings.attended,
    }
    return narrowed[State(state)]() if state in narrowed else meetings.filter(status=state)


def otherwise(meetings: Any, commune: Unit, units: Units) -> dict[str, Any]:
    """How many count in the commune in the other one of the two views, and in which they count today."""
    other = Units.THEN if units == Units.NOW else Units.NOW
    return {
        "otherwise": meetings.in_commune(commune, other).count(),
        "home": Unit.objects.filter(housed__unit=commune).exclude(pk=commune.pk).first(),
    }


def branches_without_meeting(user: User, month: date) -> QuerySet[Unit]:
    """Branches of the month's end in the user's subtree with no meeting in the month; `has_rule` says whether they have a fixed day."""
    last = last_day(month)
    regular = {"unit": OuterRef("pk"), "kind": MeetingKind.REGULAR}
    rules = MeetingRule.objects.on(last).filter(**regular)
    units = Unit.objects.visible_to(user).branches().on(last)
    missing = units.exclude(Exists(Meeting.objects.filter(**regular, month=month)))
    return missing.annotate(has_rule=Exists(rules))


def weeks_of(month: date) -> list[list[date]]:
    """Weeks from Monday to Sunday that cover the month."""
    first = month - timedelta(days=month.weekday())
    count = ((last_day(month) - first).days // 7 + 1) * 7
    days = [first + timedelta(days=index) for index in range(count)]
    return [days[index : index + 7] for index in range(0, count, 7)]


def month_grid(month: date, lines: Collection[Line], today: date) -> list[list[Day]]:
    by_day: dict[date, list[Line]] = {}
    for line in lines:
        by_day.setdefault(line.meeting.held_on, []).append(line)
    return [[day_of(day, month, today, by_day) for day in week] for week in weeks_of(month)]


def day_counts(meetings: QuerySet[Meeting], month: date, now: datetime) -> list[list[DayCount]]:
    """How many meet on each day of the month; one statement."""
    waiting = Q(status=MeetingStatus.PLANNED, confirmed_at=None, starts_at__gt=now)
    rows = (
        meetings.exclude(status=MeetingStatus.CANCELLED)
        .order_by()
        .values("held_on")
        .annotate(count=Count("pk"), unconfirmed=Count("pk", filter=waiting))
    )
    found = {row["held_on"]: (row["count"], row["unconfirmed"]) for row in rows}
    most = max((count for count, _ in found.values()), default=0)
    today = timezone.localdate(now)
    return [
        [day_count(day, month, today, found.get(day, (0, 0)), most) for day in week]
        for week in weeks_of(month)
    ]


def day_count(day: date, month: date, today: date, counted: tuple[int, int], most: int) -> DayCount:
    count, unconfirmed = counted
    return DayCount(
        day,
        in_month=day.month == month.month,
        is_today=day == today,
        holiday=holidays_of(day.year).get(day, ""),
        count=count,
        unconfirmed=unconfirmed,
        share=-(-count * 4 // most) if most else 0,
    )


def day_of(day: date, month: date, today: date, by_day: Mapping[date, list[Line]]) -> Day:
    return Day(
        day,
        in_month=day.month == month.month,
        is_today=day == today,
        holiday=holidays_of(day.year).get(day, ""),
        lines=by_day.get(day, []),
    )


def own_clashes(lines: Iterable[Line], official_id: int | None) -> list[tuple[Meeting, Meeting]]:
    """Among the meetings of one's own calendar: two that are too near each other, and both are still on."""
    going = [
        line.meeting
        for line in lines
        if line.meeting.status == MeetingStatus.PLANNED
        and (one := line.of(official_id)) is not None
        and not one.is_excused
    ]
    return [pair for pair in pairwise(going) if pair[1].starts_at - pair[0].starts_at < APART]
