"""What the planner should know of each branch in a quarter: how weak it was, and what it asked for."""

from datetime import date
from typing import Any, Final

from django.db import connection

from assignments.models import BranchNeed
from meetings.states import MeetingStatus
from reports.states import RecommendationStatus, ReportStatus
from roster.states import UnitKind

MONTHS_BACK: Final = 6
QUARTER: Final = 3
# Below these shares of the points that could be had the priority is 3 (most senior people), 2, 1.
WORST: Final = 0.5
POOR: Final = 0.65
FAIR: Final = 0.8
WRITE: Final = """
WITH scored AS (
    SELECT meeting.unit_id AS unit, sum(score.points) / sum(score.max_points) AS share
    FROM reports_score score
    JOIN reports_meetingreport report ON report.id = score.report_id
    JOIN meetings_meeting meeting ON meeting.id = report.meeting_id
    WHERE report.status = %(accepted)s AND meeting.status <> %(cancelled)s
      AND meeting.held_on >= %(first)s AND meeting.held_on < %(quarter)s
    GROUP BY meeting.unit_id HAVING sum(score.max_points) > 0
), asked AS (
    SELECT ask.unit_id AS unit, jsonb_agg(DISTINCT field.code) AS fields,
           coalesce(jsonb_agg(DISTINCT coalesce(ask.authority_id, ask.suggested_authority_id))
               FILTER (WHERE coalesce(ask.authority_id, ask.suggested_authority_id) IS NOT NULL),
               '[]') AS agencies
    FROM reports_recommendation ask JOIN reports_field field ON field.id = ask.field_id
    WHERE ask.status = ANY(%(open)s) AND ask.raised_on < %(quarter)s
    GROUP BY ask.unit_id
)
INSERT INTO assignments_branchneed (unit_id, quarter_starts_on, priority, fields, agencies)
SELECT unit.id, %(quarter)s,
       CASE WHEN share < %(worst)s THEN 3 WHEN share < %(poor)s THEN 2
            WHEN share < %(fair)s THEN 1 ELSE 0 END,
       coalesce(asked.fields, '[]'), coalesce(asked.agencies, '[]')
FROM roster_unit unit
LEFT JOIN scored ON scored.unit = unit.id
LEFT JOIN asked ON asked.unit = unit.id
WHERE unit.kind = %(branch)s AND (unit.ends_on IS NULL OR unit.ends_on >= %(quarter)s)
ON CONFLICT (unit_id, quarter_starts_on) DO UPDATE SET
    priority = excluded.priority, fields = excluded.fields, agencies = excluded.agencies
"""


def quarter_of(day: date) -> date:
    return date(day.year, day.month - (day.month - 1) % QUARTER, 1)


def months_before(first: date, count: int) -> date:
    years, month = divmod(first.year * 12 + first.month - 1 - count, 12)
    return date(years, month + 1, 1)


def write_needs(day: date) -> int:
    """Of every branch, for the quarter in which `day` lies, from the two quarters before; how many rows."""
    quarter = quarter_of(day)
    told: dict[str, Any] = {
        "quarter": quarter,
        "first": months_before(quarter, MONTHS_BACK),
        "accepted": ReportStatus.ACCEPTED,
        "cancelled": MeetingStatus.CANCELLED,
        "open": [str(RecommendationStatus.RECEIVED), str(RecommendationStatus.OPEN)],
        "branch": UnitKind.BRANCH,
        "worst": WORST,
        "poor": POOR,
        "fair": FAIR,
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, told)
    return BranchNeed.objects.filter(quarter_starts_on=quarter).count()
