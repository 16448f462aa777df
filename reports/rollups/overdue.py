"""What is overdue on the day of building: reports that were not filed, recommendations without an answer."""

from datetime import date, datetime
from typing import Final, TypedDict

from django.db.models import Count, Q

from assignments.attendees import Attendee, attendees_on
from config.lib.months import Period
from meetings.querysets import MeetingQuerySet
from reports.facts import OverdueRecommendation, OverdueReport
from reports.models import Recommendation
from reports.rollups.voices import COMMUNE_NAME, place_name
from roster.states import Units

ROWS_KEPT: Final = 500
AT_THE_DESK: Final = "bộ phận tiếp nhận"  # an authority has given it back, the clock runs on
"""Rows kept of each list; how many there were in all stands beside them."""


class OverdueRecommendations(TypedDict):
    overdue_recommendations: list[OverdueRecommendation]
    overdue_recommendations_total: int
    overdue_by_authority: list[tuple[str, int]]


def overdue_reports(
    meetings: MeetingQuerySet, now: datetime, today: date, units: Units
) -> tuple[list[OverdueReport], int]:
    """Meetings with somebody assigned whose report was not filed though its last day has passed."""
    unreported = (
        meetings.begun(now)
        .assigned()
        .filter(Q(report=None) | Q(report__first_submitted_at=None), late_after__lt=today)
        .order_by("late_after", COMMUNE_NAME[units] + "_key", "unit__name_key", "pk")
    )
    rows = list(
        unreported.values_list("unit", "unit__name", COMMUNE_NAME[units], "held_on", "late_after")[
            :ROWS_KEPT
        ]
    )
    who = attendees_on([(unit, held_on) for unit, _, _, held_on, _ in rows])
    found: list[OverdueReport] = [
        {
            "place": commune or "",
            "meeting": name,
            "held_on": held_on.isoformat(),
            "late_after": late_after.isoformat(),
            "days": (today - late_after).days,
            "attendee": names(who[unit, held_on]),
        }
        for unit, name, commune, held_on, late_after in rows
    ]
    return found, unreported.count()


def names(attendees: list[Attendee]) -> str:
    """The main attendee, or whoever goes in his or her place."""
    return attendees[0].official.full_name if attendees else ""


def overdue_recommendations(
    inside: MeetingQuerySet, period: Period, today: date, units: Units
) -> OverdueRecommendations:
    """Those raised until the end of the period whose deadline has passed without an answer."""
    waiting = (
        Recommendation.objects.overdue(today)
        .filter(report__meeting__in=inside, raised_on__lte=period.ends_on)
        .order_by("due_on", "number")
    )
    rows = waiting.values_list(
        "number",
        "unit__name",
        f"report__meeting__{COMMUNE_NAME[units]}",
        "text",
        "authority__name",
        "due_on",
    )[:ROWS_KEPT]
    return {
        "overdue_recommendations": [
            {
                "number": number,
                "place": place_name(branch, commune),
                "text": text,
                "authority": authority or AT_THE_DESK,
                "due_on": due_on.isoformat(),
                "days": (today - due_on).days,
            }
            for number, branch, commune, text, authority, due_on in rows
            if due_on
        ],
        "overdue_recommendations_total": waiting.count(),
        "overdue_by_authority": [
            (name or AT_THE_DESK, number)
            for name, number in waiting.order_by()
            .values_list("authority__name")
            .annotate(number=Count("pk"))
            .order_by("-number", "authority__name")
        ],
    }
