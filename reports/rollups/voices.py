"""What branches spoke of, by topic: pressing problems and mood. Matters, never persons."""

from collections import defaultdict
from typing import Final

from django.db.models import Count

from reports.facts import Topic, Voice
from reports.models import Field, Mood
from reports.querysets import MeetingReportQuerySet
from reports.states import MoodTone
from roster.states import Units

COMMUNE_NAME: Final = {units: f"{units.way}__name" for units in Units}
VOICES_KEPT: Final = 50
"""Texts kept for each topic; how many there were in all stands beside them."""


def topics_of(reports: MeetingReportQuerySet, units: Units) -> list[Topic]:
    """Topics with a problem or a mood, those with most pressing problems first."""
    problems = problem_counts(reports)
    moods = mood_counts(reports)
    topics = [
        topic(field, problems.get(field.pk, 0), moods[field.pk], reports, units)
        for field in Field.objects.order_by("position", "name")
        if field.pk in problems or field.pk in moods
    ]
    return sorted(topics, key=lambda row: (-row["problems"], -row["pressing"], -row["concerned"]))


def topic(
    field: Field,
    problems: int,
    moods: dict[str, int],
    reports: MeetingReportQuerySet,
    units: Units,
) -> Topic:
    return {
        "name": field.name,
        "problems": problems,
        "calm": moods.get(MoodTone.CALM, 0),
        "concerned": moods.get(MoodTone.CONCERNED, 0),
        "pressing": moods.get(MoodTone.PRESSING, 0),
        "voices": voices_of(field, reports, units) if problems else [],
    }


def problem_counts(reports: MeetingReportQuerySet) -> dict[int, int]:
    told = reports.exclude(pressing_problem="").filter(pressing_field__isnull=False)
    return dict(told.order_by().values_list("pressing_field").annotate(Count("pk")))


def mood_counts(reports: MeetingReportQuerySet) -> dict[int, dict[str, int]]:
    rows = Mood.objects.filter(report__in=reports).order_by().values_list("field", "tone")
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for field, tone, number in rows.annotate(Count("pk")):
        found[field][tone] = number
    return found


def voices_of(field: Field, reports: MeetingReportQuerySet, units: Units) -> list[Voice]:
    """The latest problems of one topic, with their branch and commune."""
    told = (
        reports.exclude(pressing_problem="")
        .filter(pressing_field=field)
        .order_by("-meeting__held_on", "-pk")
        .values_list("pressing_problem", "meeting__unit__name", f"meeting__{COMMUNE_NAME[units]}")
    )
    return [
        {"text": text, "place": place_name(unit, commune)}
        for text, unit, commune in told[:VOICES_KEPT]
    ]


def place_name(unit: str, commune: str | None) -> str:
    """`Chi bộ xóm 13, xã Quang Thiện`; a committee's own meeting is named once."""
    if not commune or commune == unit:
        return unit
    return f"{unit}, {commune[:1].lower()}{commune[1:]}"
