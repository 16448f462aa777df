"""Once a week: the reports that are still missing, to the superior of those who owe them (R14)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from assignments.attendees import attendees_on
from meetings.models import Meeting
from notices import actions as notices
from notices import ladder, quiet
from notices.actions import Due
from notices.models import LadderStep
from reports.states import ReportStatus
from roster.models import Unit, User
from roster.states import Role, Units
from roster.templatetags.vn import commune_in

KIND: Final = "reports.late_list"
SUPERIORS: Final = (Role.COMMUNE_OFFICER, Role.COMMISSION_OFFICER, Role.COMMISSION_LEADER)
LINES: Final = 20


def owe_late_lists(now: datetime) -> None:
    """On the weekday of the step (1: Monday): to each commune its own list, to the commission the whole one.

    A day that was missed is caught up. On the list is what is late and can still be filed, if
    somebody was sent there; nobody gets an empty list, nor the same week's twice.
    """
    today = timezone.localdate(now)
    for step in ladder.steps_on(today, (KIND,)).values():
        day = today - timedelta(days=(today.isoweekday() - step.days) % 7)
        if (today - day).days <= step.grace:
            notices.owe_many(KIND, lists(step, day, missing(day)))


def missing(day: date) -> list[Meeting]:
    """Never filed, or returned and not filed again by the day set then."""
    unfiled = Q(report=None) | Q(report__status=ReportStatus.DRAFT)
    returned = Q(report__status=ReportStatus.RETURNED, report__due_on__lt=day)
    late = Meeting.objects.live().filter(locked_on__gt=day)
    rows = list(
        late.filter(Q(unfiled, late_after__lt=day) | returned)
        .select_related("unit__home__place", "report")
        .order_by("late_after", "pk")
    )
    sent = attendees_on((row.unit_id, row.held_on) for row in rows)
    return [row for row in rows if sent[row.unit_id, row.held_on]]


def lists(step: LadderStep, day: date, rows: Collection[Meeting]) -> list[Due]:
    places: Mapping[int, list[Meeting]] = defaultdict(list)
    for row in rows:
        for place in places_of(row):
            places[place].append(row)
    people = User.objects.filter(role__in=SUPERIORS, unit__in=list(places), is_active=True)
    due_at, end = quiet.at(day, step.at), quiet.at(day + timedelta(days=step.grace + 1), time.min)
    return [
        Due(
            user,
            f"late_list:{day:%Y%m%d}",
            facts_of(user.unit, places[user.unit.pk], day),
            due_at,
            end,
        )
        for user in people.select_related("unit")
        if user.unit
    ]


def places_of(meeting: Meeting) -> list[int]:
    """The commune whose work the report is today, and all above it: who had the list before may have no office left."""
    home = commune_in(meeting, Units.NOW)
    return [*home.ancestor_ids, home.pk] if home else []


def facts_of(place: Unit, rows: list[Meeting], day: date) -> dict[str, object]:
    """Place and date only."""
    lines = [
        f"{row.unit.committee_name}{f', {home.name}' if (home := commune_in(row, Units.NOW)) else ''}:"
        f" họp {row.held_on:%d/%m/%Y}, {deadline_of(row)}"
        for row in rows[:LINES]
    ]
    return {
        "place": place.name,
        "count": len(rows),
        "day": f"{day:%d/%m/%Y}",
        "lines": lines,
        "more": max(len(rows) - LINES, 0),
        "url": reverse("reports:report_missing"),
    }


def deadline_of(meeting: Meeting) -> str:
    report = getattr(meeting, "report", None)
    if report and report.status == ReportStatus.RETURNED:
        return f"trả lại bổ sung, hạn {report.due_on:%d/%m/%Y}"
    return f"hạn {meeting.report_due_on:%d/%m/%Y}"
