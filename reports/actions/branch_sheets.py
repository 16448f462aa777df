"""The branch's own score sheet: entered by its secretary, and laid over what the attendee copied."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from config.lib.errors import refuse_if
from meetings.models import Meeting
from reports.models import BranchPoints, BranchSheet, MeetingReport, Score, ScoringFrame
from reports.parts import Chosen
from reports.querysets import FILED
from reports.rollups.marks import mark_dirty
from reports.rules import branch_sheets as rules
from reports.states import ReportStatus, ScoredBy
from roster import audit
from roster.models import User

WITH_SCORES = (*FILED, ReportStatus.RETURNED)


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
        lay_over(report)
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


def lay_over(report: MeetingReport) -> None:
    """The secretary's sheet takes the place of the copy in the filed report."""
    scores = own_scores(report)
    report.scores.filter(scored_by=ScoredBy.BRANCH).delete()
    Score.objects.bulk_create(scores)
    report.branch_points = sum((score.points for score in scores), start=Decimal())
    report.save(update_fields=["branch_points"])


def own_scores(report: MeetingReport) -> list[Score]:
    """The secretary's sheet as the report shows it; empty where there is none."""
    return [
        Score(
            report=report,
            scored_by=ScoredBy.BRANCH,
            criterion_id=line.criterion_id,
            points=line.points,
            max_points=line.max_points,
            chosen=line.chosen,
        )
        for line in BranchPoints.objects.filter(sheet__meeting=report.meeting_id)
    ]
