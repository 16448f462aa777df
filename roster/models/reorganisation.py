"""What a reorganisation does, and where all that hangs on the old units finds its new home."""

from django.db import models
from django.db.models import Q

from roster.models.units import Reorganisation, Unit
from roster.states import OperationKind


class Operation(models.Model):
    """One named operation: `old` becomes (or becomes part of, or moves under) `new`.

    A unit to be established is there from the draft on, with its first day ahead and without its code, which
    may still be another unit's: `new_code` becomes its code in the run (unless it begins with `+`: it has none).
    """

    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.CASCADE, related_name="operations"
    )
    kind = models.CharField("việc", max_length=10, choices=OperationKind)
    old = models.ForeignKey(
        Unit,
        verbose_name="đơn vị cũ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    new = models.ForeignKey(
        Unit,
        verbose_name="đơn vị mới",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    new_code = models.CharField("mã của đơn vị mới", max_length=20, blank=True)

    class Meta:
        verbose_name = "việc sắp xếp"
        verbose_name_plural = "các việc sắp xếp"
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "old", "new"], name="operation_is_entered_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=OperationKind.ESTABLISH, old=None, new__isnull=False)
                | Q(kind=OperationKind.DISSOLVE, old__isnull=False, new=None)
                | Q(
                    kind__in=["merge", "split", "split_main", "rename", "move"],
                    old__isnull=False,
                    new__isnull=False,
                ),
                name="operation_names_its_units",
                violation_error_message="Chọn đủ đơn vị cũ và đơn vị mới của việc này.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.old or ''} → {self.new or ''}"


class Rehoming(models.Model):
    """One thing of an old unit (a branch, a user, an open recommendation…) and the unit it goes to.

    `new` is null until a person says it: that is so for what a split or dissolved unit leaves.
    """

    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.CASCADE, related_name="rehomings"
    )
    what = models.CharField("loại", max_length=20)
    object_id = models.BigIntegerField()
    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey(
        Unit,
        verbose_name="về đơn vị",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    label = models.CharField(max_length=200)
    new_label = models.CharField("tên mới", max_length=200, blank=True)
    ended_on = models.DateField(null=True, editable=False)
    is_applied = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = "nơi về"
        verbose_name_plural = "nơi về"
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "what", "object_id"], name="thing_has_one_new_home"
            )
        ]
        indexes = [
            models.Index(
                fields=["reorganisation", "what", "id"],
                name="rehoming_waits",
                condition=Q(is_applied=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} → {self.new or '?'}"


class KeptRow(models.Model):
    """What a row said before a reorganisation changed it; `{}` where the reorganisation made the row.

    Taking the reorganisation back puts exactly this back, and removes what was made.
    """

    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.CASCADE, related_name="kept_rows"
    )
    table_name = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    was = models.JSONField(default=dict)

    class Meta:
        verbose_name = "dòng trước khi sắp xếp"
        verbose_name_plural = "các dòng trước khi sắp xếp"
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "table_name", "row_id"], name="row_is_kept_as_first_found"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id}"
