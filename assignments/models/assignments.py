"""Who goes where."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q

from assignments.models.decisions import Decision
from assignments.querysets import AssignmentQuerySet, SubstitutionQuerySet
from assignments.states import AttendeeRole, SubstitutionStatus
from roster.models import Official, Unit
from roster.models.dated import Period, ends_after_it_starts, never_twice
from roster.states import AbsenceReason


class Assignment(Period):
    """An official attends a branch's meetings, or a commune's enlarged committee meetings, for a term.

    The kind of the unit says which meeting. Among assignments in force the database
    refuses two main attendees of one unit on a day, and one official twice on one unit.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="assignments")
    official = models.ForeignKey(
        Official, verbose_name="cán bộ", on_delete=models.PROTECT, related_name="assignments"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="chi bộ, đảng ủy", on_delete=models.PROTECT, related_name="assignments"
    )
    role = models.CharField(
        "vai trò", max_length=6, choices=AttendeeRole, default=AttendeeRole.MAIN
    )
    in_force = models.BooleanField("có hiệu lực", default=False)
    ended_because = models.CharField("lý do kết thúc", max_length=200, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        constraints = [
            ends_after_it_starts("assignment_ends_after_it_starts"),
            never_twice(
                "unit",
                name="unit_has_one_main_attendee_a_day",
                message="Chi bộ này đã có người dự chính trong thời gian ấy.",
                condition=Q(role=AttendeeRole.MAIN, in_force=True),
            ),
            # As an expression, so that nobody is looked for here by unit: the planner of PostgreSQL would prefer this
            # index, in which the unit comes second, to the one on units (20 times the time of a look-up).
            never_twice(
                "official",
                Func(F("unit"), function="abs", output_field=models.BigIntegerField()),
                name="official_is_assigned_once_to_a_unit_a_day",
                message="Đồng chí này đã được phân công dự chi bộ ấy.",
                condition=Q(in_force=True),
            ),
            models.UniqueConstraint(
                fields=["decision", "official", "unit"],
                name="decision_names_a_pair_once",
                violation_error_message="Danh sách đã có dòng này.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official}, {self.unit}"


class Removal(models.Model):
    """A line of an earlier decision that an amendment ends, on the day before its own first day."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="removals")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="removals")

    class Meta:
        verbose_name = "thôi phân công"
        verbose_name_plural = "thôi phân công"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "assignment"],
                name="amendment_removes_a_line_once",
                violation_error_message="Dòng này đã được ghi thôi dự.",
            )
        ]

    def __str__(self) -> str:
        return f"thôi: {self.assignment}"


class LineChange(models.Model):
    """What one act did to a draft's list, so that it can be taken back: lines as they were, and as they are."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="line_changes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("lúc", auto_now_add=True)
    sentence = models.CharField("việc", max_length=200)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)

    class Meta:
        verbose_name = "thay đổi danh sách"
        verbose_name_plural = "thay đổi danh sách"

    def __str__(self) -> str:
        return self.sentence


class Substitution(Period):
    """Somebody else goes in an assignee's place for some days (R7). Without a substitute: a request.

    `instead_of` is the substitution whose substitute asks in turn: once accepted, it takes these days over.
    """

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="substitutions"
    )
    substitute = models.ForeignKey(
        Official,
        verbose_name="người thay",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="substitutions",
    )
    reason = models.CharField("lý do", max_length=20, choices=AbsenceReason)
    note = models.CharField("ghi chú", max_length=200, blank=True)
    status = models.CharField(
        "trạng thái", max_length=10, choices=SubstitutionStatus, default=SubstitutionStatus.ASKED
    )

    instead_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="passed_on"
    )

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = "đi thay"
        verbose_name_plural = "đi thay"
        constraints = [
            ends_after_it_starts("substitution_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "offered"]) | Q(substitute__isnull=False),
                name="accepted_substitution_has_a_substitute",
                violation_error_message="Chọn người đi thay.",
            ),
            never_twice(
                "assignment",
                name="assignment_has_one_substitute_a_day",
                message="Đã có người thay trong thời gian này.",
                condition=Q(status=SubstitutionStatus.ACCEPTED),
            ),
        ]

    def __str__(self) -> str:
        return f"thay {self.assignment.official}"

    def is_over(self, today: date) -> bool:
        """All its days have passed."""
        return self.ends_on is not None and self.ends_on < today

    @property
    def absent(self) -> Official:
        """Who cannot go on these days: the assignee, or the substitute who asks in turn."""
        asking = self.instead_of.substitute if self.instead_of else None
        return asking or self.assignment.official


class Refusal(models.Model):
    """A substitute who was offered declined. It counts for this request only: nobody is put first or last for it (R6)."""

    substitution = models.ForeignKey(
        Substitution, on_delete=models.CASCADE, related_name="refusals"
    )
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("lý do", max_length=20, choices=AbsenceReason)
    note = models.CharField("ghi thêm", max_length=200, blank=True)
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "từ chối đi thay"
        verbose_name_plural = "từ chối đi thay"
        constraints = [
            models.UniqueConstraint(
                fields=["substitution", "official"], name="substitute_declines_a_request_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.official}: {self.get_reason_display()}"


class BranchNeed(models.Model):
    """What the planner should know of a branch in a quarter; written from above by `reports`."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="needs")
    quarter_starts_on = models.DateField("quý từ ngày")
    priority = models.PositiveSmallIntegerField("mức ưu tiên", default=0)
    fields = models.JSONField("lĩnh vực chi bộ cần", default=list)
    agencies = models.JSONField("cơ quan làm lĩnh vực ấy", default=list)

    class Meta:
        verbose_name = "nhu cầu của chi bộ"
        verbose_name_plural = "nhu cầu của chi bộ"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "quarter_starts_on"], name="branch_need_once_a_quarter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}, quý từ {self.quarter_starts_on:%d/%m/%Y}"
