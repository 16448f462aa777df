"""The shape of a summary's frozen facts, and their canonical form. Plain JSON values only."""

import hashlib
import json
from typing import Any, Final, NotRequired, TypedDict

SCHEMA: Final = 1


class Counts(TypedDict):
    """Counts of meetings with somebody assigned; `unassigned` stands apart from all others.

    planned = cancelled + not_yet + expected; report_due = on_time + late + missing; reported = on_time + late.
    What is expected but neither reported nor missing has its deadline still before it.
    """

    planned: int
    unassigned: int
    cancelled: int
    not_yet: int
    expected: int
    held: int
    attended: int
    report_due: int
    reported: int
    on_time: int
    late: int
    missing: int
    recommendations: int


COUNTS: Final = tuple(Counts.__annotations__)


class Place(TypedDict):
    """One line of the table: a commune of the province, a branch of the commune; `unit` is its primary key."""

    unit: int
    name: str
    counts: Counts
    bands: dict[str, int]


class Part(TypedDict):
    """The same counts for one kind of meeting or one month."""

    name: str
    counts: Counts


class Members(TypedDict):
    """Head counts of the filed reports; never names."""

    reports: int
    obliged: int
    present: int
    excused: int
    unexcused: int


class Scores(TypedDict):
    scored: int
    average: str
    bands: list[tuple[str, int]]


class Voice(TypedDict):
    """What a branch said, as a matter: text and place."""

    text: str
    place: str


class Topic(TypedDict):
    """Pressing problems and mood of one field; `voices` holds the first of `problems`."""

    name: str
    problems: int
    calm: int
    concerned: int
    pressing: int
    voices: list[Voice]


class Matter(TypedDict):
    """Recommendations of one field or authority, by what became of them."""

    name: str
    total: int
    received: int
    open: int
    answered: int
    closed: int
    set_aside: int
    overdue: int


class OverdueReport(TypedDict):
    place: str
    meeting: str
    held_on: str
    late_after: str
    days: int
    attendee: str


class OverdueRecommendation(TypedDict):
    number: str
    place: str
    text: str
    authority: str
    due_on: str
    days: int


class Issue(TypedDict):
    """What is known only when the document is approved and issued."""

    number: int | None
    dated: str
    authority: str
    office: str
    name: str


class Facts(TypedDict):
    """Everything the three files say; they are made from this and nothing else."""

    schema: int
    unit: dict[str, str]
    period: dict[str, str]
    units: NotRequired[str]  # of sealed facts from before there was a choice: as then
    as_of: str
    totals: Counts
    kinds: list[Part]
    months: list[Part]
    places: list[Place]
    members: Members
    scores: Scores
    topics: list[Topic]
    raised: int
    by_status: list[tuple[str, int]]
    by_field: list[Matter]
    by_authority: list[Matter]
    overdue_reports: list[OverdueReport]
    overdue_reports_total: int
    overdue_recommendations: list[OverdueRecommendation]
    overdue_recommendations_total: int
    overdue_by_authority: list[tuple[str, int]]
    issue: Issue | None


def canonical(facts: Any) -> str:
    """One text for one set of facts: sorted keys, no spaces, NFC as stored."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(facts: Any, previous: str) -> str:
    """SHA-256 over the canonical facts and the seal before: one changed summary breaks all that follow."""
    return hashlib.sha256(f"{previous}\n{canonical(facts)}".encode()).hexdigest()


def busy(places: list[Place]) -> list[Place]:
    """Those where anything was counted; page, DOCX and PDF leave the others out and say how many they are."""
    return [place for place in places if any(place["counts"].values())]
