"""The people who are sent to meetings. Only what Luật 91/2025/QH15 lets us need (DOMAIN.md §5)."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from config.lib.text import fold, name_key
from roster.models.dated import Period, ends_after_it_starts
from roster.models.histories import with_history
from roster.models.units import Unit
from roster.querysets import DatedQuerySet, OfficialQuerySet
from roster.states import AbsenceReason


@with_history("an official")
class Official(models.Model):
    """An official who may be assigned; one record per person through promotions and moves.

    Either `birth_date` or `birth_year` is known, or neither. `agency` is where he or she
    works (an agency, a commune committee …) and decides who sees the record. `own_branch`
    serves only so that nobody is sent to the own branch.
    """

    full_name = models.CharField("họ và tên", max_length=120)
    name_key = models.CharField(max_length=400, editable=False, db_collation="C")
    search = models.CharField(max_length=300, editable=False)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    title = models.CharField("chức vụ", max_length=200, blank=True)
    agency = models.ForeignKey(
        Unit, verbose_name="đơn vị công tác", on_delete=models.PROTECT, related_name="officials"
    )
    group = models.CharField("nhóm trong danh sách", max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField("thứ tự", null=True, blank=True)
    phone = models.CharField("điện thoại", max_length=16, blank=True)
    email = models.EmailField("thư công vụ", blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField("số chi bộ nhận được", default=2)
    own_branch = models.ForeignKey(
        Unit,
        verbose_name="chi bộ của mình",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_active = models.BooleanField("đang công tác", default=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name="đã gộp vào",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_from",
    )

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = "cán bộ"
        verbose_name_plural = "cán bộ"
        indexes = [
            models.Index(fields=["name_key", "id"], name="official_name"),
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="official_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_date=None) | Q(birth_year=None),
                name="official_has_birth_date_or_year",
                violation_error_message="Ghi ngày sinh hoặc năm sinh, không ghi cả hai.",
            ),
            models.CheckConstraint(
                condition=Q(capacity__range=(0, 4)),
                name="official_takes_at_most_four_branches",
                violation_error_message="Một đồng chí nhận nhiều nhất 4 chi bộ.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("roster:official_detail", args=[self.pk])

    def fill_keys(self) -> None:
        """Derived columns; bulk writers call this themselves."""
        self.search = fold(self.full_name)
        self.name_key = name_key(self.full_name)


@with_history("a term of office")
class OfficeTerm(Period):
    """A person's time in an office (R4): terms are rows, never overwritten fields."""

    official = models.ForeignKey(Official, on_delete=models.CASCADE, related_name="terms")
    office = models.CharField("chức vụ", max_length=200)
    unit = models.ForeignKey(
        Unit, verbose_name="tại", on_delete=models.PROTECT, related_name="office_terms"
    )
    decision = models.CharField("quyết định", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "thời gian giữ chức vụ"
        verbose_name_plural = "thời gian giữ chức vụ"
        constraints = [ends_after_it_starts("office_term_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.office}, {self.unit}"


@with_history("an absence")
class Absence(Period):
    """Days on which an official cannot attend, with a typed reason (R6)."""

    official = models.ForeignKey(Official, on_delete=models.CASCADE, related_name="absences")
    reason = models.CharField("lý do", max_length=20, choices=AbsenceReason)
    note = models.CharField("ghi chú", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "thời gian vắng"
        verbose_name_plural = "thời gian vắng"
        constraints = [ends_after_it_starts("absence_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.get_reason_display()
