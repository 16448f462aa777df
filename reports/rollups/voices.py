"""What branches spoke of, by topic: pressing problems and mood. Matters, never persons."""

from collections import defaultdict
from typing import Final

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

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
    voices = voices_of(reports, units)
    topics = [
        topic(field, problems.get(field.pk, 0), moods[field.pk], voices[field.pk])
        for field in Field.objects.order_by("position", "name")
        if field.pk in problems or field.pk in moods
    ]
    return sorted(topics, key=lambda row: (-row["problems"], -row["pressing"], -row["concerned"]))


def topic(field: Field, problems: int, moods: dict[str, int], voices: list[Voice]) -> Topic:
    return {
        "name": field.name,
        "problems": problems,
        "calm": moods.get(MoodTone.CALM, 0),
        "concerned": moods.get(MoodTone.CONCERNED, 0),
        "pressing": moods.get(MoodTone.PRESSING, 0),
        "voices": voices,
    }


def told_in(reports: MeetingReportQuerySet) -> MeetingReportQuerySet:
    """Those that tell of a problem of some topic."""
    return reports.exclude(pressing_problem="").filter(pressing_field__isnull=False).order_by()


def problem_counts(reports: MeetingReportQuerySet) -> dict[int, int]:
    return dict(told_in(reports).values_list("pressing_field").annotate(Count("pk")))


def mood_counts(reports: MeetingReportQuerySet) -> dict[int, dict[str, int]]:
    rows = Mood.objects.filter(report__in=reports).order_by().values_list("field", "tone")
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for field, tone, number in rows.annotate(Count("pk")):
        found[field][tone] = number
    return found


def voices_of(reports: MeetingReportQuerySet, units: Units) -> dict[int, list[Voice]]:
    """The latest problems of each topic, with their branch and commune; in one statement for all of them."""
    latest = Window(
        RowNumber(),
        partition_by="pressing_field",
        order_by=[F("meeting__held_on").desc(), F("pk").desc()],
    )
    told = told_in(reports).annotate(place=latest).filter(place__lte=VOICES_KEPT)
    found: dict[int, list[Voice]] = defaultdict(list)
    for field, text, unit, commune in told.order_by("pressing_field", "place").values_list(
        "pressing_field", "pressing_problem", "meeting__unit__name", f"meeting__{COMMUNE_NAME[units]}"
    ):  # fmt: skip
        found[field].append({"text": text, "place": place_name(unit, commune)})
    return found


def place_name(unit: str, commune: str | None) -> str:
    """`Chi bộ xóm 13, xã Quang Thiện`; a committee's own meeting is named once."""
    if not commune or commune == unit:
        return unit
    return f"{unit}, {commune[:1].lower()}{commune[1:]}"
