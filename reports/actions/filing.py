"""What becomes of a submitted form: columns, scores, moods, recommendations, and the copy that is kept.

`cleaned` holds the columns of the report (COLUMNS) and the answers by stable key; `scores`
(`{"attendee": {number of criterion: points}, "branch": {…}}`, a sheet may be missing), `choices` (in the same way the
choice of each part, where points are the sum of parts), `moods`
(dicts of field, tone, text) and `recommendations` (dicts of text, proposal, field, urgency,
suggested_authority, and number where the row was filed before).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from decimal import Decimal
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model

from config.lib.appending import append
from config.lib.status import change_status
from reports.actions import branch_sheets
from reports.form_design import COLUMNS
from reports.frames import frame_in_use
from reports.models import MeetingReport, Mood, Recommendation, Score
from reports.states import RecommendationStatus, ScoredBy

FILES: Final = """
SELECT sha256 FROM reports_attachment attached JOIN roster_storedfile file ON file.id = attached.file_id
WHERE attached.report_id = %s ORDER BY attached.id
"""
Cleaned = Mapping[str, Any]
ASKED: Final = ("text", "proposal", "field", "urgency", "suggested_authority")


def content_of(report: MeetingReport, cleaned: Cleaned) -> dict[str, Any]:
    """The submitted content as JSON, the same for the same words: it is kept, and hashed for the receipt."""
    return {
        "meeting": report.meeting_id,
        "files": hashes_of_files(report),
        **{name: plain(value) for name, value in sorted(cleaned.items())},
    }


def hashes_of_files(report: MeetingReport) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(FILES, [report.pk])
        return [sha256 for (sha256,) in cursor.fetchall()]


def plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value) if isinstance(value, Model) else value


def receipt_of(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def columns_of(cleaned: Cleaned) -> dict[str, Any]:
    return {name: cleaned[name] for name in COLUMNS if name in cleaned}


def answers_of(report: MeetingReport, cleaned: Cleaned) -> dict[str, Any]:
    """Answers by the stable keys of the report's own form; nothing else gets in."""
    asked = [field["key"] for section in report.form.definition for field in section["fields"]]
    keys = [key for key in asked if key not in COLUMNS]
    return {key: cleaned[key] for key in keys if cleaned.get(key) not in (None, "", [])}


def points_of(report: MeetingReport, sheets: Mapping[str, Iterable[Decimal]]) -> dict[str, Any]:
    """Both totals, and the band of the attendee's."""
    totals = {who: sum(points, start=Decimal()) for who, points in sheets.items()}
    points = totals.get(ScoredBy.ATTENDEE)
    return {
        "attendee_points": points,
        "branch_points": totals.get(ScoredBy.BRANCH),
        "band": band_of(report, points),
    }


def band_of(report: MeetingReport, points: Decimal | None) -> str:
    if points is None:
        return ""
    bands = frame_in_use(report.frame_id).bands.all()
    return next(band.name for band in bands if points >= band.min_points)


def write_parts(report: MeetingReport, cleaned: Cleaned) -> dict[str, Iterable[Decimal]]:
    """Moods and scores, in place of those of an earlier submission; the points of each sheet, for who sums them up."""
    if report.number:
        report.scores.all().delete()
        report.moods.all().delete()
    append([Mood(report=report, **mood) for mood in cleaned.get("moods", ())])
    sheets = dict(cleaned.get("scores", {}))
    own = branch_sheets.lay_over(report)
    if own:  # in place of what the attendee copied
        sheets.pop(ScoredBy.BRANCH, None)
    write_scores(report, sheets, cleaned.get("choices", {}))
    points = {who: sheet.values() for who, sheet in sheets.items()}
    return {**points, ScoredBy.BRANCH: own} if own else points


def write_scores(
    report: MeetingReport,
    sheets: Mapping[str, Mapping[int, Decimal]],
    chosen: Mapping[str, Mapping[int, Any]],
) -> None:
    criteria = {one.number: one for one in frame_in_use(report.frame_id).criteria.all()}
    scores = [
        Score(
            report=report,
            scored_by=who,
            criterion=criteria[number],
            points=points,
            max_points=criteria[number].max_points,
            chosen=chosen.get(who, {}).get(number, {}),
        )
        for who, sheet in sheets.items()
        for number, points in sheet.items()
    ]
    append(scores)


def update_recommendations(
    report: MeetingReport, rows: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Bring those of an earlier submission up to date, and return the rows that are new.

    What the desk has already sent on stays as it was sent. A row that was taken out is set
    aside: its number has been seen.
    """
    filed = {row.number: row for row in report.recommendations.all()}
    kept = {row["number"]: row for row in rows if row.get("number") in filed}
    for number, recommendation in filed.items():
        if recommendation.status == RecommendationStatus.RECEIVED:
            update_recommendation(recommendation, kept.get(number))
    return [row for row in rows if row.get("number") not in filed]


def update_recommendation(recommendation: Recommendation, row: Mapping[str, Any] | None) -> None:
    if row is None:
        reason = "Người dự rút lại khi bổ sung báo cáo."
        change_status(recommendation, RecommendationStatus.SET_ASIDE, set_aside_because=reason)
        return
    for name in ASKED:
        setattr(recommendation, name, row.get(name))
    recommendation.save(update_fields=[*ASKED, "search"])


def add_recommendations(
    report: MeetingReport, rows: Sequence[Mapping[str, Any]], numbers: Sequence[str]
) -> None:
    meeting = report.meeting
    added = [
        Recommendation(
            report=report,
            unit_id=meeting.unit_id,
            raised_on=meeting.held_on,
            number=number,
            **{name: row[name] for name in ASKED if name in row},
        )
        for row, number in zip(rows, numbers, strict=True)
    ]
    for recommendation in added:
        recommendation.fill_keys()
    append(added)
