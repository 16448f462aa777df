"""What the form tells its writer: what was asked before, who answers such matters, what was answered since."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from config.lib.months import add_months
from config.lib.secrecy import PATTERNS, SENTENCE
from config.lib.text import fold
from meetings.models import Meeting
from meetings.states import MeetingStatus
from reports.models import Field, MeetingReport, Recommendation
from roster.models import Unit, User
from roster.states import UnitKind

MONTHS_BACK: Final = 12
MOST_SHOWN: Final = 3
MOST_ANSWERED: Final = 10
# A few words are alike everywhere ("sửa đường"); below this a likeness says nothing.
FEWEST_LETTERS: Final = 20
# as `Field.usual_authority` says it: the one of the branch's commune
COMMUNE_COMMITTEE: Final = "UBND"


@dataclass(frozen=True)
class Suggestion:
    """Whom to address, and why in words."""

    authority: Unit
    reason: str


def secrecy() -> dict[str, Any]:
    """The marks of secrecy for the page, so that it warns of what the server is going to refuse."""
    return {"patterns": [one.pattern for one in PATTERNS], "sentence": SENTENCE}


def similar(report: MeetingReport, text: str, field: Field | None) -> list[Recommendation]:
    """Of the same commune and the last year, the most alike first; not the report's own."""
    words, meeting = fold(text), report.meeting
    if len(words) < FEWEST_LETTERS:
        return []
    near = Recommendation.objects.near(meeting.unit).exclude(report=report)
    lately = near.filter(raised_on__gte=add_months(meeting.month, -MONTHS_BACK))
    return list(lately.alike(words, field).select_related("field")[:MOST_SHOWN])


def suggestion(field: Field, authorities: Sequence[Unit]) -> Suggestion | None:
    """Who answered last in this field, of those that may be addressed here; else who usually does."""
    by_key = {unit.pk: unit for unit in authorities}
    answered = Recommendation.objects.filter(
        field=field, authority__in=by_key, answered_at__isnull=False
    )
    newest = answered.order_by("-answered_at", "-pk").values_list("authority", flat=True).first()
    if newest is None:
        return usual_suggestion(field, authorities)
    name = by_key[newest].name
    return Suggestion(
        by_key[newest],
        f"vì kiến nghị lĩnh vực {field.name.lower()} gần đây do {name} trả lời",
    )


def usual_suggestion(field: Field, authorities: Sequence[Unit]) -> Suggestion | None:
    named = [unit for unit in authorities if unit.name == field.usual_authority]
    if field.usual_authority == COMMUNE_COMMITTEE:
        named = commune_committee(authorities)
    if not named:
        return None
    reason = f"vì việc lĩnh vực {field.name.lower()} thường do {named[0].name} giải quyết"
    return Suggestion(named[0], reason)


def commune_committee(authorities: Sequence[Unit]) -> list[Unit]:
    """UBND of the commune that is among them, where it is on record; else the commune itself."""
    communes = [unit for unit in authorities if unit.kind == UnitKind.COMMUNE]
    names = {fold(f"{COMMUNE_COMMITTEE} {commune.name}") for commune in communes}
    return [unit for unit in authorities if fold(unit.name) in names] or communes


def answered_since_last(meeting: Meeting, user: User) -> list[Recommendation]:
    """The branch's recommendations answered since its meeting before this one, or not read out yet."""
    before = (
        Meeting.objects.exclude(status=MeetingStatus.CANCELLED)
        .filter(unit=meeting.unit_id, kind=meeting.kind, starts_at__lt=meeting.starts_at)
        .order_by("-starts_at")
        .values_list("starts_at", flat=True)
        .first()
    )
    seen = Recommendation.objects.visible_to(user).filter(unit=meeting.unit_id)
    rows = seen.answered_since(before).order_by("answered_at", "pk")
    return list(rows.select_related("field").prefetch_related("answers__authority")[:MOST_ANSWERED])
