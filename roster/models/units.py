"""Party organisations and agencies, in one dated tree."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from config.lib.text import fold
from roster.models.dated import Period, ends_after_it_starts, never_twice
from roster.models.histories import with_history
from roster.querysets import (
    DatedQuerySet,
    MeetingRuleQuerySet,
    ReorganisationQuerySet,
    UnitQuerySet,
)
from roster.states import (
    BranchType,
    ContactRole,
    MeetingKind,
    ReorganisationStatus,
    SuccessionKind,
    UnitKind,
)


@with_history("a unit")
class Unit(Period):
    """A committee, a branch or an agency, as it was from one day to another.

    `name` of a commune is the commune's ("Xã Quang Thiện"); its committee's name is
    `committee_name`. A code means a unit only together with a day: codes are reused.
    `path` is today's place in the tree (`/1/57/1203/`, primary keys from the root). An agency that
    `publishes_material` (the propaganda board) brings out the month's material beside the commission.
    """

    kind = models.CharField("loại", max_length=12, choices=UnitKind)
    code = models.CharField("mã", max_length=20, blank=True)
    name = models.CharField("tên", max_length=200)
    name_key = models.CharField(max_length=400, editable=False, db_collation="C")
    search = models.CharField(max_length=400, editable=False)
    branch_type = models.CharField(
        "loại hình chi bộ", max_length=14, choices=BranchType, blank=True
    )
    member_count = models.PositiveIntegerField("số đảng viên", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    directions = models.CharField("đường đi", max_length=300, blank=True, db_default="")
    publishes_material = models.BooleanField(
        "phát hành tài liệu tháng", default=False, db_default=False
    )
    lat = models.FloatField("vĩ độ", null=True, blank=True)
    lon = models.FloatField("kinh độ", null=True, blank=True)
    path = models.CharField(max_length=200, editable=False, db_collation="C", default="")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức đảng, đơn vị"
        verbose_name_plural = "tổ chức đảng, đơn vị"
        indexes = [
            models.Index(fields=["path"], name="unit_path"),
            models.Index(fields=["kind", "name_key"], name="unit_kind_name"),
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="unit_search"),
        ]
        constraints = [
            ends_after_it_starts("unit_ends_after_it_starts"),
            never_twice(
                "kind",
                "code",
                name="unit_code_means_one_unit_a_day",
                message="Mã này đã có một đơn vị khác trong thời gian ấy.",
                condition=~Q(code=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("roster:unit_detail", args=[self.pk])

    def fill_keys(self) -> None:
        """Derived columns; bulk writers call this themselves."""
        self.search = fold(self.name)
        self.name_key = natural_key(self.name)

    @property
    def committee_name(self) -> str:
        """`Xã Quang Thiện` → `Đảng ủy xã Quang Thiện`; other kinds have their own name."""
        if self.kind == UnitKind.COMMUNE:
            return f"Đảng ủy {self.name[:1].lower()}{self.name[1:]}"
        return self.name

    @property
    def ancestor_ids(self) -> list[int]:
        """Primary keys from the root down to the parent, in today's tree."""
        return [int(part) for part in self.path.split("/") if part][:-1]


def natural_key(name: str) -> str:
    """Folded name with numbers padded, so that `xóm 2` comes before `xóm 13`."""
    return " ".join(word.zfill(6) if word.isdigit() else word for word in fold(name).split())


@with_history("a place in the tree")
class UnitParent(Period):
    """Under which unit a unit was, from one day to another: the tree's history."""

    unit = models.ForeignKey(
        Unit, verbose_name="đơn vị", on_delete=models.CASCADE, related_name="parents"
    )
    parent = models.ForeignKey(
        Unit, verbose_name="cấp trên", on_delete=models.PROTECT, related_name="children"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "cấp trên"
        verbose_name_plural = "cấp trên qua các thời kỳ"
        constraints = [
            ends_after_it_starts("parent_ends_after_it_starts"),
            never_twice(
                "unit",
                name="unit_has_one_parent_a_day",
                message="Mỗi ngày một đơn vị chỉ có một cấp trên.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} thuộc {self.parent}"


@with_history("a contact")
class Contact(Period):
    """Whom to call at a unit: the branch's secretary, an office."""

    unit = models.ForeignKey(
        Unit, verbose_name="đơn vị", on_delete=models.CASCADE, related_name="contacts"
    )
    role = models.CharField(
        "vai trò", max_length=10, choices=ContactRole, default=ContactRole.SECRETARY
    )
    name = models.CharField("họ và tên", max_length=120)
    phone = models.CharField("điện thoại", max_length=16, blank=True)
    email = models.EmailField("thư điện tử", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "đầu mối liên hệ"
        verbose_name_plural = "đầu mối liên hệ"
        constraints = [ends_after_it_starts("contact_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.name


@with_history("a fixed day")
class MeetingRule(Period):
    """When a unit meets: a fixed day of the month (31 means the last) or a weekday rule, an hour, a place."""

    unit = models.ForeignKey(
        Unit, verbose_name="đơn vị", on_delete=models.CASCADE, related_name="meeting_rules"
    )
    kind = models.CharField(
        "loại cuộc họp", max_length=10, choices=MeetingKind, default=MeetingKind.REGULAR
    )
    day = models.PositiveSmallIntegerField(
        "ngày trong tháng",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
    )
    weekday = models.PositiveSmallIntegerField(
        "thứ (0: thứ Hai)", null=True, blank=True, validators=[MaxValueValidator(6)]
    )
    week = models.SmallIntegerField("tuần thứ mấy (−1: cuối)", null=True, blank=True)
    quarter_month = models.PositiveSmallIntegerField(
        "tháng thứ mấy của quý",
        null=True,
        blank=True,
        choices=[(1, "tháng đầu quý"), (2, "tháng giữa quý"), (3, "tháng cuối quý")],
        help_text="Sinh hoạt chuyên đề họp mỗi quý một lần.",
    )
    time = models.TimeField("giờ", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200, blank=True)

    objects = MeetingRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "lịch cố định"
        verbose_name_plural = "lịch cố định"
        constraints = [
            ends_after_it_starts("meeting_rule_ends_after_it_starts"),
            never_twice(
                "unit",
                "kind",
                name="unit_has_one_rule_a_day",
                message="Đã có một lịch cố định trong thời gian này.",
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=False, day__range=(1, 31), weekday=None, week=None)
                | Q(
                    day=None,
                    weekday__isnull=False,
                    weekday__range=(0, 6),
                    week__isnull=False,
                    week__in=(1, 2, 3, 4, -1),
                ),
                name="meeting_rule_names_a_day_or_a_weekday",
                violation_error_message="Chọn ngày trong tháng (1–31), hoặc một thứ của tuần nào trong tháng.",
            ),
            models.CheckConstraint(
                condition=Q(kind=MeetingKind.THEMATIC, quarter_month__in=(1, 2, 3))
                & Q(quarter_month__isnull=False)
                | ~Q(kind=MeetingKind.THEMATIC) & Q(quarter_month=None),
                name="thematic_rule_names_a_month_of_the_quarter",
                violation_error_message="Chọn tháng nào trong quý họp chuyên đề.",
            ),
        ]

    def __str__(self) -> str:
        return f"ngày {self.day}" if self.day else f"thứ {self.weekday}, tuần {self.week}"


class Reorganisation(models.Model):
    """A decision that establishes, dissolves, merges, splits, renames or moves units on a day.

    Those that came with the shipped lists are done and have no `done_at`; the others are drafted, run on their day, and undone for a while.
    """

    decision = models.CharField("quyết định", max_length=200)
    effective_on = models.DateField("hiệu lực từ")
    status = models.CharField(
        "trạng thái",
        max_length=10,
        choices=ReorganisationStatus,
        default=ReorganisationStatus.DONE,
    )
    done_at = models.DateTimeField("xong lúc", null=True, blank=True)
    facts = models.JSONField("đã chạm tới", default=dict, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người lập",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "sắp xếp tổ chức"
        verbose_name_plural = "sắp xếp tổ chức"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "effective_on"],
                condition=~Q(status=ReorganisationStatus.UNDONE),
                name="reorganisation_is_entered_once",
                violation_error_message="Quyết định này, ngày hiệu lực này đã được nhập.",
            )
        ]

    def __str__(self) -> str:
        return self.decision

    @property
    def eve(self) -> date:
        """The last day of the old units."""
        return self.effective_on - timedelta(days=1)

    def took_effect(self, today: date) -> bool:
        return self.effective_on <= today


class Succession(models.Model):
    """Which old unit lives on in which new one; many to many."""

    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.PROTECT, related_name="successions"
    )
    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    kind = models.CharField("hình thức", max_length=12, choices=SuccessionKind)

    class Meta:
        verbose_name = "kế thừa"
        verbose_name_plural = "kế thừa"
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "old", "new"], name="succession_is_entered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
