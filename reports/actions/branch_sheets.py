"""The branch's own score sheet: entered by its secretary, and laid over what the attendee copied."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import connection, transaction

from config.lib.errors import refuse_if
from meetings.models import Meeting
from reports.models import BranchPoints, BranchSheet, MeetingReport, ScoringFrame
from reports.parts import Chosen
from reports.querysets import FILED
from reports.rollups.marks import mark_dirty
from reports.rules import branch_sheets as rules
from reports.states import ReportStatus, ScoredBy
from roster import audit
from roster.models import User

WITH_SCORES = (*FILED, ReportStatus.RETURNED)
LAY_OVER: Final = """
INSERT INTO reports_score (report_id, scored_by, criterion_id, points, max_points, chosen)
SELECT %s, %s, line.criterion_id, line.points, line.max_points, line.chosen
FROM reports_branchpoints line JOIN reports_branchsheet sheet ON sheet.id = line.sheet_id
WHERE sheet.meeting_id = %s ORDER BY line.id
RETURNING points
"""


@transaction.atomic
def score_by_branch(
    meeting: Meeting,
    points: Mapping[int, Decimal],
    *,
    by: User,
    now: datetime,
    chosen: Mapping[int, Chosen] | None = None,
) -> BranchSheet:
    """Keep the sheet: `points` by number of criterion, all of them; `chosen`, of those scored by their parts, the choices.
    A filed report shows it at once.

    The report's row is locked first, so that it is not accepted or filed at the same moment.
    """
    reports = MeetingReport.objects.select_for_update(of=("self",)).select_related("meeting")
    report = reports.filter(meeting=meeting).first()
    refuse_if(rules.why_not_score(meeting, report, by, now))
    frame = report.frame if report else ScoringFrame.objects.on(meeting.held_on).get()
    sheet, _ = BranchSheet.objects.update_or_create(
        meeting=meeting, defaults={"frame": frame, "by": by, "at": now}
    )
    write_lines(sheet, points, chosen or {})
    if report and report.status in WITH_SCORES:
        replace_copy(report)
        mark_dirty(meeting)
    audit.record("scored_by_branch", sheet, by=by, points=str(sum(points.values())))
    return sheet


def write_lines(
    sheet: BranchSheet, points: Mapping[int, Decimal], chosen: Mapping[int, Chosen]
) -> None:
    sheet.lines.all().delete()
    BranchPoints.objects.bulk_create(
        BranchPoints(
            sheet=sheet,
            criterion=criterion,
            points=points[criterion.number],
            max_points=criterion.max_points,
            chosen=chosen.get(criterion.number, {}),
        )
        for criterion in sheet.frame.criteria.all()
    )


def replace_copy(report: MeetingReport) -> None:
    """The secretary's sheet takes the place of the copy in the filed report."""
    report.scores.filter(scored_by=ScoredBy.BRANCH).delete()
    report.branch_points = sum(lay_over(report), start=Decimal())
    report.save(update_fields=["branch_points"])


def lay_over(report: MeetingReport) -> list[Decimal]:
    """Write the secretary's sheet into the report, where there is one; the points of its lines."""
    with connection.cursor() as cursor:
        cursor.execute(LAY_OVER, [report.pk, ScoredBy.BRANCH, report.meeting_id])
        return [points for (points,) in cursor.fetchall()]
