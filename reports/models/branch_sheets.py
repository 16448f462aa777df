"""The branch's own score sheet, as its secretary entered it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from meetings.models import Meeting
from reports.models.forms import Criterion, ScoringFrame
from roster.models import User


class BranchSheet(models.Model):
    """How the branch scored its own meeting; it stands in the report in place of what the attendee copied.

    Where there is none, the branch's points of a report were copied by the attendee.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="branch_sheet")
    frame = models.ForeignKey(ScoringFrame, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        User, verbose_name="người nhập", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("nhập lúc")

    class Meta:
        verbose_name = "phiếu chi bộ tự chấm"
        verbose_name_plural = "phiếu chi bộ tự chấm"

    def __str__(self) -> str:
        return f"Phiếu tự chấm, {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("reports:branch_sheet_edit", args=[self.meeting_id])


class BranchPoints(models.Model):
    """Points for one criterion of a branch's own sheet; `chosen` as in `Score`."""

    sheet = models.ForeignKey(BranchSheet, on_delete=models.CASCADE, related_name="lines")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT)
    points = models.DecimalField("điểm", max_digits=4, decimal_places=1)
    max_points = models.PositiveSmallIntegerField("điểm tối đa")
    chosen = models.JSONField("các ý đã chọn", default=dict, db_default={}, blank=True)

    class Meta:
        verbose_name = "điểm chi bộ tự chấm"
        verbose_name_plural = "điểm chi bộ tự chấm"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"], name="branch_scores_a_criterion_once"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0) & Q(points__lte=F("max_points")),
                name="branch_points_are_at_most_the_maximum",
                violation_error_message="Điểm vượt mức tối đa của tiêu chí.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"
