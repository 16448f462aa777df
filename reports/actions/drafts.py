"""Drafts as flat JSON objects of form field names, the way a browser sends them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from meetings.models import Meeting
from reports.form_design import COLUMNS
from reports.models import BranchPoints, Field, MeetingReport, Recommendation, Score
from reports.parts import name_of
from reports.states import RecommendationStatus

ROW: Final = re.compile(r"(?P<prefix>[a-z]+)-(?P<index>\d{1,3})-(?P<name>[a-z_]+)")


def prefilled(meeting: Meeting) -> dict[str, Any]:
    """What is known before anybody types: the planned hour and the number of members."""
    known = {
        "began_at": f"{timezone.localtime(meeting.starts_at):%H:%M}",
        "member_count": meeting.unit.member_count,
    }
    return {name: str(value) for name, value in known.items() if value is not None}


def draft_of(report: MeetingReport) -> dict[str, Any]:
    """A filed report as a draft again, so that its author can mend it after a return."""
    columns = {name: typed(getattr(report, name)) for name in COLUMNS}
    scores = typed_scores(
        (score.scored_by, score) for score in report.scores.select_related("criterion")
    )
    moods = [
        {"field": str(mood.field_id), "tone": mood.tone, "text": mood.text}
        for mood in report.moods.order_by("pk")
    ]
    own = report.recommendations.filter(status=RecommendationStatus.RECEIVED).order_by("number")
    asked = [recommendation_row(row) for row in own]
    rows = {**flat("moods", moods), **flat("recommendations", asked)}
    return {
        name: value
        for name, value in (columns | report.answers | scores | rows).items()
        if value not in ("", None)
    }


def typed_scores(scores: Iterable[tuple[str, Score | BranchPoints]]) -> dict[str, str]:
    """Points, and the choices that they come from, by the names of their fields."""
    found = {}
    for who, score in scores:
        number = score.criterion.number
        found[name_of(who, number)] = typed(score.points)
        found |= {name_of(who, number, part): choice for part, choice in score.chosen.items()}
    return found


def recommendation_row(row: Recommendation) -> dict[str, str]:
    return {
        "number": row.number,
        "text": row.text,
        "proposal": row.proposal,
        "field": str(row.field_id),
        "urgency": row.urgency,
        "suggested_authority": str(row.suggested_authority_id or ""),
    }


def flat(prefix: str, rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    return {
        f"{prefix}-{index}-{name}": value
        for index, row in enumerate(rows)
        for name, value in row.items()
    }


def rows_of(draft: Mapping[str, Any], prefix: str) -> list[dict[str, Any]]:
    """The rows `prefix-0-…`, `prefix-1-…` of a draft, without the gaps that removed rows leave."""
    rows: dict[int, dict[str, Any]] = {}
    for key, value in draft.items():
        match = ROW.fullmatch(key)
        if match and match["prefix"] == prefix and value:
            rows.setdefault(int(match["index"]), {})[match["name"]] = value
    return [rows[index] for index in sorted(rows)]


def texts_in(draft: Mapping[str, Any]) -> Iterable[str]:
    """Everything a draft keeps: names of fields too, as whoever sends them writes them."""
    for name, value in draft.items():
        yield name
        yield from value if isinstance(value, list) else (str(value),)


def typed(value: Any) -> Any:
    """A column's value as somebody would have typed it."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Field):
        return str(value.pk)
    return "" if value is None else str(value)
